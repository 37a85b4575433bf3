"""What can be promised of a model, as tables: what no evaluator understands is refused before it is too late."""

import sys
from pathlib import Path

import pytest

from faur.services.trust.figures import EVERY, FIGURES, NOISE_LEVELS, figure_title
from faur.services.trust.promises import Promise, groups_of

sys.path.append(str(Path(__file__).parent.parent / "programs" / "evaluate_tabular"))
from tabular_evaluation import measures, verdicts
from tabular_evaluation.groups import groups_of as made_groups
from tabular_evaluation.plan import Slice

BOUND = {"metric": "roc_auc", "operator": ">=", "value": 0.9}
AGE = {"name": "age", "column": "age", "bins": [40, 60]}
SEX = {"name": "sex", "column": "sex", "categories": ["f", "m"]}
PLACE = {"name": "place", "column": "place"}


def faults(items, slices=(), title="T"):
    return set(Promise(title, items, slices).faults())


def test_the_figures_are_those_of_the_evaluator():
    assert verdicts._every_name() == EVERY
    tables = (measures.QUALITY, measures.CALIBRATION, measures.BY_GROUP)
    known = {measure.name: measure for table in tables for row in table.values() for measure in row}
    assert {name: figure.better for name, figure in FIGURES.items()} == {name: m.direction for name, m in known.items()}
    assert all(figure_title(name) for name in EVERY)


def test_the_noise_levels_are_those_of_the_evaluator():
    from faur.services.library.public import load_recipe
    from faur.services.trust.evaluators import FOLDER, TABULAR

    parameters = load_recipe(FOLDER / TABULAR).parameters
    assert tuple(parameters["properties"]["noise_levels"]["default"]) == NOISE_LEVELS


def test_the_groups_are_called_as_the_evaluator_calls_them():
    import pyarrow as pa

    table = pa.table({"age": [10.0, 50.0, 70.0, None], "sex": ["f", "m", "x", None]})
    ages = made_groups(Slice("age", "age", bins=(40, 60)), table)
    sexes = made_groups(Slice("sex", "sex", categories=("f", "m")), table)
    assert groups_of(AGE) == ["age", *(f"age={label}" for label in ages)]
    assert groups_of(SEX) == ["sex", *(f"sex={label}" for label in sexes)]


@pytest.mark.parametrize(
    ("items", "slices"),
    [
        ([BOUND], []),
        ([{**BOUND, "id": "a"}, {**BOUND, "id": "b", "value": 1}], []),
        ([{**BOUND, "slice": ""}], []),
        ([{**BOUND, "slice": "age=<40"}, {**BOUND, "slice": "age=[40,60)"}, {**BOUND, "slice": "age=>=60"}], [AGE]),
        ([{**BOUND, "slice": "sex=other"}], [SEX]),
        ([{**BOUND, "slice": "place=Cluj"}], [PLACE]),
        ([{**BOUND, "metric": "roc_auc_spread", "operator": "<=", "slice": "age", "value": 0.1}], [AGE]),
        ([{**BOUND, "metric": "accuracy_under_noise", "slice": "noise=0.05"}], []),
        ([{**BOUND, "metric": "accuracy_degradation", "operator": "<=", "slice": "noise=0.2", "value": -0.1}], []),
        ([{**BOUND, "metric": "mae", "operator": "<=", "value": 12_000}], []),
        ([BOUND], [AGE, SEX, PLACE]),
    ],
)
def test_what_an_evaluator_can_judge_can_be_promised(items, slices):
    assert faults(items, slices) == set()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"metric": "roc-auc"}, "metric"),
        ({"metric": None}, "metric"),
        ({"metric": ["roc_auc"]}, "metric"),
        ({"metric": {}}, "metric"),
        ({"operator": ">"}, "operator"),
        ({"operator": [">="]}, "operator"),
        ({"value": "0.9"}, "value"),
        ({"value": True}, "value"),
        ({"value": None}, "value"),
        ({"value": float("nan")}, "value"),
        ({"value": float("inf")}, "value"),
        ({"value": 10**400}, "value"),
        ({"value": 95}, "value"),
        ({"value": -0.1}, "value"),
        ({"slice": "age=<40"}, "slice"),
        ({"slice": "noise=0.1"}, "slice"),
        ({"slice": 7}, "slice"),
        ({"metric": "accuracy_under_noise"}, "slice"),
        ({"metric": "accuracy_under_noise", "slice": "noise=0.3"}, "slice"),
        ({"metric": "recall_spread"}, "slice"),
        ({"id": {}}, "id"),
        ({"id": "x" * 201}, "id"),
        ({"unheard": 1}, "unheard"),
    ],
)
def test_a_bound_that_could_judge_nothing_is_refused(change, wrong):
    assert faults([{**BOUND, **change}]) == {f"items.0.{wrong}"}


@pytest.mark.parametrize(
    ("slice_", "wrong"),
    [
        ({"column": "age"}, "name"),
        ({"name": "age"}, "column"),
        ({"name": "", "column": "age"}, "name"),
        ({"name": 7, "column": "age"}, "name"),
        ({"name": "a=b", "column": "age"}, "name"),
        ({"name": "age", "column": "age", "bins": [60, 40]}, "bins"),
        ({"name": "age", "column": "age", "bins": []}, "bins"),
        ({"name": "age", "column": "age", "bins": "40"}, "bins"),
        ({"name": "age", "column": "age", "bins": [40, "60"]}, "bins"),
        ({"name": "age", "column": "age", "bins": [float("nan")]}, "bins"),
        ({"name": "age", "column": "age", "bins": list(range(20))}, "bins"),
        ({"name": "sex", "column": "sex", "categories": ["f", "f"]}, "categories"),
        ({"name": "sex", "column": "sex", "categories": [{}]}, "categories"),
        ({"name": "sex", "column": "sex", "categories": ["f"], "bins": [1]}, "categories"),
        ({"name": "age", "column": "age", "unheard": 1}, "unheard"),
    ],
)
def test_a_slice_that_makes_no_groups_is_refused(slice_, wrong):
    assert faults([BOUND], [slice_]) == {f"slices.0.{wrong}"}


def test_a_set_has_bounds_with_names_of_their_own_and_not_too_many():
    assert faults([]) == {"items"}
    assert faults([{**BOUND, "id": "a"}, {**BOUND, "id": "a"}]) == {"items"}
    assert faults([{**BOUND, "id": 2}, BOUND]) == {"items"}
    assert faults([BOUND] * 201) == {"items"}
    assert faults([BOUND], [AGE, AGE]) == {"slices"}
    assert faults([BOUND], [{**AGE, "name": "noise"}]) == {"slices"}
    assert faults([BOUND], title="t" * 201) == {"title"}


def test_what_was_committed_says_of_each_bound_what_it_is():
    kept = Promise("T", [BOUND, {**BOUND, "id": "b", "slice": "age=<40"}], [AGE]).kept_items()
    assert kept == [{"id": "1", **BOUND}, {"id": "b", **BOUND, "slice": "age=<40"}]
