"""Every state that a page may show has a word of its own."""

import pytest

from faur.portal.states import STATES, Tone, state_word, strength_meaning, strength_word

IN_THE_CONTRACT = [
    "checking",
    "published",
    "refused",
    "created",
    "submitted",
    "pending",
    "running",
    "completing",
    "completed",
    "failed",
    "cancelled",
    "timeout",
    "out_of_memory",
    "lost",
    "screening",
    "registered",
    "promoted",
    "passed",
    "inconclusive",
    "error",
    "writing",
    "ready",
    "starting",
    "stopped",
    "draft",
    "assessed",
    "awarded",
    "declined",
    "withdrawn",
    "open",
    "closed",
    "active",
    "ended",
    "retired",
    "evidenced",
    "declared",
    "missing",
    "not_applicable",
]


@pytest.mark.parametrize("state", IN_THE_CONTRACT)
def test_a_state_of_the_road_has_a_word(state):
    assert state in STATES
    assert "_" not in str(state_word(state).text)


def test_a_state_that_nobody_named_is_shown_as_it_is_spelt():
    assert state_word("half_baked").text == "half baked"
    assert state_word("half_baked").tone is Tone.IDLE


@pytest.mark.parametrize("strength", ["observed", "reported", "declared"])
def test_a_strength_explains_itself(strength):
    assert strength_word(strength) == strength
    assert strength_meaning(strength).endswith(".")
