"""Thresholds, evaluations, risk classes, the technical file and the evidence bundle."""

from pathlib import Path
from typing import Annotated

import typer

from faur.cli.client import connect
from faur.cli.commands.projects import File, Project
from faur.cli.input import read_document, the_only
from faur.cli.output import show, show_list
from faur.cli.waiting import wait_for

thresholds = typer.Typer(no_args_is_help=True, help="Quality thresholds, committed before training.")
evidence = typer.Typer(no_args_is_help=True, help="The technical file and the evidence bundle.")
EVALUATE_SECONDS = 3600
WRITE_SECONDS = 300
FORMATS = ("html", "pdf", "docx", "json")


@thresholds.command("commit")
def commit(file: File, project: Project = "") -> None:
    """Commit thresholds; what they say can never be changed, only followed by others."""
    api = connect()
    show(api.post("/thresholds", {"project": the_only(api, "/projects", project), **read_document(file)}))


@thresholds.command("list")
def list_thresholds(project: str = "") -> None:
    """The thresholds of your projects."""
    show_list(connect().all("/thresholds", project=project or None), ["id", "title", "entry", "created_at"])


def evaluate(model_version: str, dataset_version: str, thresholds: str, allocation: str = "") -> None:
    """Evaluate a model on data that its training never saw, against committed thresholds."""
    api = connect()
    project = api.get(f"/model-versions/{model_version}")["project"]
    body = {
        "model_version": model_version,
        "dataset_version": dataset_version,
        "thresholds": thresholds,
        "allocation": the_only(api, "/allocations", allocation, project=project),
    }
    started = api.post("/evaluations", body)
    verdicts = {"passed", "failed", "inconclusive", "error"}
    ended = wait_for(api, f"/evaluations/{started['id']}", until=verdicts, at_most=EVALUATE_SECONDS)
    show_list(ended["results"], ["metric", "slice", "value", "interval", "n", "threshold", "status"])
    show({"evaluation": ended["id"], "verdict": ended["state"]})


@evidence.command("questions")
def questions() -> None:
    """The questions of the AI Act's classification, to answer in a file."""
    show_list(connect().get("/questionnaire")["questions"], ["id", "text", "type", "choices"])


def classify(model: str, file: File) -> None:
    """Classify a model's intended use under the AI Act: answers from a file, reasons and citations in the answer."""
    show(connect().post("/classifications", {"model": model, "answers": read_document(file)}))


@evidence.command("declare")
def declare(model: str, item: str, text: str) -> None:
    """Declare what no machine can know, for an item of Annex IV."""
    show(connect().post("/declarations", {"model": model, "item": item, "text": text}))


@evidence.command("file")
def technical_file(model_version: str, folder: Path = Path()) -> None:
    """Write the technical file of a model version and download it in every format."""
    api = connect()
    started = api.post("/technical-files", {"model_version": model_version})
    path = f"/technical-files/{started['id']}"
    ended = wait_for(api, path, until={"ready", "error"}, at_most=WRITE_SECONDS)
    for kind in FORMATS if ended["state"] == "ready" else ():
        target = folder / f"technical-file.{kind}"
        api.download(f"{path}/{kind}", target)
        typer.echo(target)
    show({"state": ended["state"], "coverage": ended["coverage"]})


@evidence.command("export")
def export(
    project: Project = "", to: Annotated[Path, typer.Option(help="Where to write it.")] = Path("evidence.zip")
) -> None:
    """Export a project's evidence bundle, to be checked anywhere with `faur verify`."""
    api = connect()
    started = api.post("/bundles", {"project": the_only(api, "/projects", project)})
    ended = wait_for(api, f"/bundles/{started['id']}", until={"ready", "error"}, at_most=WRITE_SECONDS)
    api.download(ended["link"], to)
    typer.echo(to)


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel="Evidence")(evaluate)
    app.command(rich_help_panel="Evidence")(classify)
    app.add_typer(thresholds, name="thresholds", rich_help_panel="Evidence")
    app.add_typer(evidence, name="evidence", rich_help_panel="Evidence")
