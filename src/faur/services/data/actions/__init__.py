"""The verbs of data."""
