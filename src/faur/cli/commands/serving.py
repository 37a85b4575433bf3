"""Endpoints and their keys."""

import json
from pathlib import Path
from typing import Annotated

import typer

from faur.cli.client import Api, connect
from faur.cli.input import read_document
from faur.cli.output import show, show_list
from faur.cli.waiting import wait_for

endpoint = typer.Typer(no_args_is_help=True, help="Endpoints: promoted models that answer.")
START_SECONDS = 120


@endpoint.command("list")
def list_endpoints(project: str = "") -> None:
    """The endpoints of your projects."""
    show_list(connect().all("/endpoints", project=project or None), ["id", "name", "state", "model_version"])


@endpoint.command("show")
def show_endpoint(endpoint: str) -> None:
    """One endpoint."""
    show(connect().get(f"/endpoints/{endpoint}"))


@endpoint.command("open")
def open_endpoint(model_version: str, name: str) -> None:
    """Serve a promoted model version under a name."""
    api = connect()
    project = api.get(f"/model-versions/{model_version}")["project"]
    opened = api.post("/endpoints", {"project": project, "name": name, "model_version": model_version})
    show(wait_for(api, f"/endpoints/{opened['id']}", until={"ready", "error"}, at_most=START_SECONDS))


@endpoint.command("stop")
def stop(endpoint: str) -> None:
    """Stop an endpoint."""
    show(connect().post(f"/endpoints/{endpoint}/stop"))


@endpoint.command("key")
def issue_key(endpoint: str, name: str, days: int = 90) -> None:
    """Issue a key for an endpoint. Its secret is shown once."""
    show(connect().post(f"/endpoints/{endpoint}/keys", {"name": name, "days": days}))


@endpoint.command("keys")
def list_keys(endpoint: str) -> None:
    """The keys of an endpoint, without their secrets."""
    show_list(
        connect().get(f"/endpoints/{endpoint}/keys")["items"], ["id", "name", "prefix", "expires_at", "revoked_at"]
    )


@endpoint.command("revoke-key")
def revoke_key(key: str) -> None:
    """Revoke a key; it stops working within a second."""
    connect().delete(f"/keys/{key}")


@endpoint.command("call")
def call(
    name: Annotated[str, typer.Argument(help="Name of the endpoint.")],
    key: Annotated[str, typer.Option(envvar="FAUR_KEY", help="Key of the endpoint.")],
    file: Annotated[Path, typer.Option("--file", "-f", help="Body of the Open Inference Protocol, JSON or YAML.")],
) -> None:
    """Ask an endpoint for a prediction (KServe Open Inference Protocol v2)."""
    answer = Api(connect().url, key).post(f"/v2/models/{name}/infer", read_document(file))
    typer.echo(json.dumps(answer, indent=2))


def register(app: typer.Typer) -> None:
    app.add_typer(endpoint, name="endpoint", rich_help_panel="The road")
