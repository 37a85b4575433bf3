"""A data set is described: what it is, under which licence, and on what terms it may be used."""

from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength
from faur.services.data import rules
from faur.services.data.descriptions import checked_sheet_and_policy
from faur.services.data.digests import digest_of_json
from faur.services.data.errors import DatasetInvalid, NameTaken
from faur.services.data.models import Dataset
from faur.services.projects.public import Project, may_steward, may_work_in

Json = dict[str, Any]  # Any: JSON


@dataclass(frozen=True, slots=True)
class Description:
    title: str
    description: str
    licence: str
    sheet: Json = field(default_factory=dict)
    policy: Json = field(default_factory=dict)


def _may_create(actor: Actor, project: Project) -> bool:
    return may_work_in(actor, project) or may_steward(actor, project)


def _may_edit(actor: Actor, dataset: Dataset) -> bool:
    return _may_create(actor, dataset.project)


@action("data.create_dataset", may=_may_create)
def create_dataset(actor: Actor, project: Project, *, name: str, description: Description) -> Statement[Dataset]:
    """A new data set of `project`, without a version yet.

    Raises:
        DatasetInvalid: names each field that is missing or cannot be right.
        NameTaken: the project has one of that name.
    """
    if not rules.is_name(name):
        raise DatasetInvalid({"name": _("Lower-case letters, digits and hyphens, beginning with a letter.")})
    dataset = Dataset(project=project, name=name)
    _take_over(dataset, description)
    try:
        with transaction.atomic():
            dataset.save()
    except IntegrityError:
        raise NameTaken(name) from None
    return _statement(dataset)


@action("data.edit_dataset", may=_may_edit)
def edit_dataset(actor: Actor, dataset: Dataset, *, description: Description) -> Statement[Dataset]:
    """Replace the description. Contracts agreed before keep the digest of the policy that they were agreed under.

    Raises:
        DatasetInvalid: names each field that is missing or cannot be right.
    """
    _take_over(dataset, description)
    dataset.save()
    return _statement(dataset)


def _take_over(dataset: Dataset, told: Description) -> None:
    faults = {name: _("This is needed.") for name in ("title", "licence") if not getattr(told, name).strip()}
    if faults:
        raise DatasetInvalid(faults)
    sheet, policy = checked_sheet_and_policy(told.sheet, told.policy)
    dataset.describe(
        title=told.title.strip(),
        description=told.description.strip(),
        licence=told.licence.strip(),
        sheet=sheet,
        policy=policy,
    )


def _statement(dataset: Dataset) -> Statement[Dataset]:
    return Statement(
        chain=dataset.project.uid,
        subjects=[dataset],
        claims={
            "name": dataset.name,
            "title": dataset.title,
            "licence": dataset.licence,
            "sheet_digest": digest_of_json(dataset.sheet),
            "policy_digest": digest_of_json(dataset.policy),
            "policy": dataset.policy,
        },
        strength=Strength.DECLARED,
        result=dataset,
    )
