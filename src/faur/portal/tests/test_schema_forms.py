"""What a JSON Schema becomes as a form, and what the form makes of what people type."""

import pytest
from django.http import QueryDict
from django.utils import translation

from faur.portal.schema_forms import SchemaForm, with_options

RECIPE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["target", "folds"],
    "properties": {
        "target": {"type": "string", "title": "Target", "minLength": 1},
        "folds": {"type": "integer", "title": "Folds", "minimum": 2, "maximum": 20, "default": 5},
        "rate": {"type": "number", "title": "Rate", "exclusiveMinimum": 0, "x-unit": "per round"},
        "depth": {"type": ["integer", "null"], "title": "Depth", "minimum": 1},
        "family": {"type": "string", "enum": ["auto", "linear", "forest"], "default": "auto"},
        "sizes": {"type": "array", "items": {"type": "integer", "minimum": 1}, "maxItems": 3},
        "columns": {"type": "array", "items": {"enum": ["age", "sex"]}, "uniqueItems": True},
        "scale": {"type": "boolean", "default": True},
        "seed": {"type": "integer", "default": 0, "x-advanced": True},
    },
}


def filled(text: str, schema: dict[str, object] = RECIPE) -> SchemaForm:
    form = SchemaForm(schema, QueryDict(text))
    form.is_valid()
    return form


def only(rule: dict[str, object], *, required: bool = True) -> dict[str, object]:
    return {"type": "object", "properties": {"x": rule}, "required": ["x"] if required else []}


def test_what_is_typed_becomes_values_of_the_right_type():
    form = filled(
        "target=diagnosis&folds=10&rate=0.5&family=forest&sizes=64%0A32&columns=age&columns=sex&scale=on&seed=7"
    )
    assert form.values == {
        "target": "diagnosis",
        "folds": 10,
        "rate": 0.5,
        "depth": None,
        "family": "forest",
        "sizes": [64, 32],
        "columns": ["age", "sex"],
        "scale": True,
        "seed": 7,
    }


def test_what_is_left_empty_is_left_out():
    assert filled("target=t&folds=3").values == {"target": "t", "folds": 3, "depth": None, "scale": False}


@pytest.mark.parametrize(
    ("text", "field", "sentence"),
    [
        ("folds=3", "target", "This is needed."),
        ("target=t&folds=three", "folds", "Write a whole number, such as 12."),
        ("target=t&folds=2.5", "folds", "Write a whole number, such as 12."),
        ("target=t&folds=1", "folds", "This must be 2 or more."),
        ("target=t&folds=21", "folds", "This must be 20 or less."),
        ("target=t&folds=3&rate=0", "rate", "This must be more than 0."),
        ("target=t&folds=3&rate=nan", "rate", "Write a number, such as 0.5."),
        ("target=t&folds=3&rate=inf", "rate", "Write a number, such as 0.5."),
        ("target=t&folds=3&rate=1e999", "rate", "Write a number, such as 0.5."),
        ("target=t&folds=1_0", "folds", "Write a whole number, such as 12."),
        ("target=t&folds=3&rate=1%2C5", "rate", "Write a number, such as 0.5."),
        ("target=t&folds=3&family=magic", "family", "Choose one of the options."),
        ("target=t&folds=3&columns=shoe", "columns", "Choose at least one of the options."),
        ("target=t&folds=3&sizes=1%0A2%0A3%0A4", "sizes", "Give 3 values at most."),
        ("target=t&folds=3&sizes=0", "sizes", "This must be 1 or more."),
        ("target=t&folds=3&sizes=many", "sizes", "Write a whole number, such as 12."),
        ("target=t&folds=" + "9" * 5000, "folds", "Write a whole number, such as 12."),
    ],
)
def test_each_mistake_is_said_in_plain_words_at_its_field(text, field, sentence):
    assert filled(text).errors == {field: [sentence]}


@pytest.mark.parametrize("text", ["0,5", "0.5", " 0,5 "])
def test_a_decimal_comma_is_understood_where_people_write_one(text):
    with translation.override("ro"):
        form = SchemaForm(only({"type": "number"}), {"x": text})
        assert form.is_valid()
        assert form.values == {"x": 0.5}


def test_a_default_is_shown_as_the_language_writes_it():
    with translation.override("bg"):
        assert 'value="0,25"' in str(SchemaForm(only({"type": "number", "default": 0.25}))["x"])


def test_a_thousands_space_is_no_mistake():
    assert filled("x=1%C2%A0000", only({"type": "integer"})).values == {"x": 1000}


@pytest.mark.parametrize(
    ("rule", "typed", "value"),
    [
        ({"enum": [1, 2, 4]}, "2", 2),
        ({"enum": [True, False]}, "False", False),
        ({"oneOf": [{"const": "a", "title": "The first"}, {"const": "b"}]}, "b", "b"),
        ({"type": "number", "enum": [0.1, 0.2]}, "0.2", 0.2),
        ({"type": "string", "x-options": {"r": "Red"}}, "r", "r"),
        ({"type": "string", "format": "date"}, "2026-11-28", "2026-11-28"),
    ],
)
def test_an_option_keeps_its_own_type(rule, typed, value):
    assert filled(f"x={typed}", only(rule)).values == {"x": value}


def test_what_must_be_accepted_must_be_accepted():
    rule = only({"type": "boolean", "const": True, "title": "I agree"})
    assert filled("", rule).errors == {"x": ["This must be accepted to go on."]}
    assert filled("x=on", rule).values == {"x": True}


def test_what_the_schema_asks_of_values_together_is_asked_by_the_form():
    rule = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "dependentRequired": {"a": ["b"]},
    }
    assert filled("a=1", rule).errors == {"b": ["This is needed."]}
    assert filled("a=1&b=2", rule).is_valid()


def test_options_known_only_now_are_offered():
    form = SchemaForm(with_options(RECIPE, {"target": ["diagnosis", "age"]}))
    assert [value for value, _label in form.fields["target"].choices] == ["diagnosis", "age"]
    assert "x-options" not in RECIPE["properties"]["target"]


def test_words_come_in_the_language_of_the_reader():
    rule = {
        "type": "string",
        "title": "Metric",
        "enum": ["auc"],
        "x-translations": {"ro": {"title": "Măsura", "description": "După ea se alege.", "options": {"auc": "aria"}}},
    }
    field = SchemaForm(only(rule), language="ro").fields["x"]
    assert (field.label, field.help_text, field.choices) == ("Măsura", "După ea se alege.", [("auc", "aria")])


def test_the_range_and_the_unit_are_shown_before_a_mistake_is_made():
    form = SchemaForm(RECIPE)
    assert form.fields["folds"].help_text == "From 2 to 20."
    assert form.fields["rate"].unit == "per round"


def test_settings_for_those_who_know_are_folded_away_unless_wrong():
    form = filled("target=t&folds=3&seed=x")
    assert [field.name for field in form.advanced_fields()] == ["seed"]
    assert form.advanced_wrong
    assert not filled("target=t&folds=3&seed=1").advanced_wrong


def test_markup_in_a_schema_stays_text():
    html = str(SchemaForm(only({"type": "string", "title": "<script>", "default": '"><script>'})))
    assert "<script>" not in html


@pytest.mark.parametrize("rule", [{"type": "object"}, {"type": ["integer", "string"]}, {}])
def test_a_kind_of_value_without_a_field_is_named_at_once(rule):
    with pytest.raises(ValueError, match="no form field"):
        SchemaForm(only(rule))
