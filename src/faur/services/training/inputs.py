"""From what a person chose as inputs to the files that a job is given, each checked against the recipe."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import ManifestFile
from faur.kernel.record import JSON
from faur.services.compute.public import InputFile
from faur.services.data.public import DatasetVersion, Purpose, columns_of, files_of, version_for_use
from faur.services.library.public import Recipe
from faur.services.projects.public import Project
from faur.services.training.errors import ColumnMissing, InputsInvalid, SingleClass, TooManyFiles, TypeUnsuitable
from faur.services.training.rules import columns_named

MOST_FILES = 1000
TRAIN = "train"
TARGET = "target"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A data set version by its uid, and the part of it that the program may see; no other part is given to it."""

    version: str
    split: str = TRAIN


@dataclass(frozen=True, slots=True)
class Bound:
    """A chosen version that the project may use, with the files of the chosen part."""

    version: DatasetVersion
    split: str
    files: tuple[ManifestFile, ...]

    def as_json(self) -> dict[str, JSON]:
        version, files = self.version, [file.digest for file in self.files]
        return {"version": version.uid, "manifest": version.manifest, "split": self.split, "files": files}

    def job_files(self, name: str) -> list[InputFile]:
        return [InputFile(f"in/{name}/{file.path}", file.digest, file.size) for file in self.files]


def bind(actor: Actor, project: Project, recipe: Recipe, chosen: Mapping[str, Chosen]) -> dict[str, Bound]:
    """The files behind the chosen inputs.

    Raises:
        InputsInvalid, TypeUnsuitable, TooManyFiles: they do not fit the recipe.
        ContractMissing, NotPublished, SplitMissing, NotFound: the project may not use them, or they are not there.
    """
    known = {one.name: one for one in recipe.inputs}
    wrong = {f"inputs.{name}": _("The recipe has no input of this name.") for name in chosen if name not in known}
    wrong |= {
        f"inputs.{name}": _("This is needed.") for name, one in known.items() if one.required and name not in chosen
    }
    if wrong:
        raise InputsInvalid(wrong)
    bound = {name: _bind(actor, project, one) for name, one in chosen.items()}
    for name, one in bound.items():
        _check_types(name, one, known[name].media_types)
    if sum(len(one.files) for one in bound.values()) > MOST_FILES:
        raise TooManyFiles(MOST_FILES)
    return bound


def check_columns(recipe: Recipe, parameters: Mapping[str, Any], bound: Mapping[str, Bound]) -> None:  # Any: JSON
    """Refuse at once what the program would refuse after a wait: columns that are not there, classes that are none.

    Raises:
        ColumnMissing: a parameter names a column that the data does not have.
        SingleClass: the target of a classification is the same in every row.
    """
    for parameter, source, column in columns_named(recipe.parameters, parameters):
        profile = _profile(bound, source)
        if profile and column not in profile:
            raise ColumnMissing(parameter, column, list(profile))
        if parameter == TARGET and profile and _classifies(recipe) and _is_one_class(bound[source], profile, column):
            raise SingleClass(parameter, column)


def _bind(actor: Actor, project: Project, chosen: Chosen) -> Bound:
    version = version_for_use(actor, chosen.version, project, Purpose.TRAINING)
    return Bound(version, chosen.split, tuple(files_of(version, chosen.split)))


def _check_types(name: str, bound: Bound, read: tuple[str, ...]) -> None:
    for file in bound.files:
        if read and file.media_type not in read:
            raise TypeUnsuitable(name, file.media_type, read)


def _profile(bound: Mapping[str, Bound], source: str) -> dict[str, dict[str, Any]]:  # Any: JSON
    """The columns of an input by name; none where the input was not given, or is no table."""
    if source not in bound:
        return {}
    one = bound[source]
    return {str(column["name"]): column for column in columns_of(one.version, one.split)}


def _is_one_class(one: Bound, profile: Mapping[str, Mapping[str, Any]], column: str) -> bool:  # Any: JSON
    """Whether the profile shows it; what several files hold together it does not show."""
    return len(one.files) == 1 and profile.get(column, {}).get("distinct") in {0, 1}


def _classifies(recipe: Recipe) -> bool:
    return any("classification" in task for task in recipe.tasks)
