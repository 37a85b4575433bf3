"""Recipes, and runs of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from faur.cli.client import Json, at, connect
from faur.cli.commands.options import Allocation, Follow, InProject, Project, Search, State
from faur.cli.following import show_to_the_end
from faur.cli.input import count_of, named, pairs, read_document, seconds_of, size_of, the_only
from faur.cli.nouns import Noun, add
from faur.cli.output import form, show, show_list, show_pages, show_table
from faur.cli.refusal import Misused

recipes = Noun("Recipes: the library of algorithms.")
runs = Noun("Runs of recipes.")
PANEL = "The road"
RESOURCES = "cores=4, gpus=1, memory=8GiB or duration=30m; what is not said is the recipe's own."
MEASURES: dict[str, Callable[[str], int]] = {
    "cores": count_of,
    "gpus": count_of,
    "memory": size_of,
    "duration": seconds_of,
}


@recipes.verb("list", paged=True)
def list_recipes(
    sector: Annotated[str, typer.Option(help="For this sector.")] = "",
    task: Annotated[str, typer.Option(help="For this task.")] = "",
    search: Search = "",
) -> None:
    """The recipes, by sector or task."""
    columns = ["name", "version", "title", "sectors"]
    show_pages(connect(), "/recipes", columns, sector=sector, task=task, search=search)


@recipes.verb("show")
def show_recipe(
    name: str, version: Annotated[str, typer.Option(help="Another version than the current.")] = ""
) -> None:
    """One recipe: its parameters, inputs, outputs and resources."""
    found = connect().get(at("recipes", name), version=version)
    show(found, without={"parameters", "metrics", "ai_act"})
    if not form.as_json:
        show({"asks": found["ai_act"].get("questions")})
        needed = found["parameters"].get("required", [])
        rows = [{"name": name, **one, "needed": name in needed} for name, one in _properties(found).items()]
        show_table("parameters", rows, ["name", "type", "default", "needed", "title"])


def run(
    recipe: Annotated[str, typer.Argument(help="Name of the recipe.")],
    inputs: Annotated[list[str], typer.Option("--input", "-i", help="train=dsv_…, or train=dsv_…:split.")] = [],  # noqa: B006 - typer copies it
    parameters: Annotated[list[str], typer.Option("--parameter", "-k", help="As target=diagnosis.")] = [],  # noqa: B006 - typer copies it
    parameters_file: Annotated[Path | None, typer.Option(help="YAML or JSON; -k goes before it.")] = None,
    resources: Annotated[list[str], typer.Option("--resource", "-r", help=RESOURCES)] = [],  # noqa: B006 - typer copies it
    recipe_version: Annotated[str, typer.Option(help="Another version of the recipe than the current.")] = "",
    project: Project = "",
    allocation: Allocation = "",
    title: Annotated[str, typer.Option(help="How people call the run.")] = "",
    follow: Follow = False,
) -> None:
    """Run a recipe on data, as a job on the cluster."""
    told = {**(read_document(parameters_file) if parameters_file else {}), **pairs(parameters)}
    body = {"recipe": recipe, "recipe_version": recipe_version, "parameters": told, "title": title or recipe}
    body |= {"inputs": {name: _input(text) for name, text in named(inputs).items()}, "resources": _wanted(resources)}
    api = connect()
    project = the_only(api, "/projects", project)
    paid = the_only(api, "/allocations", allocation, project=project)
    started = api.post("/runs", {**body, "project": project, "allocation": paid})
    show_to_the_end(api, at("runs", started["id"]), started["job"]) if follow else show(started)


@runs.verb("list", paged=True)
def list_runs(project: InProject = "", state: State = "", search: Search = "") -> None:
    """Your runs, newest first."""
    columns = ["id", "title", "state", "created_at"]
    show_pages(connect(), "/runs", columns, project=project, state=state, search=search)


@runs.verb("show")
def show_run(run: str) -> None:
    """One run: its state, parameters, inputs, metrics and outputs."""
    found = connect().get(at("runs", run))
    show(found, without={"metrics"})
    if found["metrics"] and not form.as_json:
        show_table("metrics", [{"metric": key, "last": value} for key, value in found["metrics"].items()])


@runs.verb("metrics")
def metrics(run: str, key: Annotated[str, typer.Option(help="All values of this metric.")] = "") -> None:
    """A run's metrics: the last value of each, or all values of one."""
    show_list(connect().get(at("runs", run, "metrics"), key=key)["items"], ["key", "step", "value", "at"])


@runs.verb("compare")
def compare(runs: Annotated[list[str], typer.Argument(help="Two runs or more.")]) -> None:
    """Runs side by side: the parameters in which they differ, and their metrics."""
    found = connect().get("/runs/compare", run=runs)
    if form.as_json:
        show(found)
        return
    items = found["items"]
    rows = [_across("state", [run["state"] for run in items])]
    rows += [_across(name, [run["parameters"].get(name) for run in items]) for name in found["differing"]]
    keys = sorted({key for run in items for key in run["metrics"]})
    rows += [_across(key, [run["metrics"].get(key) for run in items]) for key in keys]
    show_list(rows, ["what", *(str(place) for place in range(1, len(items) + 1))])
    show({str(place): run["id"] for place, run in enumerate(items, start=1)})


@runs.verb("cancel")
def cancel(run: str) -> None:
    """End a run; it is charged for what it used."""
    show(connect().post(at("runs", run, "cancel")))


def _properties(recipe: Json) -> Json:
    """The parameters of a recipe, by name, as their JSON Schema has them."""
    properties: Json = recipe["parameters"].get("properties", {})
    return properties


def _input(text: str) -> Json:
    version, _, split = text.partition(":")
    return {"version": version, **({"split": split} if split else {})}


def _wanted(texts: list[str]) -> dict[str, int]:
    """Resources as the API has them, in bytes and seconds. Raises Misused."""
    found = named(texts)
    if odd := sorted(found.keys() - MEASURES.keys()):
        raise Misused.because("argument.no_resource", f"No resource is called {', '.join(odd)}.", RESOURCES)
    return {name: MEASURES[name](text) for name, text in found.items()}


def _across(what: str, values: list[object]) -> Json:
    return {"what": what, **{str(place): value for place, value in enumerate(values, start=1)}}


def register(app: typer.Typer) -> None:
    add(app, "run", panel=PANEL)(run)
    app.add_typer(recipes, name="recipes", rich_help_panel=PANEL)
    app.add_typer(runs, name="runs", rich_help_panel=PANEL)
