"""Evidence: thresholds, evaluations, risk classes and the technical file."""
