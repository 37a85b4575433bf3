"""What operators see to: clusters, pools on them, and who has which role in the factory."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from faur.cli import orders
from faur.cli.client import Api, Json, at, connect
from faur.cli.commands.options import File, Search
from faur.cli.input import read_document, the_only
from faur.cli.nouns import Noun
from faur.cli.output import show, show_pages, tell

clusters = Noun("Clusters, on which jobs run.")
pools = Noun("Pools: shares of a cluster's capacity.")
roles = Noun("Roles in the factory: operator, evaluator, auditor.")
PANEL = "Run a factory"
Role = Annotated[str, typer.Argument(help="operator, evaluator or auditor.")]


@clusters.verb("list", paged=True)
def list_clusters() -> None:
    """The clusters and what they offer."""
    show_pages(connect(), "/clusters", ["id", "name", "kind", "cores", "gpus", "sandbox"])


@clusters.verb("show")
def show_cluster(cluster: str) -> None:
    """One cluster."""
    show(connect().get(at("clusters", cluster)))


@clusters.verb("register")
def register_cluster(
    name: str,
    title: Annotated[str, typer.Option(help="How people call it.")] = "",
    kind: Annotated[str, typer.Option(help="The kind of scheduler; local is this machine.")] = "local",
) -> None:
    """Register a cluster; `local` is the factory's own machine (operators)."""
    show(connect().post("/clusters", {"name": name, "title": title or name, "kind": kind}))


@pools.verb("list", paged=True)
def list_pools(search: Search = "") -> None:
    """The pools and how much of each is free."""
    show_pages(connect(), "/pools", ["id", "title", "unit", "capacity", "free", "ends_on"], search=search)


@pools.verb("show")
def show_pool(pool: str) -> None:
    """One pool."""
    show(connect().get(at("pools", pool)))


@pools.verb("open")
def open_pool(
    file: File, cluster: Annotated[str, typer.Option(help="Whose hours; needless if there is one only.")] = ""
) -> None:
    """Open a pool on a cluster (operators)."""
    api = connect()
    order = orders.pool(read_document(file, orders.POOL), datetime.now(UTC))
    found = _cluster(api, cluster or str(order.get("cluster", "")))
    unit = "gpu-seconds" if found["gpus"] else "core-seconds"
    show(api.post("/pools", {"unit": unit, **order, "cluster": found["id"]}))


@roles.verb("list", paged=True)
def list_roles() -> None:
    """Who has which role in the factory (operators and auditors)."""
    show_pages(connect(), "/roles", ["person", "name", "email", "role", "created_at"])


@roles.verb("appoint")
def appoint(email: Annotated[str, typer.Argument(help="The person's e-mail address.")], role: Role) -> None:
    """Give a person a role in the factory (operators)."""
    show(connect().post("/roles", {"email": email, "role": role}))


@roles.verb("dismiss")
def dismiss(
    person: Annotated[str, typer.Argument(help="The person's identifier, as in the list.")], role: Role
) -> None:
    """Take a role from a person (operators)."""
    connect().delete(at("roles", person, role))
    tell(f"They are no {role} any more.")


def _cluster(api: Api, given: str) -> Json:
    return api.get(at("clusters", the_only(api, "/clusters", given)))


def register(app: typer.Typer) -> None:
    app.add_typer(clusters, name="clusters", rich_help_panel=PANEL)
    app.add_typer(pools, name="pools", rich_help_panel=PANEL)
    app.add_typer(roles, name="roles", rich_help_panel=PANEL)
