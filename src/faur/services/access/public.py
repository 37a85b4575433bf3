"""The front door of access: what later services may use, and nothing else."""

from faur.services.access.models import Application, Award, Call

__all__ = ["Application", "Award", "Call"]
