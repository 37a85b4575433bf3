"""What is asked of a person who starts a run, besides the recipe's own parameters."""

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faur.kernel.units import GIB
from faur.services.data.public import DatasetVersion
from faur.services.library.public import Recipe, Resources
from faur.services.projects.public import Allocation, in_words
from faur.services.training.actions.start_run import Wanted
from faur.services.training.inputs import Chosen

INPUT = "input-"
MOST_MINUTES = 30 * 24 * 60


class DataForm(forms.Form):
    """Which allocation pays, and which part of which data each input of the recipe reads."""

    use_required_attribute = False

    def __init__(
        self,
        data: object,
        recipe: Recipe,
        allocations: Sequence[Allocation],
        versions: Sequence[DatasetVersion],
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None, as Django takes it
        self.fields["allocation"] = forms.ChoiceField(
            label=_("Allocation"),
            choices=[(one.uid, _allocation_word(one)) for one in allocations],
            help_text=_("What the run could use at most is held on it."),
        )
        for given in recipe.inputs:
            choices = [(f"{one.uid}/{split}", _part_word(one, split)) for one in versions for split in one.splits]
            self.fields[INPUT + given.name] = forms.ChoiceField(
                label=given.title,
                required=given.required,
                choices=choices if given.required else [("", "–"), *choices],
                help_text=given.description,
            )

    @property
    def chosen(self) -> dict[str, Chosen]:
        """The inputs of a valid form, by name."""
        given = {name.removeprefix(INPUT): value for name, value in self.cleaned_data.items() if name.startswith(INPUT)}
        return {name: Chosen(*value.split("/", 1)) for name, value in given.items() if value}

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What was chosen, in words: label and text."""
        fields = [(name, field) for name, field in self.fields.items() if isinstance(field, forms.ChoiceField)]
        words = {name: dict(cast(list[tuple[str, str]], field.choices)) for name, field in fields}
        return [(str(field.label), words[name][value]) for name, field in fields if (value := self.cleaned_data[name])]


class ResourcesForm(forms.Form):
    """What the job asks for; the recipe's own wishes stand in the fields."""

    use_required_attribute = False
    prefix = "job"
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    cores = forms.IntegerField(label=gettext_lazy("Cores"), min_value=1, max_value=4096)
    gpus = forms.IntegerField(label=gettext_lazy("GPUs"), min_value=0, max_value=64)
    memory = forms.DecimalField(
        label=gettext_lazy("Memory in GiB"), min_value=Decimal("0.1"), max_value=Decimal(1_000_000), decimal_places=2
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes at most"),
        min_value=1,
        max_value=MOST_MINUTES,
        help_text=gettext_lazy("The job is ended after that. Only what it really uses is charged."),
    )

    @staticmethod
    def wishes(recipe: Recipe, *, gpus: bool) -> dict[str, object]:
        """What stands in the fields at first; on an allocation of GPU hours at least one GPU."""
        own: Resources = recipe.resources
        return {
            "title": recipe.title,
            "cores": own.cores,
            "gpus": max(own.gpus, 1) if gpus else own.gpus,
            "memory": (Decimal(own.memory) / GIB).quantize(Decimal("0.01")),
            "minutes": -(-own.duration // 60),
        }

    @property
    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        given = self.cleaned_data
        return Wanted(given["cores"], given["gpus"], int(given["memory"] * GIB), given["minutes"] * 60)


def _allocation_word(allocation: Allocation) -> str:
    free = in_words(allocation.account.free, allocation.unit)
    return _("%(pool)s: %(free)s free") % {"pool": allocation.pool.title, "free": free}


def _part_word(version: DatasetVersion, split: str) -> str:
    return _("%(title)s, version %(number)d, part %(split)s") % {
        "title": version.dataset.title,
        "number": version.number,
        "split": split,
    }
