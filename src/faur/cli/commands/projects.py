"""Organisations, projects, members, pools and allocations."""

from pathlib import Path
from typing import Annotated

import typer

from faur.cli.client import connect
from faur.cli.input import read_document, the_only
from faur.cli.output import show, show_list

organisations = typer.Typer(no_args_is_help=True, help="Organisations.")
projects = typer.Typer(no_args_is_help=True, help="Projects, their members and their record.")
pools = typer.Typer(no_args_is_help=True, help="Shares of a cluster's capacity.")
File = Annotated[Path, typer.Option("--file", "-f", help="YAML or JSON with the fields.")]
Project = Annotated[str, typer.Option("--project", "-p", help="The project; needless if you have one only.")]


@organisations.command("register")
def register_organisation(file: File) -> None:
    """Register an organisation; the size class and why are in the answer."""
    show(connect().post("/organisations", read_document(file)))


@organisations.command("list")
def list_organisations() -> None:
    """The organisations that you represent or may see."""
    show_list(connect().all("/organisations"), ["id", "name", "kind", "country", "size"])


@projects.command("list")
def list_projects(search: str = "") -> None:
    """Your projects."""
    show_list(connect().all("/projects", search=search or None), ["id", "title", "state", "ends_on"])


@projects.command("show")
def show_project(project: Project = "") -> None:
    """One project."""
    api = connect()
    show(api.get(f"/projects/{the_only(api, '/projects', project)}"))


@projects.command("trail")
def trail(project: Project = "") -> None:
    """What happened on the road so far, and what comes next."""
    api = connect()
    answer = api.get(f"/projects/{the_only(api, '/projects', project)}/trail")
    show_list(answer["steps"], ["key", "title", "state", "strength", "at", "entry"])


@projects.command("record")
def record(project: Project = "") -> None:
    """The project's chain of the record."""
    api = connect()
    path = f"/projects/{the_only(api, '/projects', project)}/record"
    show_list(api.all(path), ["entry", "at", "verb", "strength", "hash"])


@projects.command("members")
def members(project: Project = "") -> None:
    """Who works in the project."""
    api = connect()
    show_list(api.get(f"/projects/{the_only(api, '/projects', project)}/members")["items"], ["id", "name", "roles"])


@projects.command("add-member")
def add_member(email: str, role: str = "member", project: Project = "") -> None:
    """Add a person who has an account: lead, member or steward."""
    api = connect()
    show(api.post(f"/projects/{the_only(api, '/projects', project)}/members", {"email": email, "role": role}))


@projects.command("allocations")
def allocations(project: Project = "") -> None:
    """What the project was awarded, and what is left of it."""
    api = connect()
    show_list(api.all("/allocations", project=project or None), ["id", "unit", "amount", "used", "held", "free"])


@projects.command("postings")
def postings(allocation: str) -> None:
    """The ledger's statement of an allocation."""
    show_list(connect().all(f"/allocations/{allocation}/postings"), ["at", "memo", "amount", "balance"])


@pools.command("list")
def list_pools() -> None:
    """The pools and how much of each is free."""
    show_list(connect().all("/pools"), ["id", "title", "unit", "capacity", "free"])


@pools.command("open")
def open_pool(file: File) -> None:
    """Open a pool on a cluster (operators)."""
    show(connect().post("/pools", read_document(file)))


def register(app: typer.Typer) -> None:
    app.add_typer(organisations, name="organisations", rich_help_panel="Access")
    app.add_typer(projects, name="projects", rich_help_panel="Access")
    app.add_typer(pools, name="pools", rich_help_panel="Run a factory")
