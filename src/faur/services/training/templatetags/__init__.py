"""Filters of the pages of training."""
