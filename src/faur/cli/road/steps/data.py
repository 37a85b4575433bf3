"""A data set with its sheet, its licence and its policy, and the contracts under which the project uses it."""

from pathlib import Path

from faur.cli.client import Json
from faur.cli.road.data import write_breast_cancer
from faur.cli.road.road import Road, told
from faur.cli.transfer import upload


def publish(road: Road) -> None:
    project = road.made["project"]
    dataset = road.make("engineer", "dataset", "/datasets", {"project": project, **told("dataset")})
    paths = road.once("write data", lambda: _written(road.home / "demo"))
    files = [_uploaded(road, split, Path(path)) for split, path in sorted(paths.items())]
    body = {"files": files, "note": "First version."}
    version = road.make("engineer", "dataset_version", f"/datasets/{dataset['id']}/versions", body)
    road.wait("engineer", f"/dataset-versions/{version['id']}", until={"published"})
    for purpose in ("training", "evaluation"):
        _agree(road, version["id"], purpose)


def _written(folder: Path) -> Json:
    return {split: str(path) for split, path in write_breast_cancer(folder).items()}


def _uploaded(road: Road, split: str, path: Path) -> Json:
    """Where the bytes went: kept, since another upload of the same bytes gets another receipt."""
    answer = road.once(f"upload {split}", lambda: upload(road.api("engineer"), path, road.made["project"]))
    return {"path": path.name, "split": split, "receipt": answer["receipt"]}


def _agree(road: Road, version: str, purpose: str) -> None:
    body = {"version": version, "project": road.made["project"], "purpose": purpose}
    contract = road.make("engineer", f"contract_{purpose}", "/contracts", body)
    if contract["state"] == "pending":
        road.post("steward", f"/contracts/{contract['id']}/approve")
