"""The front door of training: what other services may use, and nothing else."""

from faur.services.training.actions.start_run import RunOrder, Wanted, start_run
from faur.services.training.announcements import run_ended
from faur.services.training.inputs import Chosen
from faur.services.training.models import Run
from faur.services.training.queries import Given, given_inputs, outputs_of, run_for, runs

__all__ = [
    "Chosen",
    "Given",
    "Run",
    "RunOrder",
    "Wanted",
    "given_inputs",
    "outputs_of",
    "run_ended",
    "run_for",
    "runs",
    "start_run",
]
