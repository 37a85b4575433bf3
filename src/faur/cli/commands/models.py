"""The model registry."""

from pathlib import Path
from typing import Annotated

import typer

from faur.cli.client import connect
from faur.cli.output import show, show_list
from faur.cli.waiting import wait_for

model = typer.Typer(no_args_is_help=True, help="Models and their versions.")
SCREEN_SECONDS = 300


@model.command("list")
def list_models(project: str = "", search: str = "") -> None:
    """The models that you may see."""
    show_list(
        connect().all("/models", project=project or None, search=search or None), ["id", "name", "title", "project"]
    )


@model.command("show")
def show_model(model: Annotated[str, typer.Argument(help="A model or a version of one.")]) -> None:
    """A model with its versions, or one version with its lineage."""
    kind = "model-versions" if model.startswith("mdv_") else "models"
    show(connect().get(f"/{kind}/{model}"))


@model.command("register")
def register_model(
    run: str,
    name: str,
    title: str = "",
    intended_purpose: Annotated[str, typer.Option(help="What it is for, in the sense of the AI Act.")] = "",
) -> None:
    """Register what a run made as a version of a model, and wait until it is screened."""
    api = connect()
    project = api.get(f"/runs/{run}")["project"]
    body = {"project": project, "run": run, "name": name, "title": title or name, "intended_purpose": intended_purpose}
    version = api.post("/models", body)
    show(wait_for(api, f"/model-versions/{version['id']}", until={"registered", "refused"}, at_most=SCREEN_SECONDS))


@model.command("promote")
def promote(version: str, reason: str) -> None:
    """Promote a version for use: the record must show that it was evaluated and classified."""
    show(connect().post(f"/model-versions/{version}/promote", {"reason": reason}))


@model.command("retire")
def retire(version: str, reason: str) -> None:
    """Take a version out of use."""
    show(connect().post(f"/model-versions/{version}/retire", {"reason": reason}))


@model.command("fetch")
def fetch(version: str, folder: Path = Path()) -> None:
    """Download the files of a version."""
    api = connect()
    for file in api.get(f"/model-versions/{version}")["files"]:
        target = folder / Path(file["path"]).name
        api.download(file["link"], target)
        typer.echo(target)


def register(app: typer.Typer) -> None:
    app.add_typer(model, name="model", rich_help_panel="The road")
