"""The description of the API is one that programs can be made from: no two things in it have one name."""

import pytest
from ninja.openapi.schema import OpenAPISchema

from faur.site.reference.routes import operations


def test_no_two_shapes_have_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ninja would let the last one stand for all of them."""
    known: dict[str, object] = {}
    twice = set()
    plain = OpenAPISchema.add_schema_definitions

    def add(schema: OpenAPISchema, definitions: dict[str, object]) -> None:
        twice.update(name for name, shape in definitions.items() if known.setdefault(name, shape) != shape)
        plain(schema, definitions)

    monkeypatch.setattr(OpenAPISchema, "add_schema_definitions", add)
    assert list(operations())
    assert not twice


def test_no_two_operations_have_one_name() -> None:
    names = [operation["operationId"] for _method, _path, operation in operations()]
    assert len(names) == len(set(names))
