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


def rows_in(profiles: Sequence[Mapping[str, object]]) -> int:
    """How many rows the files of a version have together."""
    return sum(rows for profile in profiles if isinstance(rows := profile.get("rows"), int))
