"""The description of a data set changes; what was agreed under the policy before stays agreed."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.data.descriptions import Description, take_over
from faur.services.data.models import Dataset
from faur.services.data.rights import may_edit
from faur.services.data.statements import about_dataset


@action("data.edit_dataset", may=may_edit)
def edit_dataset(actor: Actor, dataset: Dataset, *, description: Description) -> Statement[Dataset]:
    """Replace the description. Contracts agreed before keep the policy, by its digest, and its end.

    Raises:
        DatasetInvalid: names each field that is missing or cannot be right.
    """
    dataset.lock()
    take_over(dataset, description)
    dataset.save()
    return about_dataset(dataset)
