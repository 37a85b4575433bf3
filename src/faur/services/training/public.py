"""The front door of training: what later services may use, and nothing else."""

from faur.services.training.models import Run
from faur.services.training.queries import outputs_of, run_for

__all__ = ["Run", "outputs_of", "run_for"]
