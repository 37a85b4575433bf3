"""How to ask an endpoint from a program, with the endpoint's own address and names in place."""

import json
from dataclasses import dataclass
from shlex import quote

from faur.kernel.config import config
from faur.services.serving.asking import Json, request_of, schema_of
from faur.services.serving.models import Endpoint


@dataclass(frozen=True, slots=True)
class Snippet:
    title: str
    text: str


def snippets_of(endpoint: Endpoint, values: Json | None = None) -> list[Snippet]:
    """The same request in curl, Python, JavaScript and the command line; the key is read from the environment.

    `values` by the form's names; without any, those that stand in the form at first.
    """
    address = f"{config().url}/v2/models/{endpoint.name}/infer"
    rules = schema_of(endpoint)["properties"]
    first = {name: rule["default"] for name, rule in rules.items() if "default" in rule}
    text = json.dumps(request_of(endpoint, first if values is None else values), ensure_ascii=False)
    return [
        Snippet("curl", _curl(address, text)),
        Snippet("Python", _python(address, text)),
        Snippet("JavaScript", _javascript(address, text)),
        Snippet("faur", f"faur endpoint call {endpoint.name} --file request.json"),
    ]


def _curl(address: str, body: str) -> str:
    return (
        f'curl {address} \\\n  -H "Authorization: Bearer $FAUR_KEY" \\\n'
        f"  -H 'Content-Type: application/json' \\\n  -d {quote(body)}"
    )


def _python(address: str, body: str) -> str:
    return (
        "import json, os, urllib.request\n\n"
        f"body = {body}\n"
        f"request = urllib.request.Request(\n    {address!r},\n    json.dumps(body).encode(),\n"
        '    {"Authorization": "Bearer " + os.environ["FAUR_KEY"], "Content-Type": "application/json"},\n)\n'
        'print(json.load(urllib.request.urlopen(request))["outputs"])'
    )


def _javascript(address: str, body: str) -> str:
    return (
        f'const answer = await fetch({json.dumps(address)}, {{\n  method: "POST",\n'
        '  headers: { Authorization: `Bearer ${process.env.FAUR_KEY}`, "Content-Type": "application/json" },\n'
        f"  body: JSON.stringify({body}),\n}});\nconsole.log((await answer.json()).outputs);"
    )
