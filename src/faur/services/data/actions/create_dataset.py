"""A data set begins: it is described, and has no version yet."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.data import rules
from faur.services.data.descriptions import Description, take_over
from faur.services.data.errors import DatasetInvalid, NameTaken
from faur.services.data.models import Dataset
from faur.services.data.rights import may_create
from faur.services.data.statements import about_dataset
from faur.services.projects.public import Project


@action("data.create_dataset", may=may_create)
def create_dataset(actor: Actor, project: Project, *, name: str, description: Description) -> Statement[Dataset]:
    """A new data set of `project`, without a version yet.

    Raises:
        DatasetInvalid: names each field that is missing or cannot be right.
        NameTaken: the project has one of that name.
    """
    if not rules.is_name(name):
        raise DatasetInvalid({"name": _("Lower-case letters, digits and hyphens, beginning with a letter.")})
    dataset = Dataset(project=project, name=name)
    take_over(dataset, description)
    try:
        with transaction.atomic():
            dataset.save()
    except IntegrityError:
        raise NameTaken(name) from None
    return about_dataset(dataset)
