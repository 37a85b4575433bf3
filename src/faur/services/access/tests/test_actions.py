"""From a call to an award: what each verb does, who may do it, and what it refuses."""

from datetime import timedelta

import pytest

from faur.kernel import clock
from faur.kernel.actors.actor import FACTORY
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import entries_about
from faur.kernel.record.errors import NotCanonical
from faur.kernel.units import HOUR
from faur.services.access import queries
from faur.services.access.actions.close_call import close_call
from faur.services.access.actions.open_call import open_call
from faur.services.access.actions.save_answers import save_answers
from faur.services.access.actions.start_application import start_application
from faur.services.access.actions.submit_application import submit_application
from faur.services.access.actions.withdraw_application import withdraw_application
from faur.services.access.errors import (
    ApplicationIncomplete,
    ApplicationInvalid,
    CallClosed,
    CallInvalid,
    NotEligible,
    StateUnfit,
)
from faur.services.access.models import Application, Call
from faur.services.access.tests import world
from faur.services.access.tests.world import Role, acting
from faur.services.projects.actions.register_organisation import OrganisationFacts, register_organisation

pytestmark = pytest.mark.django_db


def test_opening_a_call_is_recorded_with_the_digest_of_its_terms(olga):
    call = world.call(olga)
    (entry,) = entries_about(call.uid, "access.open_call")
    assert entry.chain == "factory"
    assert entry.claims["mode"] == "playground"
    assert entry.claims["pool"] == call.pool.uid
    assert entry.claims["terms"] == call.terms_digest
    assert call.takes_applications


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"mode": "no-such-mode"}, "mode"),
        ({"closes_at": clock.now() - timedelta(days=1)}, "closes_at"),
        ({"closes_at": clock.now().replace(year=9999)}, "closes_at"),
        ({"opens_at": clock.now().replace(year=1, day=1)}, "opens_at"),
        ({"max_amount": 0}, "max_amount"),
        ({"max_amount": 2**63}, "max_amount"),
    ],
)
def test_a_call_that_cannot_be_right_is_refused_by_field(olga, changes, field):
    with pytest.raises(CallInvalid) as refused:
        world.call(olga, **changes)
    assert field in refused.value.fields
    assert not Call.objects.exists()


def test_only_operators_open_and_close_calls(olga, eva, ana, call):
    for user in (eva, ana):
        with pytest.raises((Forbidden, NotFound)):
            open_call(acting(user), call.pool, invitation=world.invitation())
        with pytest.raises(Forbidden):
            close_call(acting(user), call)
    close_call(acting(olga), call)
    assert not Call.objects.get(pk=call.pk).takes_applications
    with pytest.raises(CallClosed):
        close_call(acting(olga), call)


@pytest.mark.parametrize(("opens", "closes"), [(1, 2), (-2, -1)])
def test_nothing_is_begun_before_a_call_opens_or_after_it_closes(olga, ana, opens, closes):
    now = clock.now()
    call = world.call(olga, opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes))
    with pytest.raises(CallClosed) as refused:
        world.draft(ana, call)
    assert ("It opens on" in refused.value.hint) is (opens > 0)


def test_a_draft_is_seen_by_its_people_and_by_those_who_see_all(olga, eva, ana, call):
    draft = world.draft(ana, call)
    assert (draft.state, draft.place, draft.eligibility) == ("draft", None, [])
    colleague = world.person("Bogdan")
    auditor = world.person("Vera", Role.AUDITOR)
    seen = {
        user.name: Application.objects.visible_to(acting(user)).exists()
        for user in (ana, olga, auditor, eva, colleague)
    }
    assert seen == {"Ana": True, "Olga": True, "Vera": True, "Eva": False, "Bogdan": False}
    withdraw_application(acting(ana), draft)
    assert not Application.objects.visible_to(acting(eva)).exists(), "a draft taken back was never handed in"


def test_one_applies_only_for_an_organisation_that_one_speaks_for(olga, eva, ana, call):
    own = world.organisation(ana)
    with pytest.raises(NotFound):
        start_application(acting(world.person("Mallory")), own, call=call, wish=world.wish())
    for user in (olga, eva):
        with pytest.raises(Forbidden):
            start_application(acting(user), own, call=call, wish=world.wish())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"amount": 0}, "amount"),
        ({"amount": 2**53}, "amount"),
        ({"months": 0}, "months"),
        ({"months": 37}, "months"),
        ({"answers": {"no_such_question": 1}}, "answers.no_such_question"),
        ({"answers": {"civilian": "yes"}}, "answers.civilian"),
        ({"answers": {"sector": "astrology"}}, "answers.sector"),
        ({"answers": {"abstract": 7}}, "answers.abstract"),
        ({"answers": {"abstract": "x" * 3001}}, "answers.abstract"),
    ],
)
def test_a_draft_that_cannot_be_right_is_refused_by_field(ana, call, changes, field):
    with pytest.raises(ApplicationInvalid) as refused:
        world.draft(ana, call, **changes)
    assert set(refused.value.fields) == {field}
    assert not Application.objects.exists()


