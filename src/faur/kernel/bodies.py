"""JSON as it may come in over the API: in UTF-8, with true numbers, and text that every database can keep."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

from faur.kernel.text import check_text

DEEPEST = 64


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:  # Any: a JSON value
        """The document in the body of a request.

        Raises:
            ValueError: it is no JSON (RFC 8259), is nested too deep, says one thing twice (RFC 7493, 2.3), or holds
                NaN, an infinity, or text that may not come in.
        """
        document = json.loads(request.body.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_object)
        _check(document, DEEPEST)
        return document


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(found := dict(pairs)) != len(pairs):
        raise ValueError("a name comes twice")
    return found


def _check(value: object, depth: int) -> None:
    if depth == 0:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, dict):
        for key, one in value.items():
            check_text(key)
            _check(one, depth - 1)
    elif isinstance(value, list):
        for one in value:
            _check(one, depth - 1)
    elif value in (float("inf"), float("-inf")):
        raise ValueError("a number too large for a float")
