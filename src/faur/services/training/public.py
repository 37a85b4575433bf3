"""The front door of training: what other services may use, and nothing else."""

from faur.services.training.models import Run
from faur.services.training.queries import given_inputs, outputs_of, run_for

__all__ = [
    "Run",
    "given_inputs",
    "outputs_of",
    "run_for",
]
