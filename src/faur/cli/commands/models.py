"""The model registry."""

from pathlib import Path
from typing import Annotated

import typer

from faur.cli.client import Json, at, connect
from faur.cli.commands.fetching import fetch_files
from faur.cli.commands.options import Folder, InProject, Reason, Search, Wait
from faur.cli.nouns import Noun
from faur.cli.output import form, show, show_pages, show_table
from faur.cli.waiting import ended, require

model = Noun("Models and their versions.")
SCREEN_SECONDS = 3600
Version = Annotated[str, typer.Argument(help="A version of a model, mdv_….")]


@model.verb("list", paged=True)
def list_models(project: InProject = "", search: Search = "") -> None:
    """The models that you may see."""
    show_pages(connect(), "/models", ["id", "name", "title"], project=project, search=search)


@model.verb("show")
def show_model(model: Annotated[str, typer.Argument(help="A model, or a version of one.")]) -> None:
    """A model with its versions, or one version with its lineage and signature."""
    if model.startswith("mdv_"):
        _show_version(connect().get(at("model-versions", model)))
        return
    found = connect().get(at("models", model))
    show(found, without={"versions"})
    if found["versions"] and not form.as_json:
        show_table("versions", found["versions"], ["id", "number", "state", "format", "run", "created_at"])


@model.verb("register")
def register_model(
    run: Annotated[str, typer.Argument(help="The run that made it.")],
    name: Annotated[str, typer.Argument(help="Its name in the project; the same name makes another version.")],
    title: Annotated[str, typer.Option(help="How people call it.")] = "",
    intended_purpose: Annotated[str, typer.Option(help="What it is for, in the sense of the AI Act.")] = "",
    wait: Wait = True,
) -> None:
    """Register what a run made as a version of a model, and wait until it is screened."""
    api = connect()
    body = {"run": run, "name": name, "title": title, "intended_purpose": intended_purpose}
    version = api.post("/models", body)
    path = at("model-versions", version["id"])
    if wait:
        states, command = {"registered", "promoted", "refused"}, f"faur model show {version['id']}"
        version = ended(api, path, until=states, at_most=SCREEN_SECONDS, command=command)
    _show_version(version)
    if wait:
        require(version, {"registered", "promoted"})


@model.verb("gate")
def gate(version: Version) -> None:
    """What stands between a version and its promotion, and the entries that were looked at."""
    found = connect().get(at("model-versions", version, "gate"))
    if form.as_json:
        show(found)
        return
    show({"stands between": found["missing"] or "nothing", **found["grounds"]})


@model.verb("promote")
def promote(version: Version, reason: Reason) -> None:
    """Promote a version for use: the record must show that it was evaluated and classified."""
    show(connect().post(at("model-versions", version, "promote"), {"reason": reason}))


@model.verb("retire")
def retire(version: Version, reason: Reason) -> None:
    """Take a version out of use."""
    show(connect().post(at("model-versions", version, "retire"), {"reason": reason}))


@model.verb("fetch")
def fetch(version: Version, to: Folder = Path()) -> None:
    """Download the files of a version; a download that broke off goes on."""
    api = connect()
    fetch_files(api, api.get(at("model-versions", version))["files"], to)


def _show_version(version: Json) -> None:
    show(version, without={"signature"})
    signature = version["signature"]
    if signature and not form.as_json:
        told = {name: signature.get(name) for name in ("task", "family", "target", "classes", "threshold")}
        show({**told, "inputs": signature.get("inputs"), "outputs": signature.get("outputs")})
        show_table("features", signature.get("features") or [], ["name", "kind", "minimum", "maximum", "categories"])


def register(app: typer.Typer) -> None:
    app.add_typer(model, name="model", rich_help_panel="The road")
