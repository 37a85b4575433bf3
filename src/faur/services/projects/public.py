"""The front door of projects: what other services may use, and nothing else."""

from faur.services.projects.actions.appoint import appoint
from faur.services.projects.actions.found_project import Founded, ProjectFacts, found_project
from faur.services.projects.actions.register_person import register_person
from faur.services.projects.amounts import in_words
from faur.services.projects.errors import AllocationExhausted, PoolExhausted
from faur.services.projects.models import Allocation, Kind, Organisation, Pool, Project
from faur.services.projects.panels import Panel, Panels, Question, Row, home_panels, project_panels
from faur.services.projects.queries import (
    allocation_for,
    is_member,
    may_steward,
    may_work_in,
    organisation_for,
    pool_for,
    project_visible,
)
from faur.services.projects.trail import Step, build_trail, trail
from faur.services.projects.use import balance_of, hold_for, release_for, settle_for

__all__ = [
    "Allocation",
    "AllocationExhausted",
    "Founded",
    "Kind",
    "Organisation",
    "Panel",
    "Panels",
    "Pool",
    "PoolExhausted",
    "Project",
    "ProjectFacts",
    "Question",
    "Row",
    "Step",
    "allocation_for",
    "appoint",
    "balance_of",
    "build_trail",
    "found_project",
    "hold_for",
    "home_panels",
    "in_words",
    "is_member",
    "may_steward",
    "may_work_in",
    "organisation_for",
    "pool_for",
    "project_panels",
    "project_visible",
    "register_person",
    "release_for",
    "settle_for",
    "trail",
]
