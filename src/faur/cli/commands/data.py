"""Data sets and their versions, and the contracts under which they are used."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from faur.cli import orders
from faur.cli.client import Api, Json, at, connect
from faur.cli.commands.fetching import fetch_files
from faur.cli.commands.options import File, Folder, InProject, Project, Search, State, Wait
from faur.cli.input import read_document, the_only
from faur.cli.nouns import Noun
from faur.cli.output import form, note, progress, show, show_pages, show_table
from faur.cli.refusal import Refused
from faur.cli.transfer import upload
from faur.cli.waiting import ended, require

data = Noun("Data sets, and their versions.")
contracts = Noun("Contracts: who may use which data for what.")
PANEL = "The road"
CHECK_SECONDS = 3600
Sheet = Annotated[Path, typer.Option("--sheet", help="YAML: name, title, licence, sheet, policy.")]
Split = Annotated[str, typer.Option(help="Files of this split only.")]


@data.verb("list", paged=True)
def list_datasets(project: InProject = "", search: Search = "") -> None:
    """The data sets that you may see."""
    show_pages(connect(), "/datasets", ["id", "name", "title", "licence"], project=project, search=search)


@data.verb("show")
def show_data(data: Annotated[str, typer.Argument(help="A data set, or a version of one.")]) -> None:
    """A data set with its sheet and policy, or a version with what was found in it."""
    if data.startswith("dsv_"):
        _show_version(connect().get(at("dataset-versions", data)))
    else:
        show(connect().get(at("datasets", data)))


@data.verb("versions", paged=True)
def list_versions(dataset: str) -> None:
    """The versions of a data set, newest first."""
    columns = ["id", "number", "state", "refusal", "note", "created_at"]
    show_pages(connect(), at("datasets", dataset, "versions"), columns)


@data.verb("new")
def new_dataset(sheet: Sheet, project: Project = "") -> None:
    """Make a data set without a version yet."""
    api = connect()
    told = read_document(sheet, orders.DATASET)
    show(
        api.post("/datasets", {**told, "project": the_only(api, "/projects", project or str(told.get("project", "")))})
    )


@data.verb("edit")
def edit_dataset(dataset: str, file: File) -> None:
    """Change what a data set says of itself: the fields of the file, the others as they are."""
    api = connect()
    path = at("datasets", dataset)
    said, now = read_document(file, orders.DESCRIPTION), api.get(path)
    show(api.patch(path, {name: said.get(name, now.get(name)) for name in orders.DESCRIPTION}))


@data.verb("push")
def push(
    files: Annotated[list[str], typer.Argument(help="split=path, as train=train.parquet test=test.parquet.")],
    sheet: Annotated[Path | None, typer.Option("--sheet", help="YAML: name, title, licence, sheet, policy.")] = None,
    dataset: Annotated[str, typer.Option(help="The data set, where there is one already.")] = "",
    project: Project = "",
    message: Annotated[str, typer.Option("--note", help="What is new in this version.")] = "",
    wait: Wait = True,
) -> None:
    """Upload files as a new version of a data set, and wait until they are checked."""
    parts = _parts(files)
    api = connect()
    found = _dataset(api, sheet, dataset, project)
    sent = [_upload(api, found["project"], split, path, name) for split, path, name in parts]
    version = api.post(at("datasets", found["id"], "versions"), {"files": sent, "note": message})
    path = at("dataset-versions", version["id"])
    if wait:
        states, command = {"published", "refused"}, f"faur data show {version['id']}"
        version = ended(api, path, until=states, at_most=CHECK_SECONDS, command=command)
    show(version, without={"profile"})
    if wait:
        require(version, {"published"})


@data.verb("fetch")
def fetch(version: str, to: Folder = Path(), split: Split = "") -> None:
    """Download the files of a version; a download that broke off goes on."""
    api = connect()
    files = api.get(at("dataset-versions", version))["files"]
    fetch_files(api, [file for file in files if split in {"", file["split"]}], to)


@contracts.verb("list", paged=True)
def list_contracts(project: InProject = "", state: State = "") -> None:
    """The contracts of your projects, and those on your data."""
    columns = ["id", "version_title", "purpose", "state"]
    show_pages(connect(), "/contracts", columns, project=project, state=state)


@contracts.verb("show")
def show_contract(contract: str) -> None:
    """One contract."""
    show(connect().get(at("contracts", contract)))


@contracts.verb("agree")
def agree(
    version: str,
    purpose: Annotated[str, typer.Option(help="training or evaluation.")] = "training",
    project: Project = "",
) -> None:
    """Agree to a version's policy for a purpose."""
    api = connect()
    body = {"version": version, "project": the_only(api, "/projects", project), "purpose": purpose}
    show(api.post("/contracts", body))


@contracts.verb("approve")
def approve(contract: str) -> None:
    """Approve a contract that waits for it (data stewards)."""
    show(connect().post(at("contracts", contract, "approve")))


@contracts.verb("decline")
def decline(contract: str) -> None:
    """Decline a contract that waits for approval (data stewards)."""
    show(connect().post(at("contracts", contract, "decline")))


def _show_version(version: Json) -> None:
    show(version, without={"profile"})
    for file in [] if form.as_json else version["profile"]:
        columns = ["name", "type", "missing", "minimum", "maximum", "distinct"]
        show_table(f"{file['path']}: {file['rows']} rows", file["columns"], columns)


def _parts(texts: list[str]) -> list[tuple[str, Path, str]]:
    """Split, path and name of each file. Raises Refused before anything is made: one is not there."""
    parts = []
    for text in texts:
        split, equals, name = text.partition("=")
        parts.append((split, Path(name)) if equals and not Path(text).exists() else ("train", Path(text)))
    if missing := [str(path) for _split, path in parts if not path.is_file()]:
        raise Refused.because("file.missing", f"There is no file {', '.join(missing)}.", "As train=train.parquet.")
    times = Counter(path.name for _split, path in parts)
    return [(split, path, path.name if times[path.name] == 1 else f"{split}/{path.name}") for split, path in parts]


def _dataset(api: Api, sheet: Path | None, given: str, project: str) -> Json:
    """The data set that was named, or that of the sheet's name, made where it is missing."""
    told = read_document(sheet, orders.DATASET) if sheet else {}
    if given or not sheet:
        return api.get(at("datasets", the_only(api, "/datasets", given, project=project)))
    project = the_only(api, "/projects", project or str(told.get("project", "")))
    for found in api.all("/datasets", project=project, search=told.get("name")):
        if found["name"] == told.get("name"):
            if any(found[name] != told[name] for name in orders.DESCRIPTION if name in told):
                note(f"What {found['id']} says of itself stays as it is; `faur data edit` changes it.")
            return found
    return api.post("/datasets", {**told, "project": project})


def _upload(api: Api, project: str, split: str, path: Path, name: str) -> Json:
    with progress(path.name, path.stat().st_size) as seen:
        receipt = upload(api, path, project, seen=seen)["receipt"]
    return {"path": name, "split": split, "receipt": receipt}


def register(app: typer.Typer) -> None:
    app.add_typer(data, name="data", rich_help_panel=PANEL)
    app.add_typer(contracts, name="contracts", rich_help_panel=PANEL)
