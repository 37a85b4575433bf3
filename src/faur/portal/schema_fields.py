"""From one property of a JSON Schema to the field that asks for it."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _

from faur.portal.quantities import number
from faur.portal.schema_words import Schema

FEW = 4
"""Up to so many options are shown one below the other; more go into a list."""

Options = dict[str, Any]  # Any: the arguments that every Django field takes


class NumberField(forms.Field):
    """A number as people write it: the language's decimal separator or a point, spaces between thousands allowed."""

    def __init__(self, *, whole: bool, **options: Any) -> None:  # Any: Django's own field options
        mode = "numeric" if whole else "decimal"
        widget = forms.TextInput(attrs={"inputmode": mode, "class": "short", "autocomplete": "off"})
        super().__init__(widget=widget, **options)
        self.whole = whole

    def to_python(self, value: object) -> int | float | None:
        text = "".join(str("" if value is None else value).split())
        if not text:
            return None
        parsed = _parsed(text)
        if parsed is not None and not self.whole:
            return parsed
        if parsed is not None and float(parsed).is_integer():
            return int(parsed)
        example = _("Write a whole number, such as 12.") if self.whole else _("Write a number, such as %(example)s.")
        raise forms.ValidationError(example % {"example": number(0.5, 1)})

    def prepare_value(self, value: object) -> object:
        separator = str(formats.get_format("DECIMAL_SEPARATOR"))
        return str(value).replace(".", separator) if isinstance(value, float) else value


