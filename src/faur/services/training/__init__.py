"""Runs of recipes: parameters, metrics and what they made."""
