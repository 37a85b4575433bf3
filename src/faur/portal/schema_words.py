"""What is wrong with a value, in plain words, whichever keyword of JSON Schema refused it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from faur.portal.quantities import number

Schema = Mapping[str, object]
"""A JSON Schema, draft 2020-12."""

WHOLE = ""
"""The place of what is wrong with the values together rather than with one of them."""


def problems(schema: Schema, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What the schema says against `values`: the name of the property (or `WHOLE`) and a sentence."""
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for error in sorted(validator.iter_errors(values), key=lambda error: list(map(str, error.path))):
        if error.path:
            yield str(error.path[0]), in_words(error)
        elif error.validator in ("required", "dependentRequired"):
            yield from ((name, _("This is needed.")) for name in _missing(error))
        else:
            yield WHOLE, in_words(error)


def in_words(error: ValidationError) -> str:
    """One sentence for the person who typed the value; names the bound that was crossed where there is one."""
    speaker = _SPEAKERS.get(str(error.validator))
    return speaker(error.validator_value) if speaker else _("This value is not allowed here.")


def _missing(error: ValidationError) -> Iterator[str]:
    """The properties that `required` or `dependentRequired` asks for and that are not there."""
    rule, given = cast(Any, error.validator_value), cast(Mapping[str, object], error.instance)  # Any: JSON
    needed = (
        rule if isinstance(rule, list) else [name for cause, names in rule.items() if cause in given for name in names]
    )
    return (name for name in needed if name not in given)


def _number(bound: object) -> str:
    return number(float(str(bound)), 6)


def _at_most_characters(bound: object) -> str:
    count = int(str(bound))
    return ngettext("Use %(n)d character at most.", "Use %(n)d characters at most.", count) % {"n": count}


def _at_least_characters(bound: object) -> str:
    count = int(str(bound))
    return ngettext("Use at least %(n)d character.", "Use at least %(n)d characters.", count) % {"n": count}


def _at_most_items(bound: object) -> str:
    count = int(str(bound))
    return ngettext("Give %(n)d value at most.", "Give %(n)d values at most.", count) % {"n": count}


def _at_least_items(bound: object) -> str:
    count = int(str(bound))
    return ngettext("Give at least %(n)d value.", "Give at least %(n)d values.", count) % {"n": count}


_SPEAKERS: dict[str, Callable[[object], str]] = {
    "minimum": lambda bound: _("This must be %(bound)s or more.") % {"bound": _number(bound)},
    "maximum": lambda bound: _("This must be %(bound)s or less.") % {"bound": _number(bound)},
    "exclusiveMinimum": lambda bound: _("This must be more than %(bound)s.") % {"bound": _number(bound)},
    "exclusiveMaximum": lambda bound: _("This must be less than %(bound)s.") % {"bound": _number(bound)},
    "multipleOf": lambda bound: _("This must be a multiple of %(bound)s.") % {"bound": _number(bound)},
    "maxLength": _at_most_characters,
    "minLength": _at_least_characters,
    "maxItems": _at_most_items,
    "minItems": _at_least_items,
    "uniqueItems": lambda _bound: _("Give each value only once."),
    "enum": lambda _bound: _("Choose one of the options."),
    "oneOf": lambda _bound: _("Choose one of the options."),
    "const": lambda _bound: _("This must be accepted to go on."),
    "pattern": lambda _bound: _("This is not written as it should be; see the hint."),
    "format": lambda _bound: _("This is not written as it should be; see the hint."),
    "type": lambda _bound: _("This is not the right kind of value."),
}