@pytest.mark.parametrize("value", [float("nan"), "\x00", "\ud800", 2**60, {"\ud800": 1}])
def test_what_no_record_can_hold_is_refused(ana, call, value):
    with pytest.raises(NotCanonical):
        world.draft(ana, call, answers={"abstract": value})


def test_a_draft_may_have_open_questions_and_short_answers_and_says_so_when_handed_in(ana, call):
    draft = world.draft(ana, call, answers={"abstract": "Short."})
    with pytest.raises(ApplicationIncomplete) as refused:
        submit_application(acting(ana), draft, at=clock.now())
    assert "at least 40 characters" in refused.value.fields["answers.abstract"]
    assert refused.value.fields["answers.sector"] == "This is needed."
    save_answers(acting(ana), draft, wish=world.wish())
    submit_application(acting(ana), draft, at=clock.now())
    assert draft.state == "submitted"


def test_handing_in_gives_the_next_place_and_records_the_eligibility_with_the_terms(ana, call):
    first = world.submitted(ana, call)
    second = world.submitted(world.person("Bogdan"), call)
    assert (first.place, second.place) == (1, 2)
    assert queries.ahead_of(second) == 1
    (entry,) = entries_about(first.uid, "access.submit_application")
    assert entry.claims["place"] == 1
    assert entry.claims["terms"] == call.terms_digest
    assert entry.claims["eligibility"] == [
        {"rule": rule, "answer": "yes"}
        for rule in ("organisation_kind", "country", "size", "civilian", "amount", "duration", "employment")
    ]


def test_what_is_not_eligible_is_refused_with_each_reason_and_keeps_its_draft(ana, call):
    draft = world.draft(ana, call, amount=21 * HOUR, answers={**world.ANSWERS, "civilian": False})
    with pytest.raises(NotEligible) as refused:
        submit_application(acting(ana), draft, at=clock.now())
    assert "civilian" in refused.value.message
    assert "limit" in refused.value.message
    assert (Application.objects.get().state, Call.objects.get().places_given) == ("draft", 0)


def test_what_a_rule_cannot_know_goes_on_to_a_person(ana, call):
    facts = OrganisationFacts(
        name="Uzina", kind="large", country="RO", staff=900, turnover_eur=10**9, balance_sheet_eur=10**9
    )
    large = register_organisation(acting(ana), FACTORY, facts)
    handed_in = world.submitted(ana, call, by=large)
    assert queries.eligibility_of(handed_in)["verdict"] == "unknown"


def test_an_application_is_handed_in_once_and_then_stays_as_it_is(ana, call):
    draft = world.draft(ana, call)
    stale = Application.objects.get(pk=draft.pk)
    submit_application(acting(ana), draft, at=clock.now())
    with pytest.raises(StateUnfit):
        submit_application(acting(ana), stale, at=clock.now())
    stale.state = "draft"
    with pytest.raises(StateUnfit):
        save_answers(acting(ana), stale, wish=world.wish(title="Another"))
    kept = Application.objects.get()
    assert (kept.state, kept.place, kept.title) == ("submitted", 1, "Second reader")


def test_a_closed_call_takes_no_draft_of_it(olga, ana, call):
    draft = world.draft(ana, call)
    close_call(acting(olga), Call.objects.get(pk=call.pk))
    with pytest.raises(CallClosed):
        submit_application(acting(ana), draft, at=clock.now())


def test_strangers_find_no_application_and_evaluators_may_not_change_one(olga, eva, ana, call):
    draft, handed_in = world.draft(ana, call), world.submitted(world.person("Bogdan"), call)
    mallory = acting(world.person("Mallory"))
    for verb, options in (
        (save_answers, {"wish": world.wish()}),
        (submit_application, {"at": clock.now()}),
        (withdraw_application, {}),
    ):
        with pytest.raises(NotFound):
            verb(mallory, draft, **options)
        with pytest.raises(NotFound):
            verb(acting(eva), draft, **options)
        with pytest.raises(Forbidden):
            verb(acting(olga), draft, **options)
        with pytest.raises(Forbidden):
            verb(acting(eva), handed_in, **options)
