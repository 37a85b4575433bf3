"""Measurements: nothing here asserts."""
