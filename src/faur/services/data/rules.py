"""What data decides, as pure functions: which use a policy allows, and what makes a description complete."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_CHARACTERS = _LETTERS | frozenset("0123456789-")
_SPLIT_CHARACTERS = _CHARACTERS | {"_"}


class Purpose(StrEnum):
    """What a version may be used for; a contract is for one purpose."""

    TRAINING = "training"
    EVALUATION = "evaluation"


class Permission(StrEnum):
    """What a policy can permit; `SHARING`: use by other projects than the one whose data it is."""

    TRAINING = "training"
    EVALUATION = "evaluation"
    SHARING = "sharing"


class Personal(StrEnum):
    """Whether rows are about people (GDPR, Article 4(1) and 4(5))."""

    NONE = "none"
    PSEUDONYMISED = "pseudonymised"
    PERSONAL = "personal"


class Reason(StrEnum):
    """Why a policy does not allow a use."""

    NOT_PERMITTED = "not_permitted"
    NOT_SHARED = "not_shared"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Policy:
    """On what terms a data set may be used. `expires_on`: the last day of any use, if there is one."""

    permissions: frozenset[str]
    requires_approval: bool = False
    expires_on: date | None = None


def reasons_against(policy: Policy, purpose: Purpose, *, own: bool, on: date) -> list[Reason]:
    """Why the policy does not allow this use on that day; nothing against it is an empty list."""
    found = []
    if purpose not in policy.permissions:
        found.append(Reason.NOT_PERMITTED)
    if not own and Permission.SHARING not in policy.permissions:
        found.append(Reason.NOT_SHARED)
    if policy.expires_on is not None and on > policy.expires_on:
        found.append(Reason.EXPIRED)
    return found


def in_force(state: str, ends_on: date | None, on: date) -> bool:
    """Whether a contract in that state, which ends with the policy that was agreed to, allows its purpose that day."""
    return state == "active" and (ends_on is None or on <= ends_on)


def policy_of(document: Mapping[str, object]) -> Policy:
    """The policy in its stored form; raises ValueError where a date is none."""
    permissions = document.get("permissions") or []
    ends = document.get("expires_on")
    return Policy(
        permissions=frozenset(str(one) for one in permissions) if isinstance(permissions, list) else frozenset(),
        requires_approval=document.get("requires_approval") is True,
        expires_on=date.fromisoformat(str(ends)) if ends else None,
    )


def is_name(text: str) -> bool:
    """Three to eighty lower-case letters, digits and hyphens, beginning with a letter, not ending with a hyphen."""
    shaped = 3 <= len(text) <= 80 and text[0] in _LETTERS and not text.endswith("-")
    return shaped and set(text) <= _CHARACTERS


def is_split(text: str) -> bool:
    """A part of a version: one to forty lower-case letters, digits, hyphens and underscores."""
    return 1 <= len(text) <= 40 and set(text) <= _SPLIT_CHARACTERS


def doubled(names: Iterable[str]) -> list[str]:
    """The names that come more than once, whatever their case."""
    seen: set[str] = set()
    again = []
    for name in names:
        if name.casefold() in seen:
            again.append(name)
        seen.add(name.casefold())
    return again


MOST_COLUMNS = 100_000
"""In all files of a version together."""
MOST_WITH_VALUES = 10_000
"""Beyond so many columns in a version, their single values are not kept."""


def columns_in(profiles: Sequence[Mapping[str, object]]) -> int:
    """How many columns the files of a version have together."""
    return sum(len(columns) for profile in profiles if isinstance(columns := profile.get("columns"), list))


def kept(profiles: Sequence[Mapping[str, object]]) -> list[object]:
    """The profiles as they are stored: without NUL, and without single values where there are very many columns."""
    few = columns_in(profiles) <= MOST_WITH_VALUES
    return [storable(profile if few else _without_values(profile)) for profile in profiles]


def _columns(profile: Mapping[str, object]) -> list[dict[str, object]]:
    columns = profile.get("columns")
    return columns if isinstance(columns, list) else []


def _without_values(profile: Mapping[str, object]) -> dict[str, object]:
    return {**profile, "columns": [{**column, "values": []} for column in _columns(profile)]}


SHOWN_TO_ALL = ("path", "split", "rows")
SHOWN_OF_COLUMN = ("name", "type", "missing")


def outline(profile: Mapping[str, object]) -> dict[str, object]:
    """What may be known of a file by those who may not read it: its shape, and none of its values."""
    shape = {name: profile[name] for name in SHOWN_TO_ALL if name in profile}
    columns = [{name: column.get(name) for name in SHOWN_OF_COLUMN} for column in _columns(profile)]
    return {**shape, "columns": columns}


def storable(value: object) -> object:
    """The same JSON without the NUL that a file may hold and a database does not."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, Mapping):
        return {str(storable(name)): storable(one) for name, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list) else value


def rows_in(profiles: Sequence[Mapping[str, object]]) -> int:
    """How many rows the files of a version have together."""
    return sum(rows for profile in profiles if isinstance(rows := profile.get("rows"), int))
