"""What a schedule promises: each beat once, whoever works."""

from datetime import UTC, datetime, timedelta

import pytest

from faur.kernel import clock
from faur.kernel.tasks.beats import claim_beat, know_schedules, run_beat
from faur.kernel.tasks.declarations import DeclaredSchedule
from faur.kernel.tasks.models import Schedule
from faur.kernel.tasks.recovery import recover
from faur.kernel.tasks.tests import deeds
from faur.kernel.tests.side_by_side import at_once

NOON = datetime(2025, 12, 1, 12, tzinfo=UTC)
DRUM = "faur.kernel.tasks.tests.deeds.beat_the_drum"
HOURLY = "faur.kernel.tasks.tests.deeds.fail_hourly"


@pytest.mark.parametrize(
    ("why", "late", "expected"),
    [
        ("on time", 0, 60),
        ("a little late: the beat does not drift", 1, 60),
        ("almost the next", 59, 60),
        ("at the next", 60, 120),
        ("after a long night: once, and back on the beat", 3601, 3660),
        ("early, by another's clock", -5, 60),
    ],
)
def test_the_next_beat(why: str, late: int, expected: int) -> None:
    schedule = DeclaredSchedule("s", "", 60, lambda: None)
    assert schedule.next_due(NOON, NOON + timedelta(seconds=late)) == NOON + timedelta(seconds=expected)


def only(name: str) -> None:
    """Let nothing else be due."""
    know_schedules()
    Schedule.objects.exclude(name=name).update(due=clock.now() + timedelta(days=1))


@pytest.mark.django_db
def test_a_new_schedule_is_due_at_once_and_a_known_one_keeps_its_beat() -> None:
    know_schedules()
    due = Schedule.objects.get(name=DRUM).due
    know_schedules()
    assert Schedule.objects.get(name=DRUM).due == due <= clock.now()


@pytest.mark.django_db
def test_a_schedule_does_not_overlap_itself() -> None:
    only(DRUM)
    beat = claim_beat("wrk_a")
    Schedule.objects.filter(name=DRUM).update(due=clock.now())
    assert claim_beat("wrk_b") is None
    run_beat(beat)()
    assert claim_beat("wrk_b").name == DRUM


@pytest.mark.django_db
def test_trouble_is_kept_and_the_next_beat_comes() -> None:
    only(HOURLY)
    run_beat(claim_beat("wrk_a"))()
    schedule = Schedule.objects.get(name=HOURLY)
    assert (schedule.trouble, schedule.worker) == ("RuntimeError: no \\0 \\udce9 beat", "")
    assert timedelta(minutes=59) < schedule.due - clock.now() <= timedelta(minutes=60)


@pytest.mark.django_db
def test_a_beat_whose_worker_died_is_made_up_for() -> None:
    only(HOURLY)
    claim_beat("wrk_dead")
    recover()
    assert claim_beat("wrk_b").name == HOURLY


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_runs_a_beat() -> None:
    only(DRUM)
    for _ in range(5):
        Schedule.objects.filter(name=DRUM).update(due=clock.now() - timedelta(seconds=0.05))
        claimed = at_once([lambda number=number: claim_beat(f"wrk_{number}") for number in range(6)])
        (beat,) = filter(None, claimed)
        run_beat(beat)()
    assert deeds.beat_the_drum.__name__ == "beat_the_drum"
