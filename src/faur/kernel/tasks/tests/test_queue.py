"""What the queue promises of one task."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from faur.kernel import clock
from faur.kernel.tasks import declared_schedules, declared_tasks, drain, failed_tasks, once, try_again
from faur.kernel.tasks.claims import attempt, claim
from faur.kernel.tasks.models import Setback, Worker
from faur.kernel.tasks.outcomes import MOST_INTERRUPTIONS, interrupt
from faur.kernel.tasks.presence import Presence
from faur.kernel.tasks.recovery import recover
from faur.kernel.tasks.tasks import forget_ended_tasks
from faur.kernel.tasks.tests import deeds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _traces(db):
    with deeds.traces():
        yield


def queued() -> DBTaskResult:
    return DBTaskResult.objects.get()


def make_due() -> None:
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=get_date_max())


def test_an_enqueued_task_runs_and_its_result_is_kept() -> None:
    result = deeds.leave.enqueue("a")
    assert drain() == 1
    result.refresh()
    assert (result.status, result.return_value, deeds.traced()) == (TaskResultStatus.SUCCESSFUL, "a", ["a"])
    assert not Worker.objects.exists()


def test_an_enqueue_that_is_rolled_back_leaves_nothing() -> None:
    with transaction.atomic():
        deeds.leave.enqueue("a")
        transaction.set_rollback(True)
    assert drain() == 0
    assert not DBTaskResult.objects.exists()


def test_higher_priority_runs_first_and_equals_in_their_order() -> None:
    deeds.leave.enqueue("second"), deeds.leave.enqueue("third"), deeds.hurry.enqueue("first")
    order = [claim("wrk_a").args_kwargs["args"] for _ in range(3)]
    assert order == [["first"], ["second"], ["third"]]


def test_a_task_for_later_waits() -> None:
    deeds.leave.using(run_after=clock.now() + timedelta(hours=1)).enqueue("a")
    assert drain() == 0


def test_a_task_that_raises_is_tried_again_later_and_at_last_given_up() -> None:
    deeds.fail_always.enqueue("a")
    for failures in (1, 2):
        assert drain() == 1
        row = queued()
        assert (row.status, Setback.objects.count()) == (TaskResultStatus.READY, failures)
        assert row.run_after > clock.now() - timedelta(seconds=1)
        assert deeds.traced() == []
        make_due()
    assert drain() == 1
    (row,) = failed_tasks()
    assert (row.status, len(row.worker_ids)) == (TaskResultStatus.FAILED, 3)
    assert [setback.kind for setback in row.setbacks.all()] == ["raised"] * 3
    assert "RuntimeError: no \\0 \\udce9 a" in row.traceback
    assert row.task_result.errors[0].exception_class is RuntimeError
    assert deeds.traced() == ["gave up a"]


def test_a_task_given_up_stays_so_even_if_what_follows_fails() -> None:
    deeds.fail_twice_over.enqueue()
    for _ in range(3):
        drain()
        make_due()
    assert queued().status == TaskResultStatus.FAILED


def test_a_refusal_that_stays_is_not_tried_again_and_one_that_may_pass_is() -> None:
    deeds.refuse_for_good.enqueue()
    drain()
    assert failed_tasks().get().setbacks.count() == 1
    deeds.refuse_for_now.enqueue()
    drain()
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1


def test_a_result_that_cannot_be_kept_is_a_failure() -> None:
    deeds.return_nonsense.enqueue()
    drain()
    assert Setback.objects.get().reason.startswith("TypeError")


def test_a_task_whose_function_is_gone_is_tried_again_and_given_up() -> None:
    deeds.leave.enqueue("a")
    DBTaskResult.objects.update(task_path="faur.kernel.tasks.tests.deeds.gone")
    drain()
    assert Setback.objects.get().reason.startswith("ImportError")
    assert queued().status == TaskResultStatus.READY


def test_a_task_given_up_can_be_put_back() -> None:
    deeds.refuse_for_good.enqueue()
    drain()
    failed = failed_tasks().get()
    assert try_again(str(failed.pk))
    assert not try_again(str(failed.pk))
    assert drain() == 1


def test_what_a_dead_worker_had_in_hand_is_ready_again_and_the_try_counted() -> None:
    deeds.leave.enqueue("a")
    claim("wrk_dead")
    recover()
    assert (queued().status, Setback.objects.get().kind) == (TaskResultStatus.READY, "interrupted")
    assert drain() == 1
    assert len(queued().worker_ids) == 2


def test_what_a_living_worker_has_in_hand_is_left_to_it() -> None:
    presence = Presence()
    deeds.leave.enqueue("a")
    claim(presence.uid)
    Worker.objects.update(last_seen=clock.now() - timedelta(hours=1))
    recover()
    assert queued().status == TaskResultStatus.RUNNING
    presence.leave()
    recover()
    assert queued().status == TaskResultStatus.READY


@pytest.mark.parametrize(("silent", "status"), [(2, TaskResultStatus.RUNNING), (20, TaskResultStatus.READY)])
def test_a_worker_of_another_home_is_judged_by_its_silence(silent: int, status: str) -> None:
    last_seen = clock.now() - timedelta(seconds=silent)
    Worker.objects.create(uid="wrk_elsewhere", host="elsewhere", pid=1, last_seen=last_seen)
    deeds.leave.enqueue("a")
    claim("wrk_elsewhere")
    recover()
    assert queued().status == status


def test_a_worker_taken_for_dead_says_that_it_lives() -> None:
    presence = Presence()
    Worker.objects.all().delete()
    presence.beat()
    assert Worker.objects.get().uid == presence.uid
    presence.leave()


def test_a_worker_taken_for_dead_cannot_end_a_later_try() -> None:
    deeds.leave.enqueue("a")
    late = attempt(claim("wrk_late"))
    recover()
    make_due()
    second = claim("wrk_second")
    late()
    assert queued().status == TaskResultStatus.RUNNING
    attempt(second)()
    assert queued().status == TaskResultStatus.SUCCESSFUL


def test_a_task_that_kills_worker_after_worker_is_given_up() -> None:
    deeds.fail_always.enqueue("a")
    for _ in range(MOST_INTERRUPTIONS):
        make_due()
        interrupt(claim("wrk_dead"))
    assert queued().status == TaskResultStatus.FAILED
    assert deeds.traced() == ["gave up a"]


def test_an_effect_under_a_key_happens_once() -> None:
    with once("charge") as first:
        assert first
    with once("charge") as first:
        assert not first


def test_an_effect_that_was_undone_may_happen() -> None:
    with once("charge"):
        transaction.set_rollback(True)
    with once("charge") as first:
        assert first
    for key in ("", "k" * 201):
        with pytest.raises(ValueError), once(key):
            pass


def test_ended_tasks_are_forgotten_in_time() -> None:
    deeds.leave.enqueue("a"), deeds.refuse_for_good.enqueue(), deeds.leave.enqueue("fresh")
    drain()
    DBTaskResult.objects.exclude(args_kwargs__args=["fresh"]).update(finished_at=clock.now() - timedelta(days=8))
    forget_ended_tasks()
    assert DBTaskResult.objects.count() == 2
    DBTaskResult.objects.update(finished_at=clock.now() - timedelta(days=91))
    forget_ended_tasks()
    assert not DBTaskResult.objects.exists()


def test_tasks_and_schedules_declare_themselves_for_the_documentation() -> None:
    upkeep = {schedule.name: schedule for schedule in declared_schedules()}[
        "faur.kernel.tasks.tasks.forget_ended_tasks"
    ]
    assert upkeep.summary == "Remove tasks that succeeded a week ago, or were given up three months ago."
    assert not [task for task in declared_tasks() if "tests" in task.name]
