"""docs/reference/routes.md: every address, of the API, the gateway and the portal."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from faur.gateway.app import HOT
from faur.site.reference.markdown import code, document, first_sentence, section, table

API = "/api/v1/"
INTRODUCTION = (
    "The REST API is described in full, with every field, by OpenAPI 3.1 at `/api/v1/openapi.json`. A caller shows a "
    "token (`Authorization: Bearer faur_…`) or the session of a browser with its CSRF token. A POST that carries an "
    "`Idempotency-Key` is done once, however often it is sent. Lists take `page` and `size`."
)
METHODS = ("get", "post", "put", "patch", "delete")


def page() -> str:
    parts = [_of_tag(tag, list(rows)) for tag, rows in groupby(operations(), key=lambda row: row[2]["tags"][0])]
    gateway = table(["Request", "What it is"], ([code(f"{m} {p}"), words] for m, p, words in hot_paths()))
    portal = table(["Page", "Name"], ([code(path), code(name)] for path, name in pages()))
    return document(
        "Addresses", INTRODUCTION, *parts, section("The gateway's hot paths", gateway), section("Pages", portal)
    )


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:  # Any: an operation of an OpenAPI document
    """Method, path and description of every operation of the API."""
    from faur.site.urls import api

    for path, methods in api.get_openapi_schema(path_prefix=API)["paths"].items():
        for method in METHODS:
            if method in methods:
                yield method.upper(), path, methods[method]


def hot_paths() -> Iterator[tuple[str, str, str]]:
    """Method, path and words of every route of the gateway."""
    for method, path, handler in HOT:
        yield method, path, first_sentence(handler.__doc__)


def pages() -> list[tuple[str, str]]:
    """Path and name of every page of the portal."""
    return sorted(_pages("/", get_resolver().url_patterns))


def _pages(before: str, patterns: list[Any]) -> Iterator[tuple[str, str]]:  # Any: Django's patterns and resolvers
    for pattern in patterns:
        path = f"{before}{pattern.pattern}"
        if path.startswith(API):
            continue
        if isinstance(pattern, URLResolver):
            yield from _pages(path, pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield path, pattern.name or ""


def _of_tag(tag: str, rows: list[tuple[str, str, dict[str, Any]]]) -> str:  # Any: as above
    lines = [
        [code(f"{method} {path}"), code(one["operationId"]), _caller(one), _answer(one)] for method, path, one in rows
    ]
    return section(tag, table(["Request", "Operation", "Caller", "Answer"], lines))


def _caller(operation: dict[str, Any]) -> str:  # Any: as above
    return "known" if "security" in operation else "anyone"


def _answer(operation: dict[str, Any]) -> str:  # Any: as above
    status, answer = next(
        (int(status), answer) for status, answer in operation["responses"].items() if int(status) < 400
    )
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2] or schema.get("title", "")
    return f"{status} {code(name)}" if name and name != "Response" else str(status)
