"""JSON as it may come in over the API: in UTF-8, with true numbers, and text that every database can keep."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

DEEPEST = 64


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:  # Any: a JSON value
        """The document in the body of a request.

        Raises:
            ValueError: it is no JSON (RFC 8259), is nested too deep, or holds NaN, an infinity, a NUL or half a
                character, none of which could be stored and given back.
        """
        document = json.loads(request.body.decode("utf-8"), parse_constant=_no_number)
        _check(document, DEEPEST)
        return document


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _check(value: object, depth: int) -> None:
    if depth == 0:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict):
        for key, one in value.items():
            _check_text(key)
            _check(one, depth - 1)
    elif isinstance(value, list):
        for one in value:
            _check(one, depth - 1)
    elif value in (float("inf"), float("-inf")):
        raise ValueError("a number too large for a float")


def _check_text(text: str) -> None:
    if "\0" in text:
        raise ValueError("NUL in text")
    text.encode("utf-8")  # half of a surrogate pair raises UnicodeEncodeError, which is a ValueError
