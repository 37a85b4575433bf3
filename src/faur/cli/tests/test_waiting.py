"""Waiting ends with the state that was waited for, or with a sentence."""

import pytest

from faur.cli.refusal import Refused
from faur.cli.tests.scripted import Answer, refusal
from faur.cli.waiting import require, wait_for, why

PATH = ("GET", "/api/v1/bundles/bnd_x")


def test_it_waits_until_the_state_has_come(factory, api):
    factory.says[PATH] = [Answer({"state": "writing"}), Answer({"state": "ready"})]
    seen = []
    found = wait_for(api, "/bundles/bnd_x", until={"ready"}, at_most=5, seen=lambda thing: seen.append(thing["state"]))
    assert (found["state"], seen) == ("ready", ["writing", "ready"])


def test_after_its_time_it_says_how_far_the_thing_is(factory, api):
    factory.says[PATH] = Answer({"state": "writing"})
    with pytest.raises(Refused, match="still writing") as refused:
        wait_for(api, "/bundles/bnd_x", until={"ready"}, at_most=0.05)
    assert refused.value.code == "waited"


def test_a_factory_that_is_away_for_a_moment_is_waited_for(factory, api):
    away = refusal(503, "unavailable", transient=True)
    factory.says[PATH] = [away, away, Answer({"state": "ready"})]
    assert wait_for(api, "/bundles/bnd_x", until={"ready"}, at_most=5, patience=5)["state"] == "ready"
    factory.says[PATH] = away
    with pytest.raises(Refused):
        wait_for(api, "/bundles/bnd_x", until={"ready"}, at_most=5)


def test_a_refusal_that_stays_is_not_waited_for(api):
    with pytest.raises(Refused) as refused:
        wait_for(api, "/bundles/bnd_x", until={"ready"}, at_most=5, patience=5)
    assert refused.value.code == "not_found"


@pytest.mark.parametrize(
    ("thing", "reasons"),
    [
        ({"state": "refused", "refusal_code": "data.x", "refusal": "No."}, ("data.x", "No.", "")),
        (
            {"state": "failed", "reason": "timeout", "explanation": "Late.", "hint": "More."},
            ("timeout", "Late.", "More."),
        ),
        ({"state": "error", "message": ""}, ("ended.error", "It ended as error.", "")),
    ],
)
def test_why_it_ended_so_is_said_as_far_as_it_is_known(thing, reasons):
    assert why(thing) == reasons
    with pytest.raises(Refused):
        require(thing, {"ready"})
