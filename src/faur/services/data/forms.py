"""The forms of data's pages. What a data sheet asks is explained beside each question."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faur.kernel.units import GIB
from faur.portal.quantities import say_quantity
from faur.services.data import rules
from faur.services.data.descriptions import LONGEST, LONGEST_LICENCE, LONGEST_TITLE, NEEDED_PARTS, Description
from faur.services.data.models import Dataset
from faur.services.data.wording import PERMISSIONS, PERSONAL, SHEET_TITLES
from faur.services.projects.public import Project

File: TypeAlias = "UploadedFile[Any]"  # Any: whatever holds the bytes

MOST_BYTES = 1 * GIB
"""What a page takes at once; more goes through the command line, which sends each file by itself."""
LONGEST_DESCRIPTION, LONGEST_NOTE = 20_000, 500
MOST_PARTS = 20
PARTS = ("train", "test", "validation", "")

EXPLANATIONS: Mapping[str, Promise] = {
    "composition": gettext_lazy(
        "What is a row? How many are there, of what kinds? What is missing, wrong or rare in it?"
    ),
    "origin": gettext_lazy("Where do you have it from: the source, its authors, the right by which you use it?"),
    "motivation": gettext_lazy("For what purpose was it made, by whom, and who paid for it?"),
    "collection": gettext_lazy("How was each value got: measured, reported, derived? When, where, with whose consent?"),
    "preprocessing": gettext_lazy("What was cleaned, labelled, left out or computed? Is the raw data kept?"),
    "uses": gettext_lazy("What has it been used for? What must it not be used for, and why?"),
    "maintenance": gettext_lazy("Who looks after it, how are mistakes reported, will there be newer versions?"),
}
"""After T. Gebru and others, "Datasheets for Datasets" (2018)."""


class Form(forms.Form):
    """A form whose errors come from the server alone, in plain words, in the language of the page."""

    use_required_attribute = False


class Day(forms.DateField):
    """A day, chosen from the browser's calendar, written and read as the standard does."""

    widget = forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
    input_formats = ("%Y-%m-%d",)


class DatasetForm(Form):
    """What is told of a data set. Its fields have the names under which a refusal names them."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        help_text=gettext_lazy("What it is, for somebody who looks through a list."),
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        help_text=gettext_lazy("An identifier of SPDX, such as CC-BY-4.0, or the name of your own agreement."),
        max_length=LONGEST_LICENCE,
    )

    def __init__(self, data: Mapping[str, Any] | None, initial: Mapping[str, object] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for part, hint in EXPLANATIONS.items():
            self.fields[f"sheet.{part}"] = _long(SHEET_TITLES[part], hint, needed=part in NEEDED_PARTS)
        self.fields["sheet.personal_data"] = _one_of(gettext_lazy("Is any row about a person?"), PERSONAL)
        self.fields.update(_policy_fields())

    def head_fields(self) -> list[forms.BoundField]:
        """What it is."""
        return [self[name] for name in self.fields if "." not in name]

    def sheet_fields(self) -> list[forms.BoundField]:
        """Where it comes from and what is in it."""
        return [self[name] for name in self.fields if name.startswith("sheet.")]

    def policy_fields(self) -> list[forms.BoundField]:
        """On what terms it may be used."""
        return [self[name] for name in self.fields if name.startswith("policy.")]

    def told(self) -> Description:
        """What a valid form says."""
        given = self.cleaned_data
        ends = given["policy.expires_on"]
        policy = {
            "permissions": given["policy.permissions"],
            "prohibitions": given["policy.prohibitions"].splitlines(),
            "requires_approval": given["policy.requires_approval"],
            "expires_on": ends.isoformat() if ends else None,
        }
        sheet = {name.removeprefix("sheet."): given[name] for name in given if name.startswith("sheet.")}
        return Description(given["title"], given["description"], given["licence"], sheet, policy)

    @staticmethod
    def said(dataset: Dataset) -> dict[str, object]:
        """What a data set says already."""
        head = {"title": dataset.title, "description": dataset.description, "licence": dataset.licence}
        sheet = {f"sheet.{part}": text for part, text in dataset.sheet.items()}
        policy = {f"policy.{part}": value for part, value in dataset.policy.items()}
        return {**head, **sheet, **policy, "policy.prohibitions": "\n".join(dataset.policy.get("prohibitions", []))}


class NewDatasetForm(DatasetForm):
    """The same for one that does not exist yet: also in which project, and under which name."""

    def __init__(self, data: Mapping[str, Any] | None, projects: Sequence[Project], project: str) -> None:
        super().__init__(data, {"project": project, "policy.permissions": ["training", "evaluation"]})
        self.fields["project"] = forms.ChoiceField(
            label=_("Project"), choices=[(one.uid, one.title) for one in projects]
        )
        self.fields["name"] = forms.CharField(
            label=_("Name"),
            help_text=_("Lower-case letters, digits and hyphens; commands call it so, and it stays."),
            max_length=80,
        )
        self.order_fields(["project", "title", "name", "description", "licence"])


class ManyFiles(forms.ClearableFileInput):
    """A file field of the browser in which several can be chosen."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """All the files that were chosen in one field."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[File]:  # Any: as Django's own field
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in chosen]


