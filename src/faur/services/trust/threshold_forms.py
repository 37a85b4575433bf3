"""The form by which thresholds are committed: bounds and slices, as many rows as one asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faur.services.trust.figures import EVERY, FIGURES, NOISE, NOISE_LEVELS, NOISY, SPREAD, figure_title
from faur.services.trust.promises import LONGEST, MOST_ITEMS, MOST_SLICES, Json, Promise, groups_of

EMPTY_ROWS = 1
ITEMS, SLICES = "items", "slices"
ADD_ITEM, ADD_SLICE = "more-items", "more-slices"


class Number(forms.FloatField):
    """A number, with a point or a comma before its decimals, whatever the language of the page."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})

    def to_python(self, value: Any) -> Any:  # Any: what a form brings; a float or None, which Django's stubs deny
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class TitleForm(forms.Form):
    use_required_attribute = False
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=LONGEST,
        help_text=gettext_lazy("What the model is to reach, in a few words."),
    )


class SliceForm(forms.Form):
    """A grouping of the rows. An empty row is none; a begun one is whole."""

    use_required_attribute = False
    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST)
    column = forms.CharField(
        label=gettext_lazy("Column"), max_length=LONGEST, help_text=gettext_lazy("As the data call it.")
    )
    bins = forms.CharField(
        label=gettext_lazy("Cut points"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("For a number: where one group ends and the next begins. For example: 40; 60"),
    )
    categories = forms.CharField(
        label=gettext_lazy("Categories"),
        required=False,
        max_length=4000,
        help_text=gettext_lazy(
            "For a text: those that matter, with semicolons between. Empty: every value is a group."
        ),
    )

    def clean_bins(self) -> list[float]:
        try:
            return [float(part.replace(",", ".")) for part in _parts(self.cleaned_data["bins"])]
        except ValueError:
            raise forms.ValidationError(_("Write numbers, with semicolons between them.")) from None

    def clean_categories(self) -> list[str]:
        return _parts(self.cleaned_data["categories"])

    @property
    def part(self) -> Json:
        """The slice that a valid row says."""
        given = self.cleaned_data
        cut = {name: given[name] for name in ("bins", "categories") if given[name]}
        return {"name": given["name"], "column": given["column"], **cut}


class ItemForm(forms.Form):
    """A bound. An empty row is none; a begun one is whole."""

    use_required_attribute = False
    metric = forms.ChoiceField(label=gettext_lazy("Figure"))
    operator = forms.ChoiceField(label=gettext_lazy("Bound"))
    value = Number(label=gettext_lazy("Value"))
    slice = forms.ChoiceField(label=gettext_lazy("On which rows"), required=False)

    def __init__(self, *args: Any, groups: tuple[str, ...] = (), **options: Any) -> None:  # Any: Django's own options
        super().__init__(*args, **options)
        self.fields["metric"].choices = [("", "–"), *_figures()]  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["operator"].choices = [(">=", _("at least")), ("<=", _("at most"))]  # type: ignore[attr-defined]  # as above
        chosen = str(self.data.get(self.add_prefix("slice"), "")) if self.is_bound else ""
        known = dict.fromkeys([*groups, *((chosen,) if chosen else ())])
        self.fields["slice"].choices = [("", _("all rows")), *((name, name) for name in known)]  # type: ignore[attr-defined]  # as above

    def has_changed(self) -> bool:
        """A row whose figure and value are empty is none, whatever its selects stand on."""
        return any(self.data.get(self.add_prefix(name)) for name in ("metric", "value")) if self.is_bound else False

    @property
    def bound(self) -> Json:
        """The bound that a valid row says."""
        given = self.cleaned_data
        bound = {name: given[name] for name in ("metric", "operator", "value")}
        return {**bound, **({"slice": given["slice"]} if given["slice"] else {})}


class PromiseForm:
    """The whole form: a title, rows of slices, rows of bounds; a button adds an empty row of either."""

    def __init__(self, data: Any = None) -> None:  # Any: a QueryDict, whose values Django leaves open
        data = _with_room(data) if data is not None else None
        self.title = TitleForm(data)
        self.slices = _SLICES(data, prefix=SLICES)
        self.groups = self._groups() if data is not None else tuple(_noises())
        self.items = _ITEMS(data, prefix=ITEMS, form_kwargs={"groups": self.groups})

    def is_valid(self) -> bool:
        """Whether it says something that can be committed; else its fields say what is wrong."""
        parts = (self.title.is_valid(), self.slices.is_valid(), self.items.is_valid())
        if not all(parts):
            return False
        faults = self.promise.faults()
        for path, wrong in faults.items():
            self._show(path, wrong)
        return not faults

    @property
    def promise(self) -> Promise:
        """What a form of valid parts says."""
        items = [row.bound for row in self.items.forms if row.has_changed()]
        slices = [row.part for row in self.slices.forms if row.has_changed()]
        return Promise(self.title.cleaned_data["title"], items, slices)

    @property
    def errors(self) -> bool:
        """Whether something is to be put right."""
        return bool(self.title.errors or any(self.slices.errors) or any(self.items.errors))

    def wrong_forms(self) -> list[forms.Form]:
        """Those of its parts in which something is wrong, for the summary on top."""
        return [part for part in (self.title, *self.slices.forms, *self.items.forms) if part.errors]

    def _show(self, path: str, wrong: str) -> None:
        name, _dot, rest = path.partition(".")
        number, _dot, field = rest.partition(".")
        rows = self.items.forms if name == ITEMS else self.slices.forms if name == SLICES else []
        told = [row for row in rows if row.has_changed()]
        if number.isdecimal() and int(number) < len(told):
            told[int(number)].add_error(field if field in told[0].fields else None, wrong)
        else:
            self.title.add_error(field if field in self.title.fields else None, wrong)

    def _groups(self) -> tuple[str, ...]:
        """The names of the groups that the slices make, as far as they can be read already."""
        rows = [row for row in self.slices.forms if row.has_changed() and row.is_valid()]
        return (*_noises(), *(name for row in rows for name in groups_of(row.part)))


def _with_room(data: Any) -> Any:  # Any: a QueryDict, whose values Django leaves open
    """The data with one more row of the kind that was asked for."""
    data = data.copy()
    for button, prefix, most in ((ADD_ITEM, ITEMS, MOST_ITEMS), (ADD_SLICE, SLICES, MOST_SLICES)):
        name = f"{prefix}-TOTAL_FORMS"
        count = str(data.get(name, ""))
        if button in data and count.isdecimal():
            data[name] = str(min(int(count) + 1, most))
    return data


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _noises() -> list[str]:
    return [f"{NOISE}={level:g}" for level in NOISE_LEVELS]


def _figures() -> list[tuple[str, Any]]:  # Any: Django's own shape of grouped choices
    """All figures, in groups of their kind."""
    kinds = ((_("Figures"), FIGURES), (_("Under noise"), sorted(NOISY)), (_("Between groups"), sorted(SPREAD)))
    return [(title, [(name, figure_title(name)) for name in names if name in EVERY]) for title, names in kinds]


_SLICES = forms.formset_factory(SliceForm, extra=0, max_num=MOST_SLICES, absolute_max=MOST_SLICES)
_ITEMS = forms.formset_factory(ItemForm, extra=3, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS)
