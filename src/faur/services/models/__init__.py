"""The model registry: versions, lineage, and the gate before use."""
