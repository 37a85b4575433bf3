"""The front door of trust: what later services may use, and nothing else."""

from faur.services.trust.models import Evaluation, RiskClassification, TechnicalFile

__all__ = ["Evaluation", "RiskClassification", "TechnicalFile"]
