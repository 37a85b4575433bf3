"""Endpoints, their keys and their metering."""
