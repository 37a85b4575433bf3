"""The verbs of the front office."""
