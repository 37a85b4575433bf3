"""Data sets, their versions, and the contracts under which they are used."""

from pathlib import Path
from typing import Annotated

import typer

from faur.cli.client import Api, Json, connect
from faur.cli.commands.projects import Project
from faur.cli.input import read_document, the_only
from faur.cli.output import show, show_list
from faur.cli.waiting import wait_for

data = typer.Typer(no_args_is_help=True, help="Data sets, their versions and contracts.")
CHECK_SECONDS = 600


@data.command("list")
def list_datasets(project: str = "", search: str = "") -> None:
    """The data sets that you may see."""
    show_list(
        connect().all("/datasets", project=project or None, search=search or None), ["id", "name", "title", "licence"]
    )


@data.command("show")
def show_version(version: str) -> None:
    """One version: its state, its files, what was found in them."""
    show(connect().get(f"/dataset-versions/{version}"))


@data.command("push")
def push(
    files: Annotated[list[str], typer.Argument(help="split=path, as train=train.parquet test=test.parquet.")],
    sheet: Annotated[Path, typer.Option("--sheet", help="YAML: name, title, licence, sheet, policy.")],
    project: Project = "",
    note: str = "",
) -> None:
    """Upload files as a new version of a data set, and wait until they are checked."""
    api = connect()
    project = the_only(api, "/projects", project)
    dataset = _dataset(api, project, read_document(sheet))
    parts = [_upload(api, project, text) for text in files]
    version = api.post(f"/datasets/{dataset['id']}/versions", {"files": parts, "note": note})
    show(wait_for(api, f"/dataset-versions/{version['id']}", until={"published", "refused"}, at_most=CHECK_SECONDS))


@data.command("contract")
def agree(version: str, purpose: str = "training", project: Project = "") -> None:
    """Agree to a version's policy for a purpose: training or evaluation."""
    api = connect()
    project = the_only(api, "/projects", project)
    show(api.post("/contracts", {"version": version, "project": project, "purpose": purpose}))


@data.command("contracts")
def contracts(project: str = "") -> None:
    """The contracts of your projects."""
    show_list(connect().all("/contracts", project=project or None), ["id", "version", "purpose", "state"])


@data.command("approve")
def approve(contract: str) -> None:
    """Approve a contract that waits for it (data stewards)."""
    show(connect().post(f"/contracts/{contract}/approve"))


def _dataset(api: Api, project: str, sheet: Json) -> Json:
    """The project's data set of that name, made where it is missing."""
    for dataset in api.all("/datasets", project=project):
        if dataset["name"] == sheet.get("name"):
            return dataset
    return api.post("/datasets", {"project": project, **sheet})


def _upload(api: Api, project: str, text: str) -> Json:
    split, _, name = text.rpartition("=")
    path = Path(name)
    receipt = api.upload(path, project)["receipt"]
    return {"path": path.name, "split": split or "train", "receipt": receipt}


def register(app: typer.Typer) -> None:
    app.add_typer(data, name="data", rich_help_panel="The road")
