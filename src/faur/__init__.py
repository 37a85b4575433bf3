"""Faur, the software of an AI Factory: one road from an application to a served model, and one record of it."""

__version__ = "0.1.0"
