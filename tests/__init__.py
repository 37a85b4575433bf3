"""Whole roads, contracts of the ports, limits of the house."""
