"""A project with data that it may train on, made by the verbs that make real ones."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from faur.adapters.inspectors import tabular
from faur.kernel.actors.actor import SYSTEM
from faur.kernel.blobs import blobs, receipt
from faur.services.compute.tests.world import World
from faur.services.data.actions.accept_version import accept_version
from faur.services.data.actions.agree_contract import agree_contract
from faur.services.data.actions.create_dataset import create_dataset
from faur.services.data.actions.publish_version import Uploaded, publish_version
from faur.services.data.descriptions import Description
from faur.services.data.models import DatasetVersion
from faur.services.data.ports import Inspected
from faur.services.data.rules import Purpose
from faur.services.library.public import recipe, sync_recipes
from faur.services.training.actions.start_run import RunOrder, Wanted
from faur.services.training.inputs import Chosen

ROWS = 120
COLUMNS = {
    "size": [float(n % 60) for n in range(ROWS)],
    "weight": [float((n * 7) % 11) for n in range(ROWS)],
    "diagnosis": ["malignant" if n % 60 > 30 else "benign" for n in range(ROWS)],
    "always": ["the same"] * ROWS,
}
SHEET = {"composition": "Invented rows.", "origin": "Made for a test.", "personal_data": "none"}
POLICY = {"permissions": ["training", "evaluation"]}


def publish(world: World, folder: Path, *, name: str = "cells", agree: bool = True) -> DatasetVersion:
    """A published version with a part `train` and a part `test`, and a contract to train on it."""
    dataset = create_dataset(
        world.lead, world.project, name=name, description=Description("Cells", "", "CC0-1.0", SHEET, POLICY)
    )
    profiles, files = [], []
    for split in ("train", "test"):
        path = folder / f"{name}-{split}.parquet"
        pq.write_table(pa.table(COLUMNS), path)
        with path.open("rb") as content:
            stored = blobs().put(iter(lambda: content.read(65_536), b""))
        files.append(Uploaded(f"{split}.parquet", split, receipt(world.lead.uid, stored, path.name, world.project.uid)))
        profiles.append(Inspected(**tabular.inspect(path)))
    version = publish_version(world.lead, dataset, files=files)
    accept_version(SYSTEM, version, found=profiles)
    if agree:
        agree_contract(world.lead, world.project, version=version, purpose=Purpose.TRAINING)
    return version


def order(world: World, version: DatasetVersion | None, *, split: str = "train", **parameters: Any) -> RunOrder:
    """A quick run of the recipe for classification."""
    sync_recipes()
    inputs: Mapping[str, Chosen] = {"train": Chosen(version.uid, split)} if version else {}
    quick = {"target": "diagnosis", "family": "logistic_regression", "folds": 2, "seed": 7, **parameters}
    wanted = Wanted(cores=1, memory=1024**3, duration=120)
    return RunOrder(recipe("tabular-classification"), world.allocation, inputs, quick, "Quick", wanted)
