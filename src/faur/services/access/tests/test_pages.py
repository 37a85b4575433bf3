"""The pages of the front office, as people of each role meet them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faur.kernel import clock
from faur.kernel.units import HOUR
from faur.services.access.actions.award import award
from faur.services.access.models import Application, Assessment, Call
from faur.services.access.tests import world
from faur.services.access.tests.world import FAIL, Role, acting, text_of
from faur.services.projects.actions.add_member import add_member

pytestmark = pytest.mark.django_db


def answers(**changes):
    """What the form of the Playground sends."""
    told = {f"answers-{name}": value for name, value in world.ANSWERS.items() if not isinstance(value, bool)}
    return {**told, "answers-civilian": "on", "answers-contract_valid": "on", **changes}


def form(organisation, **changes):
    told = {"title": "Second reader", "organisation": organisation.uid, "hours": "10", "months": "3"}
    return {**told, **answers(), **changes}


def test_anybody_reads_the_calls_and_what_one_asks(visit, call):
    assert call.title in text_of(visit(None, "/calls/"))
    shown = text_of(visit(None, f"/calls/{call.uid}/"))
    for word in ("Who may apply", "small or medium-sized enterprise", "20 core hours", "1, 2, 3", "2 working days",
                 "What do you want to find out?", "Civilian purposes only.", "Apply"):  # fmt: skip
        assert word in shown, word
    assert "Close the call" not in shown
    assert visit(None, "/calls/call_nothing/").status_code == 404
    assert call.title in text_of(visit(None, "/"))


def test_calls_are_filtered_by_state_and_words(visit, call):
    assert call.title in text_of(visit(None, "/calls/?state=open&q=playground"))
    for query in ("state=closed", "state=ahead", "q=nothing-of-the-kind"):
        assert "No call here" in text_of(visit(None, f"/calls/?{query}")), query
    assert visit(None, "/calls/?state=%00&q=%00&page=x").status_code in {200, 400, 422}


@pytest.mark.parametrize(
    "path", ["/applications/", "/applications/new/", "/calls/new/", "/calls/{call}/close/", "/applications/{app}/"]
)
def test_a_visitor_is_sent_to_log_in(visit, ana, call, path):
    where = path.format(call=call.uid, app=world.draft(ana, call).uid)
    assert visit(None, where)["Location"].startswith("/login/?next=")


def test_an_operator_opens_and_closes_a_call(visit, olga, ana):
    assert "First a pool" in text_of(visit(olga, "/calls/new/"))
    pool = world.pool()
    told = {
        "title": "For industry", "mode": "playground", "pool": pool.uid, "summary": "s", "terms": "t",
        "opens_at": "2026-01-01T09:00", "closes_at": "2099-01-01T17:00", "hours": "20",
    }  # fmt: skip
    assert visit(ana, "/calls/new/").status_code == 403
    wrong = visit(olga, "/calls/new/", told | {"closes_at": "2025-01-01T09:00", "terms": ""})
    assert (wrong.status_code, "This field is required" in text_of(wrong)) == (422, True)
    wrong = visit(olga, "/calls/new/", told | {"closes_at": "2025-01-01T09:00"})
    assert "must close after it opens" in text_of(wrong)
    made = visit(olga, "/calls/new/", told)
    call = Call.objects.get()
    assert (made["Location"], call.max_amount) == (f"/calls/{call.uid}/", 20 * HOUR)
    assert visit(ana, f"/calls/{call.uid}/close/", {}).status_code == 403
    assert "Close this call?" in text_of(visit(olga, f"/calls/{call.uid}/close/"))
    visit(olga, f"/calls/{call.uid}/close/", {})
    assert "takes no applications any more" in text_of(visit(None, f"/calls/{call.uid}/"))
    assert visit(ana, f"/applications/new/?call={call.uid}").status_code == 409


def test_who_speaks_for_nobody_registers_an_organisation_first(visit, ana, call):
    assert "First your organisation" in text_of(visit(ana, f"/applications/new/?call={call.uid}"))
    assert visit(ana, "/applications/new/").status_code == 404


def test_one_applies_from_the_form_to_the_queue(visit, ana, call):
    own = world.organisation(ana)
    new = f"/applications/new/?call={call.uid}"
    assert "Computing time" in text_of(visit(ana, new))
    begun = visit(ana, new, form(own, check="1"))
    draft = Application.objects.get()
    check = f"/applications/{draft.uid}/check/"
    assert begun["Location"] == check
    shown = text_of(visit(ana, check))
    for word in ("Every rule of this call says yes", "Life sciences", "10 core hours", "3 months", "Hand it in"):
        assert word in shown, word
    refused = visit(ana, check, {})
    assert (refused.status_code, "Without agreeing to the terms" in text_of(refused)) == (422, True)
    assert visit(ana, check, {"consent": "on"})["Location"] == f"/applications/{draft.uid}/"
    shown = text_of(visit(ana, f"/applications/{draft.uid}/"))
    assert "Place in the queue 1" in shown
    assert "Take it back" in shown
    for page in ("check", "edit"):
        assert visit(ana, f"/applications/{draft.uid}/{page}/").status_code == 409


def test_a_draft_is_kept_unfinished_and_finished_later(visit, ana, call):
    own = world.organisation(ana)
    unfinished = form(own, keep="1", **{"answers-abstract": "Short.", "answers-sector": ""})
    assert visit(ana, f"/applications/new/?call={call.uid}", unfinished).status_code == 302
    draft = Application.objects.get()
    assert draft.answers["abstract"] == "Short."
    assert "sector" not in draft.answers
    del unfinished["answers-civilian"]
    visit(ana, f"/applications/{draft.uid}/edit/", unfinished)
    draft.refresh_from_db()
    assert "civilian" not in draft.answers, "a box that is not ticked in a draft is no answer"
    check = text_of(visit(ana, f"/applications/{draft.uid}/check/"))
    assert "Some questions are still open" in check
    assert "Hand it in" not in check
    edit = f"/applications/{draft.uid}/edit/"
    assert "Short." in text_of(visit(ana, edit))
    strict = visit(ana, edit, form(own, check="1", title="", **{"answers-abstract": "Short."}))
    assert strict.content.decode().count('id="errors-title"') == 1
    assert (strict.status_code, "at least 40 characters" in text_of(strict)) == (422, True)
    assert visit(ana, edit, form(own, check="1", title="Third reader")).status_code == 302
    assert Application.objects.get().title == "Third reader"


def test_the_form_says_what_cannot_be_right(visit, ana, call):
    own = world.organisation(ana)
    new = f"/applications/new/?call={call.uid}"
    other = world.organisation(world.person("Mallory"), "Elsewhere")
    for wrong, sentence in {
        "hours": ("0", "greater than or equal to 1"),
        "title": ("", "This field is required"),
        "months": ("7", "Select a valid choice"),
        "organisation": (other.uid, "Select a valid choice"),
        "answers-sector": ("astrology", "Choose one of the options"),
    }.items():
        shown = visit(ana, new, form(own, keep="1") | {wrong: sentence[0]})
        assert (shown.status_code, sentence[1] in text_of(shown)) == (422, True), wrong
    assert "less than or equal to 20" in text_of(visit(ana, new, form(own, keep="1", hours="21")))
    assert not Application.objects.exists()


def test_an_amount_that_is_no_whole_number_of_hours_stays_to_the_second(visit, ana, call):
    own = world.organisation(ana)
    draft = world.draft(ana, call, by=own, amount=HOUR + 60)
    visit(ana, f"/applications/{draft.uid}/edit/", form(own, keep="1", hours="1"))
    assert Application.objects.get().amount == HOUR + 60
    visit(ana, f"/applications/{draft.uid}/edit/", form(own, keep="1", hours="2"))
    assert Application.objects.get().amount == 2 * HOUR


def test_what_is_not_eligible_cannot_be_handed_in_and_says_why(visit, ana, call):
    draft = world.draft(ana, call, answers={**world.ANSWERS, "civilian": False})
    shown = text_of(visit(ana, f"/applications/{draft.uid}/check/"))
    assert "Not eligible" in shown
    assert "not declared to be civilian only" in shown
    assert "Hand it in" not in shown
    refused = visit(ana, f"/applications/{draft.uid}/check/", {"consent": "on"})
    assert refused.status_code == 422


def test_strangers_find_nothing_and_colleagues_without_the_right_are_told(visit, olga, eva, ana, call):
    draft, handed_in = world.draft(ana, call), world.submitted(world.person("Bogdan"), call)
    mallory = world.person("Mallory")
    for page in ("", "edit/", "check/", "withdraw/", "assess/", "award/", "decline/"):
        assert visit(mallory, f"/applications/{draft.uid}/{page}").status_code == 404, page
        assert visit(eva, f"/applications/{draft.uid}/{page}").status_code == 404, page
    for page in ("edit/", "check/"):
        assert visit(olga, f"/applications/{draft.uid}/{page}").status_code == 403, page
    assert visit(eva, f"/applications/{handed_in.uid}/award/").status_code == 403
    assert visit(eva, f"/applications/{handed_in.uid}/decline/").status_code == 403
    assert visit(olga, f"/applications/{handed_in.uid}/assess/").status_code == 403
    assert visit(eva, f"/applications/{handed_in.uid}/withdraw/", {}).status_code == 403
    assert visit(ana, f"/applications/{draft.uid}/withdraw/").status_code == 200
    assert Application.objects.get(pk=handed_in.pk).state == "submitted"


def test_an_application_goes_from_its_assessment_to_its_project(visit, olga, eva, ana, call):
    handed_in = world.submitted(ana, call)
    page = f"/applications/{handed_in.uid}/"
    assert handed_in.title in text_of(visit(eva, "/applications/"))
    assert handed_in.title in text_of(visit(eva, "/"))
    assert "Nothing waits for you" in text_of(visit(olga, "/applications/"))
    missing = visit(eva, f"{page}assess/", {"verdict": "pass", "comment": ""})
    assert missing.status_code == 422
    assert visit(eva, f"{page}assess/", {"verdict": "pass", "comment": "It fits."})["Location"] == page
    assert "Nothing waits for you" in text_of(visit(eva, "/applications/"))
    assert handed_in.title in text_of(visit(olga, "/"))
    assert "Eva" in text_of(visit(olga, page))
    own = text_of(visit(ana, page))
    assert "It fits." in own
    assert "Eva" not in own, "the applicant reads the assessment without the name"
    shown = text_of(visit(olga, f"{page}award/"))
    assert "Award this application?" in shown
    assert "100 core hours" in shown
    too_much = visit(olga, f"{page}award/", {"hours": "11"})
    assert (too_much.status_code, "cannot be awarded" in text_of(too_much)) == (422, True)
    made = visit(olga, f"{page}award/", {"hours": ""})
    project = Application.objects.get().award.project
    assert made["Location"] == f"/projects/{project.uid}/"
    shown = text_of(visit(ana, page))
    assert "10 core hours were awarded" in shown
    assert "Go to the project" in shown
    assert "What was applied for" in text_of(visit(ana, f"/projects/{project.uid}/work/"))


def test_what_an_evaluator_finds_infeasible_is_declined_with_a_reason(visit, olga, eva, ana, call):
    waiting = world.assessed(ana, call, eva, FAIL)
    page = f"/applications/{waiting.uid}/"
    assert f"{page}award/" not in visit(olga, page).content.decode()
    assert "cannot be done" in text_of(visit(olga, f"{page}award/", {"hours": ""}))
    assert visit(olga, f"{page}decline/", {"reason": ""}).status_code == 422
    assert visit(olga, f"{page}decline/", {"reason": "Too large for the pool."}).status_code == 302
    assert "Too large for the pool." in text_of(visit(ana, page))
    assert visit(olga, f"{page}decline/").status_code == 409


def test_an_application_is_taken_back_after_a_question(visit, ana, call):
    handed_in = world.submitted(ana, call)
    assert "loses its place" in text_of(visit(ana, f"/applications/{handed_in.uid}/withdraw/"))
    visit(ana, f"/applications/{handed_in.uid}/withdraw/", {})
    assert "It was taken back" in text_of(visit(ana, f"/applications/{handed_in.uid}/"))


def test_members_of_the_project_who_did_not_apply_see_no_application(visit, olga, eva, ana, call):
    made = world.awarded(ana, call, eva, olga)
    other = world.person("Bogdan")
    add_member(acting(ana), made.project, email=other.email, role="member")
    assert "What was applied for" not in text_of(visit(other, f"/projects/{made.project.uid}/work/"))
    assert visit(other, f"/applications/{made.application.uid}/").status_code == 404


def test_each_role_has_its_lists(visit, olga, eva, ana, call):
    world.draft(ana, call, title="My draft")
    both = world.person("Mihai", Role.EVALUATOR, Role.OPERATOR)
    assert "My draft" in text_of(visit(ana, "/applications/"))
    assert "To assess" not in text_of(visit(ana, "/applications/?whose=assess"))
    lists = text_of(visit(both, "/applications/"))
    assert all(word in lists for word in ("To assess", "To decide", "All that were handed in", "My own"))
    assert "My draft" not in text_of(visit(both, "/applications/?whose=all"))
    assert "No application here" in text_of(visit(eva, "/applications/?whose=mine"))
    assert "My draft" in text_of(visit(ana, f"/applications/?call={call.uid}&state=draft&q=draft"))
    assert "My draft" not in text_of(visit(ana, "/applications/?state=awarded"))


@pytest.mark.parametrize("path", ["/calls/", "/applications/?whose=all", "/applications/?whose=assess", "/"])
def test_pages_of_lists_run_no_more_queries_when_there_are_more_rows(client, olga, ana, path):
    both = world.person("Mihai", Role.EVALUATOR, Role.OPERATOR)
    source, own = world.pool(), world.organisation(ana)
    client.force_login(both)

    def more(rows):
        for _ in range(rows):
            world.submitted(ana, world.call(olga, source=source), by=own)
        with CaptureQueriesContext(connection) as ran:
            assert client.get(path).status_code == 200
        return len(ran)

    assert more(3) == more(8) <= world.MOST_QUERIES


def test_the_page_of_an_application_runs_no_more_queries_with_more_assessments(client, ana, call):
    handed_in = world.submitted(ana, call)
    client.force_login(ana)

    def more(rows):
        for _ in range(rows):
            one = world.person(f"E{Assessment.objects.count()}", Role.EVALUATOR)
            Assessment.objects.create(application=handed_in, evaluator=one, verdict="pass", comment="x")
        with CaptureQueriesContext(connection) as ran:
            assert client.get(f"/applications/{handed_in.uid}/").status_code == 200
        return len(ran)

    assert more(1) == more(6) <= world.MOST_QUERIES


def test_an_operator_without_the_project_still_goes_there(visit, olga, eva, ana, call):
    waiting = world.assessed(ana, call, eva)
    award(acting(olga), waiting, amount=None, at=clock.now())
    assert "Go to the project" in text_of(visit(olga, f"/applications/{waiting.uid}/"))
    assert "It founded a project." in text_of(visit(eva, f"/applications/{waiting.uid}/"))
