"""The technical file and the evidence bundle, written from the record."""

from pathlib import Path
from typing import Annotated

import typer

from faur.cli.client import Api, Json, at, connect
from faur.cli.commands.fetching import fetch_one
from faur.cli.commands.options import Folder, InProject, Project, Wait
from faur.cli.input import the_only
from faur.cli.nouns import Noun
from faur.cli.output import form, note, show, show_pages
from faur.cli.waiting import ended, require

technical_file = Noun("Technical files by Annex IV, written from the record.")
evidence = Noun("Evidence bundles, to be checked anywhere with `faur verify`.")
PANEL = "Evidence"
WRITE_SECONDS = 3600
DONE = {"ready", "error"}
Target = Annotated[Path, typer.Option("--to", help="The file to write.")]


@technical_file.verb("list", paged=True)
def list_files(project: InProject = "") -> None:
    """The technical files of your models, newest first."""
    columns = ["id", "state", "coverage", "created_at"]
    show_pages(connect(), "/technical-files", columns, project=project)


@technical_file.verb("show")
def show_file(file: Annotated[str, typer.Argument(help="A technical file, tfl_….")]) -> None:
    """One technical file: how many items are evidenced, declared, missing."""
    show(connect().get(at("technical-files", file)), without={"links"})


@technical_file.verb("write")
def write_file(
    model_version: Annotated[str, typer.Argument(help="A version of a model, mdv_….")],
    to: Folder = Path(),
    language: Annotated[str, typer.Option(help="en, ro or bg.")] = "en",
    wait: Wait = True,
) -> None:
    """Write the technical file of a model version, and download it in every format."""
    api = connect()
    started = api.post("/technical-files", {"model_version": model_version, "language": language})
    if wait:
        command = f"faur technical-file show {started['id']}"
        path = at("technical-files", started["id"])
        _fetch_file(api, ended(api, path, until=DONE, at_most=WRITE_SECONDS, command=command), to)
    else:
        show(started)


@technical_file.verb("fetch")
def fetch_file(file: Annotated[str, typer.Argument(help="A technical file, tfl_….")], to: Folder = Path()) -> None:
    """Download a technical file in every format: HTML, PDF, DOCX, JSON."""
    api = connect()
    _fetch_file(api, api.get(at("technical-files", file)), to)


@evidence.verb("list", paged=True)
def list_bundles(project: InProject = "") -> None:
    """The evidence bundles of your projects, newest first."""
    columns = ["id", "state", "entries", "size", "created_at"]
    show_pages(connect(), "/bundles", columns, project=project)


@evidence.verb("show")
def show_bundle(bundle: Annotated[str, typer.Argument(help="A bundle, bnd_….")]) -> None:
    """One evidence bundle."""
    show(connect().get(at("bundles", bundle)))


@evidence.verb("export")
def export(project: Project = "", to: Target = Path("evidence.zip"), wait: Wait = True) -> None:
    """Export a project's evidence bundle, and download it."""
    api = connect()
    started = api.post("/bundles", {"project": the_only(api, "/projects", project)})
    if wait:
        command = f"faur evidence show {started['id']}"
        _fetch_bundle(
            api, ended(api, at("bundles", started["id"]), until=DONE, at_most=WRITE_SECONDS, command=command), to
        )
    else:
        show(started)


@evidence.verb("fetch")
def fetch_bundle(
    bundle: Annotated[str, typer.Argument(help="A bundle, bnd_….")], to: Target = Path("evidence.zip")
) -> None:
    """Download an evidence bundle; a download that broke off goes on."""
    api = connect()
    _fetch_bundle(api, api.get(at("bundles", bundle)), to)


def _fetch_file(api: Api, file: Json, folder: Path) -> None:
    """Raises Refused: it could not be written, or is not yet."""
    require(file, {"ready"})
    for kind, link in file["links"].items():
        fetch_one(api, link, folder / f"technical-file.{kind}")
    if not form.as_json:
        show(file, without={"links"})


def _fetch_bundle(api: Api, bundle: Json, to: Path) -> None:
    """Raises Refused: it could not be made, or is not yet."""
    require(bundle, {"ready"})
    fetch_one(api, bundle["link"], to, size=bundle["size"])
    note(f"`faur verify {to}` checks it, here or anywhere.")


def register(app: typer.Typer) -> None:
    app.add_typer(technical_file, name="technical-file", rich_help_panel=PANEL)
    app.add_typer(evidence, name="evidence", rich_help_panel=PANEL)
