"""The trail is always whole: what was not walked is still to come."""

from datetime import UTC, datetime

from faur.portal.trail import Step, Stretch, whole_trail

AT = datetime(2026, 11, 28, tzinfo=UTC)


def test_an_empty_trail_shows_the_whole_road_ahead():
    steps = whole_trail([])
    assert [step.stretch for step in steps] == list(Stretch)
    assert not any(step.walked for step in steps)
    assert steps[-1].stretch is Stretch.FILE


def test_steps_stand_in_the_order_of_the_road_and_keep_their_own_order():
    first = Step(Stretch.RUN, "first", "completed", AT, "observed")
    second = Step(Stretch.RUN, "second", "running", AT, "observed")
    award = Step(Stretch.AWARD, "Playground", "awarded", AT, "observed")
    steps = whole_trail([first, second, award])
    assert [step.title for step in steps if step.walked] == ["Playground", "first", "second"]
    assert len(steps) == 8
