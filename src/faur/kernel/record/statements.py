"""What an action says that it did: to which things, claiming what, on whose word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic

from django.utils.translation import gettext as _
from typing_extensions import TypeVar

from faur.kernel.record.errors import StatementInvalid
from faur.kernel.record.jcs import JSON

FACTORY_CHAIN = "factory"
LONGEST_UID = 100
LONGEST_TITLE = 500
Result = TypeVar("Result", default=None)

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


class Strength(StrEnum):
    """On whose word a statement rests, the strongest first."""

    OBSERVED = "observed"
    """The platform saw it."""
    REPORTED = "reported"
    """The user's code said so."""
    DECLARED = "declared"
    """A person said so."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that a statement is about. `digest` is `sha256:…` of its content; `title` is never personal data.

    Raises:
        StatementInvalid: neither identifier nor digest, a digest of another form, or a text that is too long.
    """

    uid: str
    digest: str = ""
    title: str = ""

    def __post_init__(self) -> None:
        if not self.uid and not self.digest:
            raise StatementInvalid({"subjects": _("a subject without identifier and digest")})
        if self.digest and not is_digest(self.digest):
            raise StatementInvalid({"subjects": _("a digest is sha256: and 64 hexadecimal digits")})
        if len(self.uid) > LONGEST_UID or len(self.title) > LONGEST_TITLE:
            raise StatementInvalid({"subjects": _("an identifier or a title that is too long")})


@dataclass(frozen=True, slots=True)
class Statement(Generic[Result]):
    """What an action returns: what is recorded, and in `result` what its caller gets.

    `subjects` are entities or `Subject`s; `chain` is a project's uid or `factory`. Secrets and personal data never
    stand in a statement: a `sealed` digest does.
    """

    subjects: Sequence[object]
    claims: Mapping[str, JSON]
    chain: str = FACTORY_CHAIN
    strength: Strength = Strength.OBSERVED
    result: Result = None  # type: ignore[assignment]  # None is the default of the type itself


def subject_of(thing: object) -> Subject:
    """The subject that stands for `thing`: a `Subject` itself, or whatever has a `uid`.

    Its `digest` is taken where it is the digest of content (`sha256:…`), its `title` unless it says that it is
    `personal`. What `str(thing)` says is never used.

    Raises:
        StatementInvalid: `thing` has no identifier.
    """
    if isinstance(thing, Subject):
        return thing
    uid, digest, title = (_text_of(thing, name) for name in ("uid", "digest", "title"))
    if not uid:
        kind = type(thing).__name__
        raise StatementInvalid({"subjects": _("%(kind)s has no identifier") % {"kind": kind}})
    personal = bool(getattr(thing, "personal", False))
    return Subject(uid, digest if is_digest(digest) else "", "" if personal else title)


def is_digest(text: str) -> bool:
    """Whether `text` is `sha256:` and 64 hexadecimal digits."""
    return bool(_DIGEST.fullmatch(text))


def _text_of(thing: object, name: str) -> str:
    value = getattr(thing, name, "")
    return value if isinstance(value, str) else ""
