"""The forms of trust's pages, besides the one for thresholds and the questionnaire."""

from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faur.services.data.public import DatasetVersion
from faur.services.projects.public import Allocation, in_words
from faur.services.trust.actions.start_evaluation import Test
from faur.services.trust.models import ThresholdSet

LONGEST_TEXT = 20_000


class EvaluationForm(forms.Form):
    """On which part of which data, by which bounds and at whose charge a version is tested."""

    use_required_attribute = False

    def __init__(
        self,
        data: object,
        *,
        parts: Iterable[tuple[DatasetVersion, str]],
        thresholds: Iterable[tuple[ThresholdSet, bool]],
        allocations: Iterable[Allocation],
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None, as Django takes it
        self._thresholds = {one.uid: one for one, _in_time in thresholds}
        self._allocations = {one.uid: one for one in allocations}
        self.fields["part"] = forms.ChoiceField(
            label=_("Data to test on"),
            choices=[(f"{one.uid}/{split}", _part_word(one, split)) for one, split in parts],
            help_text=_("Parts that this model learnt from are not offered."),
        )
        self.fields["thresholds"] = forms.ChoiceField(
            label=_("Thresholds"), choices=[(one.uid, _set_word(one, in_time)) for one, in_time in thresholds]
        )
        self.fields["allocation"] = forms.ChoiceField(
            label=_("Allocation"),
            choices=[(one.uid, _allocation_word(one)) for one in self._allocations.values()],
            help_text=_("What the evaluation could use at most is held on it."),
        )

    @property
    def test(self) -> Test:
        """What a valid form asks for."""
        dataset, _slash, split = self.cleaned_data["part"].partition("/")
        thresholds = self._thresholds[self.cleaned_data["thresholds"]]
        return Test(dataset, split, thresholds, self._allocations[self.cleaned_data["allocation"]])


class DeclarationForm(forms.Form):
    """What a person says to one item of Annex IV."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("What you declare"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    excuses = forms.BooleanField(label=gettext_lazy("This says why the item does not apply"), required=False)


class FileForm(forms.Form):
    """In which language the technical file is written."""

    use_required_attribute = False
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)


def _part_word(version: DatasetVersion, split: str) -> str:
    return _("%(title)s, part %(split)s") % {"title": version.title, "split": split}


def _set_word(thresholds: ThresholdSet, in_time: bool) -> str:
    if in_time:
        return thresholds.title
    return _("%(title)s (committed after the run began)") % {"title": thresholds.title}


def _allocation_word(allocation: Allocation) -> str:
    free = in_words(allocation.account.free, allocation.unit)
    return _("%(pool)s: %(free)s free") % {"pool": allocation.pool.title, "free": free}
