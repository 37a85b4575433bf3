"""Thresholds and evaluations: what a model must reach, and what it reached."""

from typing import Annotated

import typer

from faur.cli import orders
from faur.cli.client import Json, at, connect
from faur.cli.commands.options import Allocation, File, InProject, Project, Wait
from faur.cli.input import read_document, the_only
from faur.cli.nouns import Noun, add
from faur.cli.output import form, show, show_pages, show_table
from faur.cli.waiting import LONGEST_JOB, ended, require

thresholds = Noun("Quality thresholds, committed before training.")
evaluations = Noun("Evaluations on rows that training never saw.")
PANEL = "Evidence"
VERDICTS = {"passed", "failed", "inconclusive", "error"}
RESULTS = ["metric", "slice", "value", "interval", "n", "operator", "bound", "status"]


@thresholds.verb("list", paged=True)
def list_thresholds(project: InProject = "") -> None:
    """The thresholds of your projects."""
    show_pages(connect(), "/thresholds", ["id", "title", "created_at"], project=project)


@thresholds.verb("show")
def show_thresholds(thresholds: str) -> None:
    """Thresholds, and the entry of the record that commits to them."""
    show(connect().get(at("thresholds", thresholds)))


@thresholds.verb("commit")
def commit(file: File, project: Project = "") -> None:
    """Commit to thresholds; what they say can never be changed, only followed by others."""
    api = connect()
    told = read_document(file, orders.THRESHOLDS)
    place = the_only(api, "/projects", project or str(told.get("project", "")))
    show(api.post("/thresholds", {**told, "project": place}))


@evaluations.verb("list", paged=True)
def list_evaluations(
    project: InProject = "", model_version: Annotated[str, typer.Option(help="Of this version only.")] = ""
) -> None:
    """The evaluations of your models."""
    columns = ["id", "state", "committed_before_run", "created_at"]
    show_pages(connect(), "/evaluations", columns, project=project, model_version=model_version)


@evaluations.verb("show")
def show_evaluation(evaluation: str) -> None:
    """One evaluation: every result against its threshold."""
    _show(connect().get(at("evaluations", evaluation)))


def evaluate(
    model_version: Annotated[str, typer.Argument(help="A version of a model, mdv_….")],
    dataset_version: Annotated[str, typer.Argument(help="A version of a data set, dsv_….")],
    thresholds: Annotated[str, typer.Argument(help="Thresholds, thr_….")],
    split: Annotated[str, typer.Option(help="The split that training never saw.")] = "test",
    allocation: Allocation = "",
    wait: Wait = True,
) -> None:
    """Evaluate a model on data that its training never saw, against committed thresholds."""
    api = connect()
    project = api.get(at("model-versions", model_version))["project"]
    body = {
        "model_version": model_version,
        "dataset_version": dataset_version,
        "thresholds": thresholds,
        "split": split,
    }
    paid = the_only(api, "/allocations", allocation, project=project)
    started = api.post("/evaluations", {**body, "allocation": paid})
    if not wait:
        show(started)
        return
    command = f"faur evaluations show {started['id']}"
    found = ended(api, at("evaluations", started["id"]), until=VERDICTS, at_most=LONGEST_JOB, command=command)
    _show(found)
    require(found, {"passed"})


def _show(evaluation: Json) -> None:
    show(evaluation, without={"results", "measured"})
    if evaluation["results"] and not form.as_json:
        show_table("against the thresholds", evaluation["results"], RESULTS)


def register(app: typer.Typer) -> None:
    add(app, "evaluate", panel=PANEL)(evaluate)
    app.add_typer(thresholds, name="thresholds", rich_help_panel=PANEL)
    app.add_typer(evaluations, name="evaluations", rich_help_panel=PANEL)
