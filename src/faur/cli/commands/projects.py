"""Organisations, projects, their members and allocations."""

from typing import Annotated

import typer

from faur.cli import orders
from faur.cli.client import Api, at, connect
from faur.cli.commands.options import File, InProject, Project, Search, State
from faur.cli.input import read_document, the_only
from faur.cli.nouns import Noun
from faur.cli.output import show, show_list, show_pages, tell

organisations = Noun("Organisations: companies, and public bodies.")
projects = Noun("Projects: what an award makes.")
members = Noun("Who works in a project.")
allocations = Noun("What a project was awarded, and what is left of it.")
PANEL = "Access"


@organisations.verb("list", paged=True)
def list_organisations(search: Search = "") -> None:
    """The organisations that you represent or may see."""
    show_pages(connect(), "/organisations", ["id", "name", "kind", "country", "size"], search=search)


@organisations.verb("show")
def show_organisation(organisation: str) -> None:
    """One organisation, with the calculation of its size."""
    show(connect().get(at("organisations", organisation)))


@organisations.verb("register")
def register_organisation(file: File) -> None:
    """Register an organisation; its size class and why are in the answer."""
    show(connect().post("/organisations", read_document(file, orders.ORGANISATION)))


@projects.verb("list", paged=True)
def list_projects(search: Search = "", state: State = "") -> None:
    """Your projects."""
    columns = ["id", "title", "organisation_name", "state", "ends_on"]
    show_pages(connect(), "/projects", columns, search=search, state=state)


@projects.verb("show")
def show_project(project: Project = "") -> None:
    """One project."""
    api = connect()
    show(api.get(_in(api, project)))


@projects.verb("trail")
def trail(project: Project = "") -> None:
    """What happened on the road so far, and what comes next."""
    api = connect()
    answer = api.get(_in(api, project, "trail"))
    show_list(answer["steps"], ["key", "title", "state", "strength", "at", "entry"])


@members.verb("list", paged=True)
def list_members(project: Project = "") -> None:
    """Who works in the project, and as what."""
    api = connect()
    show_pages(api, _in(api, project, "members"), ["id", "name", "email", "roles", "since"])


@members.verb("add")
def add_member(
    email: Annotated[str, typer.Argument(help="E-mail address of a person who has an account.")],
    role: Annotated[str, typer.Option(help="lead, member or steward.")] = "member",
    project: Project = "",
) -> None:
    """Add a person to the project."""
    api = connect()
    show(api.post(_in(api, project, "members"), {"email": email, "role": role}))


@members.verb("remove")
def remove_member(
    member: Annotated[str, typer.Argument(help="The person's identifier, as in the list.")], project: Project = ""
) -> None:
    """Take a person out of the project, with all their roles in it."""
    api = connect()
    api.delete(_in(api, project, "members", member))
    tell("They are not in the project any more.")


@allocations.verb("list", paged=True)
def list_allocations(project: InProject = "", search: Search = "") -> None:
    """What your projects were awarded, and what is left of it."""
    columns = ["id", "project_title", "unit", "amount", "used", "held", "free", "ends_on"]
    show_pages(connect(), "/allocations", columns, project=project, search=search)


@allocations.verb("show")
def show_allocation(allocation: str) -> None:
    """One allocation."""
    show(connect().get(at("allocations", allocation)))


@allocations.verb("postings", paged=True)
def postings(allocation: str) -> None:
    """The ledger's statement of an allocation."""
    columns = ["at", "memo", "amount", "balance", "other"]
    show_pages(connect(), at("allocations", allocation, "postings"), columns)


def _in(api: Api, project: str, *parts: str) -> str:
    """The path of a project, given or the only one."""
    return at("projects", the_only(api, "/projects", project), *parts)


def register(app: typer.Typer) -> None:
    app.add_typer(organisations, name="organisations", rich_help_panel=PANEL)
    app.add_typer(projects, name="projects", rich_help_panel=PANEL)
    app.add_typer(members, name="members", rich_help_panel=PANEL)
    app.add_typer(allocations, name="allocations", rich_help_panel=PANEL)
