"""The verbs of serving."""
