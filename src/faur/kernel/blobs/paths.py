"""Which paths a manifest may hold: those that mean the same file on every machine, and stay below its folder."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faur.kernel.blobs.errors import ManifestInvalid
from faur.kernel.text import REORDERING

LONGEST_PATH = 1024
LONGEST_PART = 255
"""In bytes of UTF-8, as file systems count."""

_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}


def check_paths(paths: Sequence[str]) -> None:
    """Raises ManifestInvalid: a path that cannot be, or two that a file system without case would take for one.

    `paths` come sorted, so that a file is met before what would lie below it.
    """
    files: set[str] = set()
    spellings: dict[str, str] = {}
    for path in paths:
        if reason := why_not(path):
            raise ManifestInvalid(reason, path)
        for step in _steps(path):
            if (other := spellings.setdefault(_folded(step), step)) != step or step in files:
                sentence = gettext("It could not be told from “%(other)s” on every machine.")
                raise ManifestInvalid(sentence % {"other": other}, path)
        files.add(path)


def why_not(path: str) -> str:
    """Why a manifest may not hold this path, as a sentence; empty where it may."""
    return next((str(sentence) for sentence, broken_by in _RULES if broken_by(path)), "")


def _steps(path: str) -> Iterator[str]:
    """`a`, `a/b` and `a/b/c` of `a/b/c`."""
    return accumulate(path.split("/"), lambda above, part: f"{above}/{part}")


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path.casefold())


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN or character in REORDERING


def _has_odd_parts(path: str) -> bool:
    return any(part in {"", ".", ".."} for part in path.split("/"))


def _is_long(path: str) -> bool:
    return len(path.encode()) > LONGEST_PATH or any(len(part.encode()) > LONGEST_PART for part in path.split("/"))


_RULES: tuple[tuple[str | Promise, Callable[[str], bool]], ...] = (
    (_("A path is relative to the folder of its set."), lambda path: not path or path.startswith("/")),
    (_("A path has no control characters."), lambda path: any(map(_is_unseen, path))),
    (_("The parts of a path are separated by “/”."), lambda path: "\\" in path),
    (_("A path is written in Unicode's normal form C."), lambda path: not unicodedata.is_normalized("NFC", path)),
    (_("A path has no empty parts, and none that is “.” or “..”."), _has_odd_parts),
    (_("A path has at most 1024 bytes, and each of its parts at most 255."), _is_long),
)
