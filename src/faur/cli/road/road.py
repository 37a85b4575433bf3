"""What a step of the walk knows, and what it leaves for the next."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faur.cli.client import Api, Json
from faur.cli.input import read_document
from faur.cli.refusal import Refused
from faur.cli.road.journal import Journal
from faur.cli.road.people import Person
from faur.cli.waiting import wait_for, why

STORY = Path(__file__).parent / "story"


@dataclass(slots=True)
class Road:
    """One walk. `made` holds the ids of all that was made, by name; `say` shows what is going on."""

    url: str
    home: Path
    journal: Journal
    say: Callable[[str], None]
    people: dict[str, Person] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    facts: Json = field(default_factory=dict)

    def api(self, role: str) -> Api:
        return self.people[role].at(self.url)

    def post(self, role: str, path: str, body: Json | None = None, *, name: str = "") -> Json:
        return self.journal.post(self.api(role), path, body, name=name)

    def make(self, role: str, thing: str, path: str, body: Json) -> Json:
        """POST a new thing, once, and remember its id under its name."""
        answer = self.post(role, path, body, name=f"make {thing}")
        self.made[thing] = answer["id"]
        return answer

    def wait(self, role: str, path: str, *, until: Collection[str], at_most: float = 300.0) -> Json:
        """Wait for a good state; any other final one ends the walk with its reason."""
        bad = {"refused", "error", "failed", "cancelled", "timeout", "out_of_memory", "lost", "inconclusive"}
        thing = wait_for(self.api(role), path, until={*until, *bad}, at_most=at_most, seen=self._tell)
        if thing["state"] not in until:
            code, sentence, hint = why(thing)
            raise Refused.because(code, f"{path} ended as {thing['state']}: {sentence}", hint)
        return thing

    def expect(self, truth: object, sentence: str) -> None:
        """Raises Refused: a step did not do what it says."""
        if not truth:
            raise Refused.because("road.unexpected", sentence)

    def once(self, name: str, do: Callable[[], Any]) -> Any:  # Any: a JSON value
        return self.journal.once(name, do)

    def _tell(self, thing: Json) -> None:
        progress = thing.get("progress") or {}
        self.say(progress.get("label") or thing["state"])


def told(name: str) -> Json:
    """A page of the demo's story."""
    return read_document(STORY / f"{name}.yaml")