class PartForm(Form):
    """The files of one part of a version; a part without files is none."""

    split = forms.CharField(label=gettext_lazy("Name of the part"), max_length=40, required=False)
    tables = FilesField(
        label=gettext_lazy("Files"), help_text=gettext_lazy("Parquet or CSV, one or several."), required=False
    )

    def clean_split(self) -> str:
        split: str = self.cleaned_data["split"].strip()
        if split and not rules.is_split(split):
            raise forms.ValidationError(_("Lower-case letters, digits, hyphens and underscores."))
        return split

    def clean(self) -> dict[str, Any]:  # Any: the values of fields
        given = self.cleaned_data
        if given.get("tables") and not given.get("split") and "split" not in self.errors:
            self.add_error("split", _("This is needed."))
        return given


class Parts(forms.BaseFormSet[PartForm]):
    """All parts of a version together."""

    @property
    def chosen(self) -> list[tuple[str, File]]:
        """Each file with the name of its part."""
        given = [form.cleaned_data for form in self.forms if form.cleaned_data]
        return [(one["split"], file) for one in given for file in one["tables"]]

    def clean(self) -> None:
        if any(self.errors):
            return
        if not self.chosen:
            raise forms.ValidationError(_("Choose at least one file."))
        if sum(file.size or 0 for _split, file in self.chosen) > MOST_BYTES:
            most = say_quantity(MOST_BYTES, "bytes").text
            raise forms.ValidationError(
                _("A page takes %(most)s at once; send more on the command line.") % {"most": most}
            )


PartFormSet = cast(
    type[Parts],
    forms.formset_factory(
        PartForm, formset=Parts, extra=0, max_num=MOST_PARTS, absolute_max=MOST_PARTS + 1, validate_max=True
    ),
)


class NoteForm(Form):
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("What is new in this version."),
        max_length=LONGEST_NOTE,
        required=False,
    )


def _policy_fields() -> dict[str, forms.Field]:
    return {
        "policy.permissions": forms.MultipleChoiceField(
            label=_("What may be done with it"),
            choices=[(one.value, word) for one, word in PERMISSIONS.items()],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "policy.prohibitions": forms.CharField(
            label=_("What must not be done with it"),
            help_text=_("One a line, such as re-identification. Whoever agrees to the policy reads them."),
            widget=forms.Textarea(attrs={"rows": 3}),
            required=False,
        ),
        "policy.requires_approval": forms.BooleanField(
            label=_("Every contract waits until a data steward or the lead approves it"), required=False
        ),
        "policy.expires_on": Day(label=_("Last day of any use"), required=False),
    }


def _long(label: Promise, hint: Promise, *, needed: bool) -> forms.Field:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=str(label), help_text=str(hint), max_length=LONGEST, widget=area, required=needed)


def _one_of(label: Promise, words: Mapping[Any, Promise]) -> forms.Field:  # Any: a StrEnum
    return forms.ChoiceField(
        label=str(label), choices=[(one.value, word) for one, word in words.items()], widget=forms.RadioSelect
    )
