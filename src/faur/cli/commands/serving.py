"""Endpoints and their keys."""

from pathlib import Path
from typing import Annotated

import typer

from faur.cli.client import Api, Json, at, connect
from faur.cli.commands.options import InProject, Search, State, Wait
from faur.cli.credentials import keep_key, kept_key
from faur.cli.input import named, read_document, secret
from faur.cli.nouns import Noun
from faur.cli.output import form, show, show_list, show_pages, tell
from faur.cli.refusal import Misused
from faur.cli.rows import request_of
from faur.cli.waiting import ended, require

endpoint = Noun("Endpoints: promoted models that answer.")
keys = Noun("Keys that open an endpoint.")
PANEL = "The road"
START_SECONDS = 600
Endpoint = Annotated[str, typer.Argument(help="An endpoint, by its identifier or its name.")]
KeyFile = Annotated[
    Path | None,
    typer.Option(help="File with the key, - for standard input; else FAUR_KEY, the one kept, or it is asked for."),
]


@endpoint.verb("list", paged=True)
def list_endpoints(project: InProject = "", state: State = "", search: Search = "") -> None:
    """The endpoints of your projects."""
    columns = ["id", "name", "state", "model_title"]
    show_pages(connect(), "/endpoints", columns, project=project, state=state, search=search)


@endpoint.verb("show")
def show_endpoint(endpoint: Endpoint) -> None:
    """One endpoint."""
    show(_endpoint(connect(), endpoint))


@endpoint.verb("open")
def open_endpoint(
    model_version: Annotated[str, typer.Argument(help="A promoted version, mdv_….")],
    name: Annotated[str, typer.Argument(help="The name under which it answers.")],
    wait: Wait = True,
) -> None:
    """Serve a promoted model version under a name."""
    api = connect()
    opened = api.post("/endpoints", {"name": name, "model_version": model_version})
    if wait:
        states, command = {"ready", "error", "stopped"}, f"faur endpoint show {opened['id']}"
        opened = ended(api, at("endpoints", opened["id"]), until=states, at_most=START_SECONDS, command=command)
    show(opened)
    if wait:
        require(opened, {"ready"})


@endpoint.verb("stop")
def stop(endpoint: Endpoint) -> None:
    """Stop an endpoint; it answers nobody any more."""
    api = connect()
    show(api.post(at("endpoints", _endpoint(api, endpoint)["id"], "stop")))


@endpoint.verb("usage")
def usage(endpoint: Endpoint) -> None:
    """How often an endpoint was asked, hour by hour."""
    api = connect()
    found = api.get(at("endpoints", _endpoint(api, endpoint)["id"], "usage"))
    show(found)


@endpoint.verb("call")
def call(
    endpoint: Endpoint,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="Body of the Open Inference Protocol.")] = None,
    row: Annotated[list[str], typer.Option("--row", help="name=value for each feature of one row.")] = [],  # noqa: B006 - typer copies it
    key_file: KeyFile = None,
) -> None:
    """Ask an endpoint for a prediction (KServe Open Inference Protocol v2)."""
    if bool(file) == bool(row):
        raise Misused.because("argument.missing", "A prediction takes --file or --row, one of them.")
    api = connect()
    name = _endpoint(api, endpoint)["name"] if endpoint.startswith("end_") else endpoint
    request = read_document(file) if file else request_of(_signature(api, name), named(row))
    key = secret("FAUR_KEY", "Key", path=key_file, kept=kept_key(api.url, name))
    answer = Api(api.url, key).post(f"/v2/models{at(name, 'infer')}", request)
    if form.as_json:
        show(answer)
    else:
        show({output["name"]: output["data"] for output in answer["outputs"]})


@keys.verb("list")
def list_keys(endpoint: Endpoint) -> None:
    """The keys of an endpoint, without their secrets."""
    api = connect()
    found = api.get(at("endpoints", _endpoint(api, endpoint)["id"], "keys"))["items"]
    show_list(found, ["id", "name", "prefix", "expires_at", "revoked_at"])


@keys.verb("new")
def new_key(
    endpoint: Endpoint,
    name: Annotated[str, typer.Argument(help="Who or what will use it.")],
    days: Annotated[int, typer.Option(help="How long it works.")] = 90,
    keep: Annotated[bool, typer.Option("--keep", help="Keep it on this machine, for `faur endpoint call`.")] = False,
) -> None:
    """Issue a key for an endpoint; its secret is shown once."""
    api = connect()
    found = _endpoint(api, endpoint)
    key = api.post(at("endpoints", found["id"], "keys"), {"name": name, "days": days})
    show(key)
    if keep:
        keep_key(api.url, found["name"], key["secret"])


@keys.verb("revoke")
def revoke_key(key: Annotated[str, typer.Argument(help="The key's identifier, key_….")]) -> None:
    """Revoke a key; it stops working within a second."""
    connect().delete(at("keys", key))
    tell("The key is revoked.")


def _endpoint(api: Api, given: str) -> Json:
    """An endpoint by its identifier or its name. Raises Refused."""
    if not given.startswith("end_"):
        for found in api.all("/endpoints", search=given):
            if found["name"] == given:
                return found
    return api.get(at("endpoints", given))


def _signature(api: Api, name: str) -> Json:
    version = api.get(at("model-versions", _endpoint(api, name)["model_version"]))
    signature: Json = version["signature"]
    return signature


def register(app: typer.Typer) -> None:
    app.add_typer(endpoint, name="endpoint", rich_help_panel=PANEL)
    app.add_typer(keys, name="keys", rich_help_panel=PANEL)
