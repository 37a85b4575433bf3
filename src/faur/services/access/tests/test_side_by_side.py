"""Many people at the same moment: each gets a place of their own, and nothing is decided twice."""

import pytest

from faur.kernel import clock, ledger
from faur.kernel.errors import Refusal
from faur.kernel.tests.side_by_side import at_once
from faur.services.access.actions.award import award
from faur.services.access.actions.save_answers import save_answers
from faur.services.access.actions.submit_application import submit_application
from faur.services.access.actions.withdraw_application import withdraw_application
from faur.services.access.models import Application, Award
from faur.services.access.tests import world
from faur.services.access.tests.world import acting

pytestmark = pytest.mark.django_db(transaction=True)


def outcome(deed):
    """What came of it: done, or the code of the refusal."""
    try:
        deed()
    except Refusal as refusal:
        return refusal.code
    return "done"


def test_applications_that_are_handed_in_at_once_get_different_places(ana, call):
    own = world.organisation(ana)
    drafts = [world.draft(ana, call, by=own).pk for _ in range(6)]

    def hand_in(pk):
        draft = Application.objects.select_related("call__pool", "organisation").get(pk=pk)
        submit_application(acting(ana), draft, at=clock.now())

    at_once([lambda draft=draft: hand_in(draft) for draft in drafts])
    assert sorted(Application.objects.values_list("place", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_of_an_award_a_second_award_and_a_withdrawal_at_once_one_happens(olga, eva, ana, call):
    waiting = world.assessed(ana, call, eva).pk
    found = [Application.objects.select_related("call__pool", "organisation").get(pk=waiting) for _ in range(3)]
    deeds = [
        lambda: award(acting(olga), found[0], amount=None, at=clock.now()),
        lambda: award(acting(olga), found[1], amount=None, at=clock.now()),
        lambda: withdraw_application(acting(ana), found[2]),
    ]
    said = at_once([lambda deed=deed: outcome(deed) for deed in deeds])
    assert sorted(said) == ["application.state_unfit", "application.state_unfit", "done"]
    state = Application.objects.get().state
    assert (state, Award.objects.count()) in {("awarded", 1), ("withdrawn", 0)}
    assert ledger.check() == []


def test_a_draft_that_is_handed_in_while_it_is_saved_stays_handed_in(ana, call):
    draft = world.draft(ana, call).pk
    found = [Application.objects.select_related("call__pool", "organisation").get(pk=draft) for _ in range(2)]
    deeds = [
        lambda: submit_application(acting(ana), found[0], at=clock.now()),
        lambda: save_answers(acting(ana), found[1], wish=world.wish(title="Saved")),
    ]
    said = at_once([lambda deed=deed: outcome(deed) for deed in deeds])
    assert said[0] == "done"
    assert said[1] in {"done", "application.state_unfit"}
    assert Application.objects.get().state == "submitted"