class LinesField(forms.CharField):
    """Several values, one a line; an empty line is no value."""

    def __init__(self, *, each: forms.Field, **options: Any) -> None:  # Any: Django's own field options
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **options)
        self.each = each

    def to_python(self, value: object) -> list[object]:  # type: ignore[override]  # a list is what this field is for
        lines = (line.strip() for line in str("" if value is None else value).splitlines())
        return [self.each.clean(line) for line in lines if line]

    def prepare_value(self, value: object) -> object:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its schema, whether it must be given, and the language in which it is asked for."""

    schema: Schema
    required: bool
    language: str

    @property
    def translated(self) -> Mapping[str, object]:
        return _mapping(_mapping(self.schema.get("x-translations")).get(self.language))

    @property
    def label(self) -> str:
        return str(self.translated.get("title") or self.schema.get("title", ""))

    @property
    def hint(self) -> str:
        description = str(self.translated.get("description") or self.schema.get("description", ""))
        return " ".join(part for part in (description, _bounds(self.schema)) if part)

    @property
    def options(self) -> Options:
        return {"label": self.label, "help_text": self.hint, "required": self.required}

    @property
    def kind(self) -> str:
        """The JSON type, leaving null aside. Raises ValueError: none, several, or one that has no field."""
        declared = self.schema.get("type")
        kinds = [kind for kind in (declared if isinstance(declared, list) else [declared]) if kind != "null"]
        if len(kinds) != 1 or kinds[0] not in _FIELDS:
            raise ValueError(f"no form field for the type {declared!r}")
        return str(kinds[0])

    def choices(self, schema: Schema) -> list[tuple[object, str]]:
        """The values that `schema` allows, with their labels: `enum`, `oneOf` of constants, or `x-options`."""
        listed = schema.get("x-options", self.schema.get("x-options"))
        labels = {**_mapping(listed), **_mapping(self.translated.get("options"))}
        branches = [_mapping(branch) for branch in cast(Sequence[object], schema.get("oneOf", ()))]
        titles = {
            str(branch["const"]): str(branch.get("title", branch["const"])) for branch in branches if "const" in branch
        }
        values = schema.get("enum") or [branch["const"] for branch in branches if "const" in branch]
        values = values or (listed if isinstance(listed, list) else list(labels))
        given = [value for value in cast(Sequence[object], values) if value is not None]
        return [(value, str(labels.get(str(value), titles.get(str(value), value)))) for value in given]


def field_for(schema: Schema, *, required: bool, language: str) -> forms.Field:
    """The field for a property.

    Raises:
        ValueError: a kind of value that has no field; a mistake of the schema's author.
    """
    asked = Property(schema, required, language)
    one_of = schema.get("type") != "array" and asked.choices(schema)
    field = _one(asked, one_of) if one_of else _FIELDS[asked.kind](asked)
    field.unit = str(schema.get("x-unit", ""))  # type: ignore[attr-defined]  # read by <c-field>
    return field


def _one(asked: Property, choices: Sequence[tuple[object, str]]) -> forms.Field:
    wish = asked.schema.get("x-widget", "radio" if len(choices) <= FEW else "select")
    blank = [] if asked.required or "default" in asked.schema else [("", _("No preference"))]
    return forms.TypedChoiceField(
        choices=[*blank, *_as_text(choices)],
        coerce=_value_of(choices),
        widget=forms.RadioSelect if wish == "radio" else forms.Select,
        empty_value=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the options.")),
        **asked.options,
    )


def _boolean(asked: Property) -> forms.Field:
    options = {**asked.options, "required": asked.schema.get("const") is True}
    return forms.BooleanField(error_messages={"required": _("This must be accepted to go on.")}, **options)


def _string(asked: Property) -> forms.Field:
    wish = str(asked.schema.get("x-widget", asked.schema.get("format", "")))
    return forms.CharField(widget=_WIDGETS.get(wish, forms.TextInput()), error_messages=_needed(), **asked.options)


def _number(asked: Property) -> forms.Field:
    return NumberField(whole=asked.kind == "integer", error_messages=_needed(), **asked.options)


def _array(asked: Property) -> forms.Field:
    items = _mapping(asked.schema.get("items")) or {"type": "string"}
    if choices := asked.choices(items):
        return forms.TypedMultipleChoiceField(
            choices=_as_text(choices),
            coerce=_value_of(choices),
            widget=forms.CheckboxSelectMultiple,
            error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose at least one of the options.")),
            **asked.options,
        )
    each = field_for(items, required=True, language=asked.language)
    hint = " ".join(part for part in (asked.hint, _("One a line.")) if part)
    return LinesField(each=each, error_messages=_needed(), **{**asked.options, "help_text": hint})


_FIELDS: dict[str, Callable[[Property], forms.Field]] = {
    "boolean": _boolean,
    "string": _string,
    "integer": _number,
    "number": _number,
    "array": _array,
}

_WIDGETS: dict[str, forms.Widget] = {
    "textarea": forms.Textarea(attrs={"rows": 5}),
    "password": forms.PasswordInput(),
    "hidden": forms.HiddenInput(),
    "email": forms.EmailInput(attrs={"autocomplete": "email"}),
    "date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
    "uri": forms.URLInput(),
}


def _as_text(choices: Sequence[tuple[object, str]]) -> list[tuple[str, str]]:
    return [(str(value), label) for value, label in choices]


def _value_of(choices: Sequence[tuple[object, str]]) -> Callable[[str], object]:
    """From what the browser sends back to the value itself, with its type."""
    values = {str(value): value for value, _label in choices}
    return values.__getitem__


def _needed() -> dict[str, str]:
    return {"required": _("This is needed.")}


def _bounds(schema: Schema) -> str:
    """The range as a sentence, so that nobody has to guess it; exclusive bounds are left to the error."""
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return _("From %(low)s to %(high)s.") % {"low": _written(low), "high": _written(high)}
    if low is not None:
        return _("%(low)s or more.") % {"low": _written(low)}
    if high is not None:
        return _("%(high)s or less.") % {"high": _written(high)}
    return ""


def _written(bound: object) -> str:
    return number(float(str(bound)), 6)


def _parsed(text: str) -> int | float | None:
    plain = text.replace(str(formats.get_format("DECIMAL_SEPARATOR")), ".")
    if "_" in plain:
        return None
    try:
        return int(plain)
    except ValueError:
        return _finite(plain)


def _finite(plain: str) -> float | None:
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _mapping(value: object) -> Mapping[str, object]:
    return cast(Mapping[str, object], value) if isinstance(value, Mapping) else {}
