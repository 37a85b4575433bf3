"""How the command line says no: the API's problem documents, and its own in the same form."""

from collections.abc import Mapping
from typing import Any, Self

REFUSED, WRONG_USAGE = 1, 2
UNREACHABLE = "unreachable"


class Refused(Exception):  # noqa: N818 - an answer, not a failure of the program
    """Something was refused: by the API, or before it was asked. Ends the command with status 1."""

    exit_status = REFUSED

    def __init__(self, document: Mapping[str, Any]) -> None:  # Any: a JSON document
        super().__init__(document.get("title", "refused"))
        self.document = dict(document)
        self.code = str(document.get("code", "refused"))
        self.status = int(document.get("status", 0))

    @classmethod
    def because(cls, code: str, title: str, hint: str = "") -> Self:
        """A refusal of the command line's own."""
        return cls({"type": f"urn:faur:problem:{code}", "title": title, "hint": hint, "code": code})

    @property
    def is_passing(self) -> bool:
        """Whether the same may succeed in a moment: the factory is away, or says so itself."""
        return self.code == UNREACHABLE or bool(self.document.get("transient"))

    def in_words(self) -> str:
        """The sentence, what is wrong with which field, the hint, and the code in brackets."""
        lines = [str(self.document.get("title", "Refused."))]
        fields = self.document.get("fields")
        lines += [f"  {field}: {message}" for field, message in (fields.items() if isinstance(fields, dict) else ())]
        if hint := self.document.get("hint"):
            lines.append(str(hint))
        return "\n".join([*lines, f"({self.code})"])


class Misused(Refused):
    """The command itself was wrong: an argument that is none, or one that is missing. Status 2."""

    exit_status = WRONG_USAGE
