"""Recipes, runs, jobs and their logs."""

import sys
import time
from typing import Annotated

import typer

from faur.cli.client import Api, connect
from faur.cli.commands.projects import Project
from faur.cli.input import pairs, the_only
from faur.cli.output import show, show_list

recipes = typer.Typer(no_args_is_help=True, help="The library of algorithms.")
runs = typer.Typer(no_args_is_help=True, help="Runs of recipes.")
jobs = typer.Typer(no_args_is_help=True, help="Jobs on the cluster.")
clusters = typer.Typer(no_args_is_help=True, help="Clusters (operators).")
ENDED = {"completed", "failed", "cancelled", "timeout", "out_of_memory", "lost"}


@recipes.command("list")
def list_recipes(sector: str = "", task: str = "") -> None:
    """The recipes, by sector or task."""
    show_list(
        connect().all("/recipes", sector=sector or None, task=task or None), ["name", "version", "title", "sectors"]
    )


@recipes.command("show")
def show_recipe(name: str) -> None:
    """One recipe: its parameters, inputs, outputs and resources."""
    show(connect().get(f"/recipes/{name}"))


def run(
    recipe: Annotated[str, typer.Argument(help="Name of the recipe.")],
    inputs: Annotated[list[str], typer.Option("--input", "-i", help="name=data set version, as train=dsv_…")],
    parameters: Annotated[list[str], typer.Option("--parameter", "-k", help="name=value, as target=diagnosis")] = [],  # noqa: B006 - typer copies it
    project: Project = "",
    allocation: str = "",
    title: str = "",
    follow: Annotated[bool, typer.Option("--follow", help="Show the log until the run ends.")] = False,
) -> None:
    """Run a recipe on data, as a job on the cluster."""
    api = connect()
    project = the_only(api, "/projects", project)
    body = {
        "project": project,
        "allocation": the_only(api, "/allocations", allocation, project=project),
        "recipe": recipe,
        "inputs": {name: {"version": version} for name, version in pairs(inputs).items()},
        "parameters": pairs(parameters),
        "title": title or recipe,
    }
    started = api.post("/runs", body)
    if follow:
        follow_log(api, started["job"])
    show(api.get(f"/runs/{started['id']}"))


@runs.command("list")
def list_runs(project: str = "", state: str = "") -> None:
    """Your runs."""
    show_list(connect().all("/runs", project=project or None, state=state or None), ["id", "title", "recipe", "state"])


@runs.command("show")
def show_run(run: str) -> None:
    """One run."""
    show(connect().get(f"/runs/{run}"))


@runs.command("metrics")
def metrics(run: str, key: str = "") -> None:
    """A run's metrics: the last value of each, or all values of one."""
    answer = connect().get(f"/runs/{run}/metrics", key=key or None)
    show_list(answer["items"], ["key", "step", "value", "at"])


@jobs.command("list")
def list_jobs(project: str = "", state: str = "") -> None:
    """Your jobs."""
    show_list(
        connect().all("/jobs", project=project or None, state=state or None), ["id", "title", "state", "used", "unit"]
    )


@jobs.command("show")
def show_job(job: str) -> None:
    """One job."""
    show(connect().get(f"/jobs/{job}"))


@jobs.command("cancel")
def cancel(job: str) -> None:
    """End a job; it is charged for what it used."""
    show(connect().post(f"/jobs/{job}/cancel"))


def logs(
    job: Annotated[str, typer.Argument(help="A job or a run.")],
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until the job ends.")] = False,
) -> None:
    """What a job printed."""
    api = connect()
    job = api.get(f"/runs/{job}")["job"] if job.startswith("run_") else job
    follow_log(api, job, until_end=follow)


def follow_log(api: Api, job: str, *, until_end: bool = True) -> None:
    """Write the log to standard output as it grows; returns when the job has ended, or at once."""
    offset = 0
    while True:
        answer = api.raw("GET", f"/jobs/{job}/log", params={"offset": offset})
        sys.stdout.buffer.write(answer.content)
        sys.stdout.buffer.flush()
        offset = int(answer.headers["Faur-Log-Offset"])
        complete = answer.headers["Faur-Log-Complete"] == "true"
        if not answer.content and (complete or not until_end):
            return
        if not answer.content:
            time.sleep(0.5)


@clusters.command("list")
def list_clusters() -> None:
    """The clusters and what they offer."""
    show_list(connect().all("/clusters"), ["id", "name", "kind", "cores", "gpus"])


@clusters.command("register")
def register_cluster(name: str, title: str = "", kind: str = "local") -> None:
    """Register a cluster; `local` is this machine (operators)."""
    show(connect().post("/clusters", {"name": name, "title": title or name, "kind": kind}))


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel="The road")(run)
    app.command(rich_help_panel="The road")(logs)
    app.add_typer(recipes, name="recipes", rich_help_panel="The road")
    app.add_typer(runs, name="runs", rich_help_panel="The road")
    app.add_typer(jobs, name="jobs", rich_help_panel="The road")
    app.add_typer(clusters, name="clusters", rich_help_panel="Run a factory")
