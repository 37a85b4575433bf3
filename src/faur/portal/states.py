"""The words for every state of the road, and the tone (shape and colour) in which each is shown."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class Tone(StrEnum):
    """What a state means to the person who waits. The style sheet gives each tone one shape and one colour."""

    OK = "ok"
    BAD = "bad"
    WARN = "warn"
    BUSY = "busy"
    WAIT = "wait"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Word:
    """A state in the language of the page."""

    text: Promise | str
    tone: Tone


_WORDS: dict[str, Word] = {
    "active": Word(pgettext_lazy("state", "active"), Tone.OK),
    "ahead": Word(pgettext_lazy("state", "to come"), Tone.WAIT),
    "assessed": Word(pgettext_lazy("state", "assessed"), Tone.WAIT),
    "awarded": Word(pgettext_lazy("state", "awarded"), Tone.OK),
    "cancelled": Word(pgettext_lazy("state", "cancelled"), Tone.IDLE),
    "checking": Word(pgettext_lazy("state", "checking"), Tone.BUSY),
    "closed": Word(pgettext_lazy("state", "closed"), Tone.IDLE),
    "completed": Word(pgettext_lazy("state", "completed"), Tone.OK),
    "completing": Word(pgettext_lazy("state", "completing"), Tone.BUSY),
    "created": Word(pgettext_lazy("state", "created"), Tone.WAIT),
    "declared": Word(pgettext_lazy("state", "declared"), Tone.WARN),
    "declined": Word(pgettext_lazy("state", "declined"), Tone.BAD),
    "draft": Word(pgettext_lazy("state", "draft"), Tone.IDLE),
    "eligible": Word(pgettext_lazy("state", "eligible"), Tone.OK),
    "ended": Word(pgettext_lazy("state", "ended"), Tone.IDLE),
    "error": Word(pgettext_lazy("state", "error"), Tone.BAD),
    "evidenced": Word(pgettext_lazy("state", "evidenced"), Tone.OK),
    "exhausted": Word(pgettext_lazy("state", "exhausted"), Tone.WARN),
    "expired": Word(pgettext_lazy("state", "expired"), Tone.WARN),
    "failed": Word(pgettext_lazy("state", "failed"), Tone.BAD),
    "held": Word(pgettext_lazy("state", "held"), Tone.WAIT),
    "inconclusive": Word(pgettext_lazy("state", "inconclusive"), Tone.WARN),
    "ineligible": Word(pgettext_lazy("state", "not eligible"), Tone.BAD),
    "lost": Word(pgettext_lazy("state", "lost"), Tone.BAD),
    "missing": Word(pgettext_lazy("state", "missing"), Tone.BAD),
    "no": Word(pgettext_lazy("state", "no"), Tone.BAD),
    "not_applicable": Word(pgettext_lazy("state", "not applicable"), Tone.IDLE),
    "open": Word(pgettext_lazy("state", "open"), Tone.OK),
    "out_of_memory": Word(pgettext_lazy("state", "out of memory"), Tone.BAD),
    "passed": Word(pgettext_lazy("state", "passed"), Tone.OK),
    "pending": Word(pgettext_lazy("state", "pending"), Tone.WAIT),
    "promoted": Word(pgettext_lazy("state", "promoted"), Tone.OK),
    "published": Word(pgettext_lazy("state", "published"), Tone.OK),
    "ready": Word(pgettext_lazy("state", "ready"), Tone.OK),
    "refused": Word(pgettext_lazy("state", "refused"), Tone.BAD),
    "registered": Word(pgettext_lazy("state", "registered"), Tone.OK),
    "released": Word(pgettext_lazy("state", "released"), Tone.IDLE),
    "retired": Word(pgettext_lazy("state", "retired"), Tone.IDLE),
    "revoked": Word(pgettext_lazy("state", "revoked"), Tone.IDLE),
    "running": Word(pgettext_lazy("state", "running"), Tone.BUSY),
    "screening": Word(pgettext_lazy("state", "screening"), Tone.BUSY),
    "settled": Word(pgettext_lazy("state", "settled"), Tone.OK),
    "starting": Word(pgettext_lazy("state", "starting"), Tone.BUSY),
    "stopped": Word(pgettext_lazy("state", "stopped"), Tone.IDLE),
    "submitted": Word(pgettext_lazy("state", "submitted"), Tone.WAIT),
    "timeout": Word(pgettext_lazy("state", "out of time"), Tone.BAD),
    "unknown": Word(pgettext_lazy("state", "unknown"), Tone.WARN),
    "valid": Word(pgettext_lazy("state", "valid"), Tone.OK),
    "withdrawn": Word(pgettext_lazy("state", "withdrawn"), Tone.IDLE),
    "writing": Word(pgettext_lazy("state", "writing"), Tone.BUSY),
    "yes": Word(pgettext_lazy("state", "yes"), Tone.OK),
}

STATES = tuple(_WORDS)
"""Every state that has a word of its own."""

_STRENGTHS: dict[str, Promise] = {
    "observed": pgettext_lazy("strength", "observed"),
    "reported": pgettext_lazy("strength", "reported"),
    "declared": pgettext_lazy("strength", "declared"),
}

_MEANINGS: dict[str, Promise] = {
    "observed": pgettext_lazy("strength", "The factory saw it happen."),
    "reported": pgettext_lazy("strength", "The user's program said so."),
    "declared": pgettext_lazy("strength", "A person said so."),
}


def state_word(state: str) -> Word:
    """The word for a state; one that is not known is shown as it is spelt, in the idle tone."""
    return _WORDS.get(state) or Word(state.replace("_", " "), Tone.IDLE)


def strength_word(strength: str) -> str:
    """The word for how well a statement of the record is known: observed, reported or declared."""
    return str(_STRENGTHS.get(strength, strength))


def strength_meaning(strength: str) -> str:
    """One sentence that explains the word; empty for a strength that is not known."""
    return str(_MEANINGS.get(strength, ""))
