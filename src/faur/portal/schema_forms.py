"""A JSON Schema as a form: what a recipe or a call asks for is written down once, for the web, the API and the CLI."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language

from faur.portal.schema_fields import field_for
from faur.portal.schema_words import WHOLE, Schema, problems


class SchemaForm(forms.Form):
    """A Django form for an object's properties; what it accepts is exactly what the schema accepts.

    Known keywords: those of JSON Schema 2020-12 for booleans, strings, numbers, options (`enum`, or `oneOf` of
    constants with titles) and arrays of them; and these, which only the form reads: `x-unit` (shown beside the field),
    `x-widget` (textarea, select, radio, date, hidden, …), `x-options` (labels of the options, or options known only
    when the page is made), `x-advanced` (folded away), `x-translations` (title, description and options by language).

    Raises ValueError at once where the schema asks for a kind of value that has no field.
    """

    use_required_attribute = False

    def __init__(
        self,
        schema: Schema,
        data: Mapping[str, Any] | None = None,  # Any: a QueryDict, whose values Django leaves open
        initial: Mapping[str, object] | None = None,
        language: str | None = None,
        prefix: str = "",
    ) -> None:
        self.schema = schema
        self.properties = cast(Mapping[str, Schema], schema.get("properties", {}))
        defaults = {name: rule["default"] for name, rule in self.properties.items() if "default" in rule}
        super().__init__(data, initial={**defaults, **(initial or {})}, prefix=prefix or None)
        needed = cast(Sequence[str], schema.get("required", ()))
        for name, rule in self.properties.items():
            required = name in needed
            field = field_for(rule, required=required, language=language or get_language() or "en")
            field.label = field.label or name.replace("_", " ").capitalize()
            self.fields[name] = field

    @property
    def values(self) -> dict[str, object]:
        """The typed values of a valid form; what was left empty is not among them, null where the schema allows it."""
        return self._typed(self.cleaned_data)

    def clean(self) -> dict[str, object]:
        for name, sentence in problems(self.schema, self._typed(self.cleaned_data)):
            if name == WHOLE:
                self.add_error(None, sentence)
            elif name in self.fields and name not in self.errors:
                self.add_error(name, sentence)
        return self.cleaned_data

    def plain_fields(self) -> Sequence[BoundField]:
        """The fields that everyone sees."""
        return [self[name] for name in self.fields if not self._advanced(name)]

    def advanced_fields(self) -> Sequence[BoundField]:
        """The fields marked `x-advanced`: their defaults suit almost everyone."""
        return [self[name] for name in self.fields if self._advanced(name)]

    @property
    def advanced_wrong(self) -> bool:
        """Whether one of the folded fields has an error, so that it must not stay hidden."""
        return any(field.errors for field in self.advanced_fields())

    def _advanced(self, name: str) -> bool:
        return bool(self.properties.get(name, {}).get("x-advanced", False))

    def _typed(self, cleaned: Mapping[str, object]) -> dict[str, object]:
        typed = {name: value for name, value in cleaned.items() if value not in (None, "", [])}
        for name, rule in self.properties.items():
            if name in cleaned and name not in typed and "null" in _types(rule):
                typed[name] = None
        return typed


def with_options(schema: Schema, options: Mapping[str, Sequence[str]]) -> Schema:
    """The same schema with options that are known only now, such as the columns of a data set, by property name."""
    properties = cast(Mapping[str, Schema], schema.get("properties", {}))
    narrowed = {
        name: {**rule, "x-options": list(options[name])} if name in options else rule
        for name, rule in properties.items()
    }
    return {**schema, "properties": narrowed}


def _types(rule: Schema) -> Sequence[object]:
    declared = rule.get("type")
    return declared if isinstance(declared, list) else [declared]
