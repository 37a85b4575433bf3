"""The verbs of training, one a file."""
