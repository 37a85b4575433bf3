"""Many of everything: each kind of thing of the walk again and again, so that a page which asks row by row shows it."""

import copy
from collections.abc import Iterable
from datetime import timedelta

from django.apps import apps
from django.db import models

from faur.kernel.actors.actor import SYSTEM, Role
from faur.kernel.actors.directory import grant
from faur.kernel.actors.models import User
from faur.kernel.entities import UidField
from faur.kernel.ids import new_uid
from faur.kernel.ledger import transfer
from faur.kernel.record import FACTORY_CHAIN, Statement, append
from faur.services.compute.models import Job
from faur.services.data.models import Contract
from faur.services.projects.models import Allocation, Project
from tests.journeys.people import World

KINDS = (
    "actors.User",
    "actors.Token",
    "ledger.Account",
    "projects.Organisation",
    "projects.Stake",
    "projects.Project",
    "projects.Pool",
    "projects.Allocation",
    "access.Call",
    "access.Application",
    "access.Assessment",
    "access.Award",
    "actors.Grant",
    "data.Dataset",
    "data.DatasetVersion",
    "data.Contract",
    "library.RecipeVersion",
    "compute.Job",
    "training.Run",
    "training.Metric",
    "models.Model",
    "models.ModelVersion",
    "trust.ThresholdSet",
    "trust.Evaluation",
    "trust.RiskClassification",
    "trust.Declaration",
    "trust.TechnicalFile",
    "trust.Bundle",
    "serving.Endpoint",
    "serving.Key",
    "serving.UsageWindow",
)
"""Each after those that it refers to."""
FOLLOWS = {
    ("Assessment", "evaluator"),
    ("Award", "project"),
    ("Contract", "version"),
    ("Grant", "user"),
    ("ModelVersion", "run"),
}
"""References that lead to the twin, because two rows may not share them; one-to-one references all do."""
RENAMED = {("RecipeVersion", "name"), ("RecipeVersion", "manifest")}
Twins = dict[tuple[type[models.Model], int], dict[int, models.Model]]


def multiply(world: World, numbers: range) -> None:
    """Add a twin with each number of everything that the walk made, to the factory that this process looks into."""
    twins: Twins = {}
    for label in KINDS:
        kind = apps.get_model(label)
        for row in _originals(kind, world):
            made = [_twin(row, number, twins) for number in numbers]
            twins[kind, row.pk] = dict(zip(numbers, kind._default_manager.bulk_create(made), strict=True))
    _let_in(world, twins)
    _let_some_wait(twins)
    _move_and_record(world, numbers)


def _originals(kind: type[models.Model], world: World) -> Iterable[models.Model]:
    """The rows of the walk; of grants only a member's, of accounts and jobs all, since other things stand on them."""
    rows = kind._default_manager.order_by("pk")
    if kind.__name__ == "Job":
        return list(rows)
    if kind.__name__ == "Account":
        return [row for row in rows if row.owner != FACTORY_CHAIN]
    if kind.__name__ == "Grant":
        return list(rows.filter(scope=world.made["project"], user__uid=world.made["member"]))
    if any(field.name == "uid" for field in kind._meta.fields):
        walked = list(rows.filter(uid__in=world.made.values()))
        return walked or list(rows[:1])
    return list(rows[:1])


def _twin(row: models.Model, number: int, twins: Twins) -> models.Model:
    made = copy.copy(row)
    made.pk, made._state = None, models.base.ModelState()
    for field in row._meta.fields:
        if field.is_relation and (field.one_to_one or (type(row).__name__, field.name) in FOLLOWS):
            target = twins[field.related_model, getattr(row, field.attname)][number]
            setattr(made, field.attname, target.pk)
        elif isinstance(field, UidField):
            setattr(made, field.name, new_uid(field.prefix))
        elif field.name in _to_change(type(row)) and not field.primary_key:
            setattr(made, field.name, _changed(getattr(row, field.name), number, field.max_length))
    made.__dict__.pop("_prefetched_objects_cache", None)
    made._state.fields_cache = {}
    return made


def _to_change(kind: type[models.Model]) -> set[str]:
    """Fields of which no two rows may say the same."""
    followed = {name for label, name in FOLLOWS if label == kind.__name__}
    names = {field.name for field in kind._meta.fields if field.unique and not field.is_relation}
    for constraint in kind._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and not followed & set(constraint.fields):
            names |= {name for name in constraint.fields if not kind._meta.get_field(name).is_relation} - {
                "unit",
                "owner",
            }
    return names | {name for label, name in RENAMED if label == kind.__name__}


def _changed(value: object, number: int, longest: int | None) -> object:
    if value is None:
        return None
    if isinstance(value, int):
        return 1_000_000 + 10_000 * value + number
    ending = f"-{number}"
    return f"{str(value)[: (longest or 200) - len(ending)]}{ending}"


def _let_in(world: World, twins: Twins) -> None:
    """The engineer leads all projects, so that their own lists are long."""
    engineer = User.objects.get(uid=world.accounts["engineer"]["id"])
    for row in twins[Project, Project.objects.get(uid=world.made["project"]).pk].values():
        grant(engineer, Role.LEAD, row.uid)


def _let_some_wait(twins: Twins) -> None:
    """Every other job waits in the queue, and every other contract for its approval."""
    for (kind, _pk), made in twins.items():
        waiting = [row.pk for number, row in made.items() if number % 2]
        if kind.__name__ == "Job":
            Job.objects.filter(pk__in=waiting).update(state="pending", ended_at=None)
        if kind.__name__ == "Contract":
            Contract.objects.filter(pk__in=waiting).update(state=Contract.State.PENDING)


def _move_and_record(world: World, numbers: range) -> None:
    """Long statements on the ledger, and long chains in the record."""
    allocation = Allocation.objects.select_related("account", "spent", "project").get(uid=world.made["allocation"])
    for number in numbers:
        transfer(allocation.account, allocation.spent, 1, key=f"many {number}")
        for chain in (allocation.project.uid, FACTORY_CHAIN):
            statement = Statement(chain=chain, subjects=[allocation.project], claims={"number": number})
            append(SYSTEM.uid, "projects.add_member", statement, at=allocation.created_at + timedelta(seconds=number))
