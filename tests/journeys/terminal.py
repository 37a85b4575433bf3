"""A person at a terminal: the commands of a page, typed as they stand there."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys.factory import FAUR, Walked

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"\s+#\s.*$")
UID = re.compile(r"\b([a-z]{3,4})_[0-9a-hjkmnp-tv-z]{26}\b")
PLACE = re.compile(r"\b([a-z]{3,4})_…")
LONGEST_COMMAND = 120.0


def lines_of(page: Path) -> Iterator[str]:
    """What a page gives to type, line by line, without its comments."""
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        yield from filter(None, (COMMENT.sub("", line).strip() for line in block.splitlines()))


@dataclass(slots=True)
class Terminal:
    """`others` are words of a page that must be others in this factory; `seen` the last identifier of each kind."""

    folder: Path
    environment: dict[str, str]
    others: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)

    def type(self, line: str) -> "subprocess.CompletedProcess[str]":
        """One line, as a shell would run it."""
        for word, other in self.others.items():
            line = line.replace(word, other)
        words = shlex.split(PLACE.sub(lambda place: self.seen[place[1]], line))
        if words[0] == "export":
            self.environment |= dict([words[1].split("=", maxsplit=1)])
        if words[0] == "cd":
            self.folder /= words[1]
        if words[0] in {"export", "cd"}:
            return subprocess.CompletedProcess(words, 0, "", "")
        return self.run(*words)

    def run(self, *words: str, said: str = "") -> "subprocess.CompletedProcess[str]":
        known = {"faur": FAUR, "python": [sys.executable]}
        done = subprocess.run(
            [*known[words[0]], *words[1:]],
            cwd=self.folder,
            env=self.environment,
            input=said,
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_COMMAND,
        )
        self.seen |= {found[1]: found[0] for found in UID.finditer(done.stdout)}
        return done


def terminal_at(walked: Walked, folder: Path, **environment: str) -> Terminal:
    """A terminal at which nobody has logged in anywhere, that knows where the factory is."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("FAUR_", "DJANGO_"))}
    kept = {"FAUR_URL": walked.url, "FAUR_CREDENTIALS": str(folder / "credentials.json")}
    return Terminal(folder, {**plain, **kept, **environment})
