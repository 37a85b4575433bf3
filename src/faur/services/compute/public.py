"""The front door of compute: what other services may use, and nothing else."""

from faur.services.compute.actions.cancel_job import cancel_job
from faur.services.compute.actions.submit_job import submit_job
from faur.services.compute.announcements import job_ended, job_observed
from faur.services.compute.models import Job
from faur.services.compute.orders import JobOrder
from faur.services.compute.polling.pollers import run_pollers
from faur.services.compute.ports import InputFile, JobSpec, ResourceSpec
from faur.services.compute.queries import (
    job_outputs,
    output_file,
    program_refusal,
    read_report,
)
from faur.services.compute.reasons import explain
from faur.services.compute.rules import ACTIVE, FINAL, State, most, plain

__all__ = [
    "ACTIVE",
    "FINAL",
    "InputFile",
    "Job",
    "JobOrder",
    "JobSpec",
    "ResourceSpec",
    "State",
    "cancel_job",
    "explain",
    "job_ended",
    "job_observed",
    "job_outputs",
    "most",
    "output_file",
    "plain",
    "program_refusal",
    "read_report",
    "run_pollers",
    "submit_job",
]
