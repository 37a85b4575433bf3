"""The verbs of compute, one a file."""
