"""Text that anyone may have written, made fit to be set: what would be invisible, or reorder a line, shows its code."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

KEPT = frozenset("\n\u200c\u200d")
"""Line ends and the joiners of scripts and pictures: invisible, but nothing that a reader could mistake."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = {"\t": "    ", "\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n\n", "\u0085": "\n", "\u00ad": ""}


def legible(text: str) -> str:
    """`text` with controls, direction overrides and what is no character as `[U+202E]`, its line ends as `\\n`.

    Soft hyphens, which only wish for a line break, are left out.
    """
    for written, meant in _SPACES.items():
        text = text.replace(written, meant)
    return "".join(map(_shown, text))


def code_of(character: str) -> str:
    """A character by its code, `[U+202E]`, as a reader can look it up."""
    return f"[U+{ord(character):04X}]"


def each_text(tree: Any, change: Callable[[str], str]) -> Any:  # Any: a JSON tree in, the same tree out
    """The JSON tree with every text in it changed; the names of its members stay."""
    if isinstance(tree, str):
        return change(tree)
    if isinstance(tree, Mapping):
        return {name: each_text(member, change) for name, member in tree.items()}
    if isinstance(tree, list):
        return [each_text(member, change) for member in tree]
    return tree


def _shown(character: str) -> str:
    if character in KEPT or unicodedata.category(character) not in _INVISIBLE:
        return character
    return code_of(character)
