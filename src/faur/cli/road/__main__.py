"""`python -m faur.cli.road FOLDER`: the documents and the data of the demo, to walk the same road by hand."""

import argparse
import json
import shutil
from pathlib import Path

from faur.cli.road.data import TARGET, one_sample, write_breast_cancer
from faur.cli.road.road import STORY


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m faur.cli.road", description=__doc__)
    parser.add_argument("folder", type=Path)
    write(parser.parse_args().folder)


def write(folder: Path) -> None:
    """The demo's documents, its two tables, and a request for a prediction; what lies there already is written anew."""
    paths = write_breast_cancer(folder)
    for document in STORY.glob("*.yaml"):
        shutil.copy(document, folder)
    request = one_sample(paths["test"], features_of(paths["test"]), "FP32")
    (folder / "request.json").write_text(json.dumps(request, indent=1) + "\n", encoding="utf-8")


def features_of(path: Path) -> list[str]:
    """The columns to learn from, in their order."""
    import pyarrow.parquet as pq

    return [name for name in pq.read_schema(path).names if name != TARGET]


if __name__ == "__main__":
    main()
