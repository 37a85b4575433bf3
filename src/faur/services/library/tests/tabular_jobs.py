"""Running a tabular recipe in a test as a job would be run: in its own folder, by its four paths."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from faur.services.library.recipe_format import load_recipe

RECIPES = Path(__file__).parent.parent / "recipes"


@dataclass(frozen=True)
class Ran:
    """What a job left."""

    status: int
    log: str
    folder: Path

    def json(self, path: str) -> Any:
        return json.loads((self.folder / path).read_text())

    @property
    def metrics(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "report/metrics.jsonl").read_text().splitlines()]

    @property
    def model(self) -> bytes:
        return (self.folder / "out/model.onnx").read_bytes()


def columns_of(data: Any) -> dict[str, Any]:
    """The columns of a data set of scikit-learn, its target among them as `target`."""
    names = [str(name).replace(" ", "_") for name in data.feature_names]
    return {name: data.data[:, place] for place, name in enumerate(names)} | {"target": data.target}


def lay_out(folder: Path, columns: dict[str, Any], parameters: dict[str, object]) -> Path:
    """The inputs of a job in `folder`: a Parquet file and the parameters."""
    (folder / "in/train").mkdir(parents=True)
    pq.write_table(pa.table(columns), folder / "in/train/train.parquet")
    (folder / "parameters.json").write_text(json.dumps({"target": "target"} | parameters))
    return folder


def environment(folder: Path) -> dict[str, str]:
    return {
        "FAUR_INPUTS": str(folder / "in"),
        "FAUR_OUTPUTS": str(folder / "out"),
        "FAUR_PARAMETERS": str(folder / "parameters.json"),
        "FAUR_REPORT": str(folder / "report"),
    }


def run_as_job(recipe: str, folder: Path, **extra: str) -> Ran:
    """Run `recipe` from a copy of its files alone, as an executor lays them out."""
    loaded = load_recipe(RECIPES / recipe)
    for path, source in loaded.files.items():
        target = folder / "program" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "program" / loaded.entry)],
        env={"PATH": os.environ["PATH"]} | environment(folder) | extra,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout, folder)


def with_gaps(values: Any, every: int) -> Any:
    """`values` with NaN in each `every`-th place."""
    gappy = np.array(values, dtype=float)
    gappy[::every] = np.nan
    return gappy
