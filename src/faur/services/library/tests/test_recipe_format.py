"""The recipes that are shipped are right, and one that is not is refused with every place named."""

import shutil
from pathlib import Path

import pytest

from faur.kernel.units import GIB
from faur.services.library.errors import ParametersInvalid, RecipeInvalid
from faur.services.library.recipe_format import Recipe, load_recipe, validate_parameters

RECIPES = Path(__file__).parent.parent / "recipes"
NAMES = sorted(path.parent.name for path in RECIPES.glob("*/recipe.toml"))


@pytest.fixture
def classification() -> Recipe:
    return load_recipe(RECIPES / "tabular-classification")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the classification recipe that a test may spoil."""
    shutil.copytree(RECIPES / "tabular_training", tmp_path / "tabular_training")
    return Path(shutil.copytree(RECIPES / "tabular-classification", tmp_path / "tabular-classification"))


def spoil(folder: Path, old: str, new: str) -> None:
    recipe = folder / "recipe.toml"
    text = recipe.read_text()
    assert old in text
    recipe.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_recipe_is_right(name: str) -> None:
    recipe = load_recipe(RECIPES / name)
    assert recipe.entry in recipe.files
    assert [metric.primary for metric in recipe.metrics].count(True) == 1
    assert {entry.role for entry in recipe.inputs} == {"training"}


def test_quantities_carry_their_unit(classification: Recipe) -> None:
    assert classification.resources.memory == 2 * GIB
    assert classification.resources.duration == 15 * 60


def test_the_files_are_the_program_and_the_folders_that_it_shares(classification: Recipe) -> None:
    assert {"program.py", "recipe.toml", "tabular_training/training.py"} <= set(classification.files)
    assert not [path for path in classification.files if "__pycache__" in path or "tests" in path]
    assert list(classification.files) == sorted(classification.files)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('version = "1.0.0"', 'version = "one"', "version"),
        ('name = "tabular-classification"', 'name = "something-else"', "name"),
        ('entry = "program.py"', 'entry = "missing.py"', "program.entry"),
        ('entry = "program.py"', 'entry = "../../secret.py"', "program.entry"),
        ('shared = ["tabular_training"]', 'shared = ["not_there"]', "program.shared"),
        ('memory = "2 GiB"', 'memory = "lots"', "resources.memory"),
        ("default = 5", "default = 500", "parameters.properties.folds.default"),
        ('required = ["target"]', 'required = ["goal"]', "parameters.required"),
        ('direction = "higher"', 'direction = "sideways"', "metrics.0.direction"),
        ("format = 1", "format = 2", "format"),
    ],
)
def test_what_is_not_right_is_named(folder: Path, old: str, new: str, place: str) -> None:
    spoil(folder, old, new)
    with pytest.raises(RecipeInvalid) as refused:
        load_recipe(folder)
    assert place in refused.value.fields


@pytest.mark.parametrize("content", [b"", b"title = ", b"\xff\xfe", None])
def test_a_file_that_is_no_toml_is_refused(folder: Path, content: bytes | None) -> None:
    if content is None:
        (folder / "recipe.toml").unlink()
    else:
        (folder / "recipe.toml").write_bytes(content)
    with pytest.raises(RecipeInvalid):
        load_recipe(folder)


def test_defaults_fill_what_is_absent(classification: Recipe) -> None:
    filled = validate_parameters(classification, {"target": "diagnosis", "folds": 3.0})
    assert (filled["folds"], type(filled["folds"])) == (3, int)
    assert filled["seed"] == 0
    assert "positive_class" not in filled


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({}, "target"),
        ({"target": ""}, "target"),
        ({"target": 7}, "target"),
        ({"target": "y", "folds": 1}, "folds"),
        ({"target": "y", "folds": 2.5}, "folds"),
        ({"target": "y", "threshold": float("nan")}, "threshold"),
        ({"target": "y", "family": "magic"}, "family"),
        ({"target": "y", "features": []}, "features"),
        ({"target": "y", "features": ["a", "a"]}, "features"),
        ({"target": "y", "colour": "red"}, "colour"),
    ],
)
def test_a_parameter_that_does_not_fit_is_named(
    classification: Recipe, parameters: dict[str, object], field: str
) -> None:
    with pytest.raises(ParametersInvalid) as refused:
        validate_parameters(classification, parameters)
    assert list(refused.value.fields) == [field]


def test_all_that_does_not_fit_is_named_at_once(classification: Recipe) -> None:
    with pytest.raises(ParametersInvalid) as refused:
        validate_parameters(classification, {"folds": 99, "seed": -1, "colour": "red"})
    assert set(refused.value.fields) == {"folds", "seed", "colour", "target"}
