"""The evaluators that ship with Faur: programs that run as jobs, in the form of recipes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faur.kernel.blobs import ManifestFile, blobs, put_manifest
from faur.kernel.units import Seconds, Unit
from faur.services.compute.public import InputFile, JobSpec, ResourceSpec
from faur.services.library.public import Recipe, load_recipe, stored_files

Json = dict[str, Any]  # Any: JSON
FOLDER = Path(__file__).with_name("programs")
TABULAR = "evaluate_tabular"


@dataclass(frozen=True, slots=True)
class Evaluator:
    """A program, its files in the store, and the digest that names exactly these files."""

    recipe: Recipe
    files: list[ManifestFile]
    manifest: str

    @property
    def name(self) -> str:
        """As results and the record call it."""
        return f"{self.recipe.name} {self.recipe.version}"


def tabular_evaluator() -> Evaluator:
    """The built-in evaluator of tabular models."""
    recipe = load_recipe(FOLDER / TABULAR)
    files = stored_files(recipe)
    return Evaluator(recipe, files, put_manifest(blobs(), files).digest)


def evaluation_resources(unit: Unit) -> tuple[ResourceSpec, Seconds]:
    """What the job of an evaluation asks for, and for how long at most; on GPU hours one GPU."""
    wanted = load_recipe(FOLDER / TABULAR).resources
    resources = ResourceSpec(
        cpu_cores_per_process=wanted.cores,
        gpu_cores_per_process=1 if unit is Unit.GPU_SECONDS else 0,
        memory=wanted.memory,
    )
    return resources, wanted.duration


def evaluation_spec(
    evaluator: Evaluator, *, model: list[ManifestFile], test: list[ManifestFile], parameters: Json, unit: Unit
) -> JobSpec:
    """The job of an evaluation: it gets the model's files, the test files and the thresholds, and nothing else."""
    resources, duration = evaluation_resources(unit)
    stored = blobs().put([json.dumps(parameters, sort_keys=True).encode()])
    return JobSpec(
        executable=evaluator.recipe.interpreter,
        arguments=(f"program/{evaluator.recipe.entry}",),
        resources=resources,
        duration=duration,
        inputs=(
            *(_placed("program", file) for file in evaluator.files),
            *(_placed("in/model", file) for file in model),
            *(_placed("in/test", file) for file in test),
            InputFile("parameters.json", stored.digest, stored.size),
        ),
    )


def _placed(folder: str, file: ManifestFile) -> InputFile:
    return InputFile(f"{folder}/{file.path}", file.digest, file.size)
