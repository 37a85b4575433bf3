"""Reading a recipe from its folder, and checking a person's parameters against it. No tables, no network.

The format is `recipe.schema.json`; a recipe that is not right is refused as a whole.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError, best_match

from faur.kernel.units import GIB, HOUR, MIB, Bytes, Seconds
from faur.services.library.errors import ParametersInvalid, RecipeInvalid

Json: TypeAlias = dict[str, Any]  # Any: whatever JSON can hold

_MEMORY = {"MiB": MIB, "GiB": GIB}
_DURATION = {"s": 1, "min": 60, "h": HOUR}
_PROGRAM_FILES = frozenset({".py", ".toml", ".json"})


@dataclass(frozen=True, slots=True)
class Resources:
    """What a job of the recipe asks for where its user asks for nothing else."""

    cores: int
    gpus: int
    memory: Bytes
    duration: Seconds


@dataclass(frozen=True, slots=True)
class Input:
    """Files that the program reads under `in/<name>/`."""

    name: str
    title: str
    description: str
    role: str
    media_types: tuple[str, ...]
    required: bool
    translations: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Output:
    """Files that the program leaves; their paths are relative to `out/`."""

    name: str
    title: str
    description: str
    type: str
    files: tuple[str, ...]
    translations: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that the program reports; `direction` is `higher` or `lower`, whichever is better."""

    key: str
    title: str
    unit: str
    direction: str
    primary: bool
    translations: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A versioned, parameterised, runnable algorithm. `parameters` is a JSON Schema, `ai_act` holds hints."""

    name: str
    version: str
    title: str
    summary: str
    licence: str
    sectors: tuple[str, ...]
    tasks: tuple[str, ...]
    entry: str
    interpreter: str
    libraries: tuple[str, ...]
    resources: Resources
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    parameters: Json
    metrics: tuple[Metric, ...]
    ai_act: Json
    files: Mapping[str, Path]
    """Each file of the program by its path under the job's `program/`, the shared folders among them."""
    translations: Json = field(default_factory=dict)


def load_recipe(folder: Path) -> Recipe:
    """The recipe in `folder`, whose name it bears.

    Raises:
        RecipeInvalid: names every place of `recipe.toml` that is not right.
    """
    content = _content(folder)
    if problems := [*_shape_problems(content), *_sense_problems(folder, content)]:
        raise RecipeInvalid(folder.name, dict(problems))
    return _recipe(folder, content)


def validate_parameters(recipe: Recipe, parameters: Mapping[str, object]) -> Json:
    """`parameters`, with the recipe's defaults where they are absent.

    Raises:
        ParametersInvalid: its `fields` say of each parameter what is wrong with it.
    """
    rules = recipe.parameters["properties"]
    fields = {name: _("There is no such parameter.") for name in parameters if name not in rules}
    fields |= {name: _("This is needed.") for name in recipe.parameters.get("required", []) if name not in parameters}
    for name, value in parameters.items():
        if name in rules and (sentence := _wrong_with(value, rules[name])):
            fields[name] = sentence
    if fields:
        raise ParametersInvalid(fields)
    defaults = {name: rule["default"] for name, rule in rules.items() if "default" in rule}
    return defaults | {name: _as_written(value, rules[name]) for name, value in parameters.items()}


