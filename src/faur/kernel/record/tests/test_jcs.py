import json
import struct
from collections.abc import Mapping
from datetime import date
from enum import Enum, StrEnum
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faur.kernel.record import canonical, sealed, verify
from faur.kernel.record.errors import NotCanonical

NUMBERS = {  # RFC 8785, appendix B
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


class Colour(Enum):
    RED = "red"


class Shade(str, Enum):  # noqa: UP042 - such enums of other people's code must be read rightly
    DARK = "dark"


class Strong(StrEnum):
    VERY = "very"


@pytest.mark.parametrize(("bits", "text"), NUMBERS.items())
def test_numbers_are_written_as_in_the_rfc_by_writer_and_verifier(bits, text):
    number = struct.unpack(">d", bytes.fromhex(bits))[0]
    assert canonical(number) == text.encode()
    assert verify._canonical(number) == text


def test_names_are_sorted_by_utf_16_as_in_the_rfc():
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    due = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical(dict.fromkeys(names, 0)))) == due


@given(VALUES)
def test_writer_and_verifier_agree_on_every_value(value):
    written = canonical(value)
    assert verify._canonical(json.loads(written)).encode() == written
    assert verify._parse(written) == json.loads(written)


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b"1.0",
        b"-0",
        b"1E3",
        b"9007199254740993",
        b"NaN",
        b"-Infinity",
        b"1e400",
        b'"\\u00e9"',
        b'"\\ud800"',
        b'"\\/"',
        b'"\xff"',
        b"[1,]",
        b"",
        b" 1",
        b"[" * 100_000,
        b"1" * 5_000,
    ],
)
def test_the_verifier_refuses_what_is_not_canonical(data):
    with pytest.raises(verify._Wrong):
        verify._parse(data)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"a": [1, float("nan")]}, "a.1"),
        ({"a": float("inf")}, "a"),
        ({"a": 2**53}, "a"),
        ({"a": {"b": date(2026, 1, 1)}}, "a.b"),
        ({"a": b"bytes"}, "a"),
        ({"a": {1, 2}}, "a"),
        ({"a": Colour.RED}, "a"),
        ({"a": "half \ud83d"}, "a"),
        ({"a": "nul \x00"}, "a"),
        ({"nul \x00": 1}, ""),
        ({1: "one"}, ""),
    ],
)
def test_what_json_cannot_carry_to_all_alike_is_refused_and_its_place_named(value, place):
    with pytest.raises(NotCanonical) as refused:
        canonical(value)
    assert list(refused.value.fields) == [place]
    assert refused.value.code == "record.not_canonical"


def test_a_value_nested_without_end_is_refused():
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(NotCanonical):
        canonical(endless)


def test_read_only_mappings_tuples_and_text_enums_are_values():
    claims: Mapping[str, object] = MappingProxyType({"t": (1, 2), "s": Shade.DARK, "e": Strong.VERY})
    assert canonical(claims) == b'{"e":"very","s":"dark","t":[1,2]}'


def test_a_seal_depends_on_value_and_salt_and_shows_neither():
    salt = b"0123456789abcdef"
    assert sealed("Ana Pop", salt) == sealed("Ana Pop", salt)
    assert sealed("Ana Pop", salt) != sealed("Ana Pop", b"fedcba9876543210")
    assert sealed("Ana Pop", salt) != sealed("Ana Popa", salt)
    assert sealed({"name": "Ana"}, salt).startswith("sha256:")


def test_a_seal_without_a_real_salt_is_refused():
    with pytest.raises(ValueError, match="16"):
        sealed("Ana Pop", b"short")
