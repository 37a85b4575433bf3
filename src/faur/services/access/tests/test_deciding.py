"""Assessing, awarding, declining and taking back: what is decided, by whom, and what it leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from faur.kernel import clock, ledger
from faur.kernel.errors import Forbidden
from faur.kernel.record import entries, entries_about
from faur.kernel.units import HOUR
from faur.services.access import queries
from faur.services.access.actions.assess_application import assess_application
from faur.services.access.actions.award import award
from faur.services.access.actions.close_call import close_call
from faur.services.access.actions.decline import decline
from faur.services.access.actions.withdraw_application import withdraw_application
from faur.services.access.errors import (
    AmountUnfit,
    ApplicationInvalid,
    NotAssessed,
    NotFeasible,
    OwnApplication,
    StateUnfit,
)
from faur.services.access.models import Application, Assessment, Award
from faur.services.access.tests import world
from faur.services.access.tests.world import FAIL, PASS, Role, acting
from faur.services.projects.models import Project
from faur.services.projects.public import PoolExhausted, build_trail

pytestmark = pytest.mark.django_db


def test_an_application_is_taken_back_until_it_is_decided(olga, eva, ana, call):
    first, second = world.submitted(ana, call), world.submitted(world.person("Bogdan"), call)
    withdraw_application(acting(ana), first)
    assert (first.state, queries.ahead_of(second)) == ("withdrawn", 0)
    with pytest.raises(StateUnfit):
        withdraw_application(acting(ana), first)
    with pytest.raises(StateUnfit):
        assess_application(acting(eva), first, verdict=PASS, comment="Too late.")


def test_an_assessment_needs_a_reason_and_may_be_said_anew(eva, ana, call):
    handed_in = world.submitted(ana, call)
    with pytest.raises(ApplicationInvalid):
        assess_application(acting(eva), handed_in, verdict=PASS, comment="  ")
    for verdict in (FAIL, PASS):
        assess_application(acting(eva), handed_in, verdict=verdict, comment="Seen.")
    assert [one.verdict for one in Assessment.objects.all()] == ["pass"]
    assert [entry.claims["verdict"] for entry in entries_about(handed_in.uid, "access.assess_application")] == [
        "fail", "pass",
    ]  # fmt: skip


def test_only_evaluators_assess_only_operators_decide(olga, eva, ana, call):
    handed_in = world.submitted(ana, call)
    for user in (olga, ana):
        with pytest.raises(Forbidden):
            assess_application(acting(user), handed_in, verdict=PASS, comment="x")
    for user in (eva, ana):
        with pytest.raises(Forbidden):
            award(acting(user), handed_in, amount=None, at=clock.now())
        with pytest.raises(Forbidden):
            decline(acting(user), handed_in, reason="x")


def test_nobody_judges_what_they_or_their_organisation_asked_for(olga, call):
    both = world.person("Mihai", Role.EVALUATOR, Role.OPERATOR)
    own = world.submitted(both, call)
    with pytest.raises(OwnApplication):
        assess_application(acting(both), own, verdict=PASS, comment="Mine.")
    assess_application(acting(world.evaluator()), own, verdict=PASS, comment="Fine.")
    with pytest.raises(OwnApplication):
        award(acting(both), own, amount=None, at=clock.now())
    assert not queries.to_decide(acting(both)).exists()
    assert list(queries.to_decide(acting(olga))) == [own]


def test_an_award_founds_a_project_moves_the_hours_and_is_recorded(olga, eva, ana, call):
    made = world.awarded(ana, call, eva, olga)
    assert made.application.state == "awarded"
    assert made.project.title == "Second reader"
    assert made.project.summary == world.ANSWERS["abstract"]
    assert made.allocation.amount == 10 * HOUR
    assert acting(ana).has(Role.LEAD, made.project.uid)
    assert ledger.balance(call.pool.account).free == 90 * HOUR
    (entry,) = entries_about(made.uid, "access.award")
    assert entry.chain == "factory"
    assert entry.claims["project"] == made.project.uid
    assert (entry.claims["mode"], entry.claims["amount"], entry.claims["unit"]) == (
        "playground", 10 * HOUR, "core-seconds",
    )  # fmt: skip
    assert entries(made.project.uid)[0].verb == "projects.found_project"
    assert ledger.check() == []


def test_less_may_be_awarded_but_not_more_and_not_nothing(olga, eva, ana, call):
    waiting = world.assessed(ana, call, eva)
    for amount in (0, 10 * HOUR + 1):
        with pytest.raises(AmountUnfit):
            award(acting(olga), waiting, amount=amount, at=clock.now())
    made = award(acting(olga), waiting, amount=HOUR, at=clock.now())
    assert made.allocation.amount == HOUR


def test_an_award_beyond_the_pool_is_refused_and_leaves_nothing(olga, eva, ana):
    call = world.call(olga, source=world.pool(hours=5))
    waiting = world.assessed(ana, call, eva)
    with pytest.raises(PoolExhausted):
        award(acting(olga), waiting, amount=None, at=clock.now())
    assert (Application.objects.get().state, Award.objects.count(), Project.objects.count()) == ("assessed", 0, 0)
    assert not acting(ana).projects
    assert ledger.check() == []


def test_nothing_is_awarded_unassessed_or_against_an_evaluator(olga, eva, ana, call):
    handed_in = world.submitted(ana, call)
    with pytest.raises(NotAssessed):
        award(acting(olga), handed_in, amount=None, at=clock.now())
    assess_application(acting(eva), handed_in, verdict=FAIL, comment="Too large.")
    assess_application(acting(world.evaluator("Emil")), handed_in, verdict=PASS, comment="It fits.")
    with pytest.raises(NotFeasible):
        award(acting(olga), handed_in, amount=None, at=clock.now())
    assess_application(acting(eva), handed_in, verdict=PASS, comment="It does fit.")
    award(acting(olga), handed_in, amount=None, at=clock.now())


def test_what_is_decided_is_decided_whatever_a_stale_page_thinks(olga, eva, ana, call):
    waiting = world.assessed(ana, call, eva)
    stale = Application.objects.get(pk=waiting.pk)
    award(acting(olga), waiting, amount=None, at=clock.now())
    for verb, user, options in (
        (award, olga, {"amount": None, "at": clock.now()}),
        (decline, olga, {"reason": "No."}),
        (assess_application, eva, {"verdict": FAIL, "comment": "No."}),
        (withdraw_application, ana, {}),
    ):
        stale.state = "assessed"
        with pytest.raises(StateUnfit):
            verb(acting(user), stale, **options)
    assert Application.objects.get().state == "awarded"
    assert Award.objects.count() == 1


def test_declining_needs_a_reason_that_the_applicant_reads(olga, ana, call):
    handed_in = world.submitted(ana, call)
    with pytest.raises(ApplicationInvalid):
        decline(acting(olga), handed_in, reason=" ")
    decline(acting(olga), handed_in, reason="The pool is kept for health.")
    assert (handed_in.state, handed_in.decline_reason) == ("declined", "The pool is kept for health.")
    with pytest.raises(StateUnfit):
        decline(acting(olga), handed_in, reason="Again.")
    (entry,) = entries_about(handed_in.uid, "access.decline")
    assert "reason" not in entry.claims


def test_the_trail_of_the_project_begins_with_the_award(olga, eva, ana, call):
    made = world.awarded(ana, call, eva, olga)
    first = build_trail(acting(ana), made.project.uid)[0]
    assert (first.key, first.title, first.state) == ("award", call.title, "awarded")
    assert tuple(first.entry) == (made.project.uid, 1)
    assert first.strength == "observed"


def test_the_queue_is_in_the_order_of_handing_in_and_forgets_what_one_assessed(eva, ana, call):
    first, second = world.submitted(ana, call), world.submitted(world.person("Bogdan"), call)
    assert list(queries.to_assess(acting(eva))) == [first, second]
    assess_application(acting(eva), first, verdict=PASS, comment="Fine.")
    assert list(queries.to_assess(acting(eva))) == [second]
    assert not queries.to_assess(acting(ana)).exists()


def test_calls_that_are_open_come_first_the_next_to_close_before_the_others(olga):
    now, source = clock.now(), world.pool()
    moments = {"later": (-1, 30), "soon": (-1, 2), "over": (-9, -1), "ahead": (5, 30)}
    for title, (opens, closes) in moments.items():
        times = {"opens_at": now + timedelta(days=opens), "closes_at": now + timedelta(days=closes)}
        world.call(olga, source=source, title=title, **times)
    shut = world.call(olga, source=source, title="shut")
    close_call(acting(olga), shut)
    listed = queries.calls_by_phase(acting(olga))
    assert [call.title for call in listed] == ["soon", "later", "ahead", "shut", "over"]
    assert [call.phase for call in listed] == ["open", "open", "ahead", "closed", "closed"]
    for phase, titles in {"open": {"soon", "later"}, "ahead": {"ahead"}, "closed": {"shut", "over"}}.items():
        assert {call.title for call in queries.calls_by_phase(acting(olga), phase=phase)} == titles


def test_a_wish_keeps_only_what_was_answered():
    told = replace(world.wish(), answers={"abstract": "", "sector": None, "civilian": False})
    assert told.given == {"civilian": False}