def _content(folder: Path) -> Json:
    try:
        return tomllib.loads((folder / "recipe.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecipeInvalid(folder.name, {"": _("It cannot be read: %(reason)s") % {"reason": error}}) from None


@cache
def _format() -> Draft202012Validator:
    schema = json.loads(Path(__file__).with_name("recipe.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def _shape_problems(content: Json) -> Iterable[tuple[str, str]]:
    for error in _format().iter_errors(content):
        yield _path(error), error.message


def _sense_problems(folder: Path, content: Json) -> Iterable[tuple[str, str]]:
    """What a schema cannot say: names that must agree, files that must be there, a schema that must be one."""
    if content.get("name") != folder.name:
        yield "name", _("The name must be that of the folder, %(folder)s.") % {"folder": folder.name}
    program = content.get("program", {})
    if not (folder / str(program.get("entry", ""))).is_file():
        yield "program.entry", _("There is no such file in the folder.")
    for shared in program.get("shared", []):
        if not (folder.parent / str(shared)).is_dir():
            yield "program.shared", _("There is no folder %(name)s beside the recipe.") % {"name": shared}
    yield from _parameter_problems(content.get("parameters", {}))


def _parameter_problems(schema: Json) -> Iterable[tuple[str, str]]:
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        yield "parameters", error.message
        return
    rules = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in rules:
            yield "parameters.required", _("There is no parameter %(name)s.") % {"name": name}
    for name, rule in rules.items():
        if "default" in rule and not Draft202012Validator(rule).is_valid(rule["default"]):
            yield f"parameters.properties.{name}.default", _("The default does not fit its own rule.")


def _recipe(folder: Path, content: Json) -> Recipe:
    program = content["program"]
    return Recipe(
        **{key: content[key] for key in ("name", "version", "title", "summary", "licence", "parameters")},
        sectors=tuple(content.get("sectors", [])),
        tasks=tuple(content.get("tasks", [])),
        entry=program["entry"],
        interpreter=program.get("interpreter", "python3"),
        libraries=tuple(program.get("libraries", [])),
        resources=_resources(content["resources"]),
        inputs=tuple(_input(entry) for entry in content.get("inputs", [])),
        outputs=tuple(_output(entry) for entry in content.get("outputs", [])),
        metrics=tuple(Metric(**{"primary": False} | entry) for entry in content.get("metrics", [])),
        ai_act=content.get("ai_act", {}),
        files=_files(folder, program.get("shared", [])),
        translations=content.get("translations", {}),
    )


def _resources(content: Json) -> Resources:
    memory, memory_unit = content["memory"].split()
    duration, duration_unit = content["duration"].split()
    return Resources(
        cores=content["cores"],
        gpus=content.get("gpus", 0),
        memory=Bytes(int(memory) * _MEMORY[memory_unit]),
        duration=Seconds(int(duration) * _DURATION[duration_unit]),
    )


def _input(entry: Json) -> Input:
    values: Json = {"description": "", "required": True} | entry | {"media_types": tuple(entry["media_types"])}
    return Input(**values)


def _output(entry: Json) -> Output:
    values: Json = {"description": ""} | entry | {"files": tuple(entry["files"])}
    return Output(**values)


def _files(folder: Path, shared: Iterable[str]) -> Mapping[str, Path]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if _belongs(path, folder)}
    for name in shared:
        beside = folder.parent / name
        found |= {
            path.relative_to(folder.parent).as_posix(): path for path in beside.rglob("*") if _belongs(path, beside)
        }
    return dict(sorted(found.items()))


def _belongs(path: Path, folder: Path) -> bool:
    inside = path.relative_to(folder).parts
    return path.is_file() and path.suffix in _PROGRAM_FILES and not {"tests", "__pycache__"} & set(inside)


def _path(error: ValidationError) -> str:
    return ".".join(str(step) for step in error.absolute_path)


def _wrong_with(value: object, rule: Json) -> str:
    """What to say beside the field of `value`; "" where nothing is wrong."""
    if isinstance(value, float) and not isfinite(value):
        return _("This must be a number.")  # NaN slips through every comparison
    error = best_match(Draft202012Validator(rule).iter_errors(value))
    return _sentence(error) if error else ""


def _as_written(value: object, rule: Json) -> object:
    """`value`, a whole number without its point where the rule says integer: JSON Schema takes 5.0 for one."""
    return int(value) if rule["type"] == "integer" and isinstance(value, float) else value


def _sentence(error: ValidationError) -> str:
    rule: Any = error.validator_value  # Any: the value of a JSON Schema keyword
    said = {
        "type": _("This must be of type %(rule)s."),
        "enum": _("This must be one of: %(rule)s."),
        "minimum": _("This must be %(rule)s at least."),
        "maximum": _("This must be %(rule)s at most."),
        "minLength": _("This must not be empty."),
        "minItems": _("Name one at least."),
        "uniqueItems": _("Name each only once."),
    }
    shown = ", ".join(map(str, rule)) if isinstance(rule, list) else rule
    return said.get(str(error.validator), _("This does not fit: %(rule)s.")) % {"rule": shown}
