"""Every page, for who may see it and for who may not; and what each form does."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faur.kernel.actors.actor import Role
from faur.kernel.actors.models import Token
from faur.services.projects.actions.add_member import add_member
from faur.services.projects.models import Organisation, Pool
from faur.services.projects.panels import Panel, Panels, Question, Row
from faur.services.projects.public import hold_for, settle_for
from faur.services.projects.tests import world
from faur.services.projects.trail import Step, Trail, build_trail

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def lead():
    return world.person()


@pytest.fixture
def founded(lead):
    made = world.project(lead)
    hold_for(made.allocation, 3600, "job_1")
    settle_for(made.allocation, "job_1", 90)
    hold_for(made.allocation, 60, "job_2")
    return made


@pytest.fixture
def as_lead(client, lead, founded):
    client.force_login(lead)
    return client


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def pages(founded):
    return {
        "/": "What you have",
        "/projects/": founded.project.title,
        f"/projects/{founded.project.uid}/": "Computing time",
        f"/projects/{founded.project.uid}/work/": "Work",
        f"/projects/{founded.project.uid}/record/": "founded the project",
        f"/record/{founded.project.uid}/1/": "Hash of the entry before",
        f"/allocations/{founded.allocation.uid}/": "Used by job_1",
        "/organisations/": "Atelier",
        f"/organisations/{founded.project.organisation.uid}/": "small enterprise",
        "/organisations/new/": "Work the size out",
        "/pools/": "Playground",
        f"/pools/{founded.allocation.pool.uid}/": "Awarded",
        "/account/": "ana@example.org",
    }


def test_every_page_says_what_it_is_for_in_few_queries(as_lead, founded):
    for path, word in pages(founded).items():
        with CaptureQueriesContext(connection) as ran:
            shown = as_lead.get(path)
        assert shown.status_code == 200, path
        assert word in text_of(shown), path
        assert len(ran) <= MOST_QUERIES, (path, [query["sql"][:120] for query in ran])


def test_a_stranger_is_sent_to_log_in_and_another_member_finds_nothing(client, founded):
    private = [path for path in pages(founded) if founded.project.uid in path or founded.allocation.uid in path]
    for path in private:
        assert client.get(path)["Location"].startswith("/login/?next=")
    client.force_login(world.person("Mallory"))
    for path in [*private, "/people/", "/record/factory/1/", "/record/factory/"]:
        assert client.get(path).status_code in {403, 404}, path
    assert founded.project.title not in text_of(client.get("/projects/"))


def test_operators_have_their_own_pages(client, founded):
    client.force_login(world.person("Olga", Role.OPERATOR))
    for path, word in {
        "/": "Run the factory",
        "/people/": "Olga",
        "/record/factory/": "registered an organisation",
        "/record/factory/1/": "made an account",
        "/pools/new/": "Capacity",
        f"/projects/{founded.project.uid}/": "Computing time",
    }.items():
        assert word in text_of(client.get(path)), path


def test_anybody_is_told_what_this_is(client):
    shown = client.get("/")
    assert shown.status_code == 200
    assert "Make an account" in text_of(shown)


def test_registering_logs_in_and_speaks_the_language(client, settings):
    settings.PASSWORD_HASHERS = world.FAST
    form = {"name": "Ion", "email": "ion@example.org", "language": "ro", "password": world.PASSWORD}
    wrong = client.post("/register/", form | {"again": "something else"})
    assert "This is not the same password" in text_of(wrong)
    made = client.post("/register/", form | {"again": world.PASSWORD})
    assert (made.status_code, made["Location"], made.cookies["django_language"].value) == (302, "/", "ro")
    assert client.get("/account/").status_code == 200
    client.post("/logout/")
    assert client.get("/account/").status_code == 302
    client.cookies.clear()
    assert "not right" in text_of(client.post("/login/", {"email": "ion@example.org", "password": "wrong"}))
    back = client.post("/login/", {"email": "ION@example.org", "password": world.PASSWORD, "next": "/pools/"})
    assert back["Location"] == "/pools/"


def test_after_registering_one_stays_on_this_site(client, settings):
    settings.PASSWORD_HASHERS = world.FAST
    form = {"name": "Ion", "email": "ion@example.org", "language": "en", "password": world.PASSWORD}
    made = client.post("/register/?next=https://elsewhere.example/", form | {"again": world.PASSWORD})
    assert made["Location"] == "/"


def test_guessing_on_the_page_is_slowed_down_like_on_the_api(client, lead):
    for _ in range(10):
        client.post("/login/", {"email": lead.email, "password": "wrong"})
    assert "Too many attempts" in text_of(client.post("/login/", {"email": lead.email, "password": world.PASSWORD}))


def test_a_token_is_shown_once_and_can_be_revoked(as_lead, lead):
    made = as_lead.post("/account/tokens/", {"name": "laptop", "days": "30"})
    token = Token.objects.get(name="laptop")
    secret = re.search(r"faur_[\w-]{43}", made.content.decode())[0]
    assert "no-store" in made["Cache-Control"]
    assert secret not in as_lead.get("/account/").content.decode()
    api = {"Authorization": f"Bearer {secret}"}
    assert as_lead.get("/api/v1/me", headers=api).json()["id"] == lead.uid
    assert "Revoke" in text_of(as_lead.get(f"/account/tokens/{token.uid}/revoke/"))
    as_lead.post(f"/account/tokens/{token.uid}/revoke/")
    assert as_lead.get("/api/v1/me", headers=api).status_code == 401
    assert as_lead.post("/account/tokens/", {"name": "", "days": "9999"}).status_code == 422


def test_the_profile_is_saved_and_spoken(as_lead, lead):
    saved = as_lead.post("/account/", {"name": "Ana Maria", "language": "bg"})
    assert saved.cookies["django_language"].value == "bg"
    lead.refresh_from_db()
    assert (lead.name, lead.language) == ("Ana Maria", "bg")


def test_a_lead_adds_and_takes_out_members_on_the_page(as_lead, founded):
    other = world.person("Bogdan")
    page = f"/projects/{founded.project.uid}/"
    refused = as_lead.post(page, {"email": "nobody@example.org", "role": "member"})
    assert (refused.status_code, "Nobody here has this e-mail address" in text_of(refused)) == (422, True)
    assert as_lead.post(page, {"email": other.email, "role": "steward"})["Location"] == page
    assert "data steward" in text_of(as_lead.get(page))
    confirm = f"{page}members/{other.uid}/"
    assert "Take Bogdan out" in text_of(as_lead.get(confirm))
    as_lead.post(f"{confirm}remove/")
    assert not world.acting(other).projects


def test_a_member_sees_no_form_and_may_not_post_one(client, founded, lead):
    other = world.person("Bogdan")
    add_member(world.acting(lead), founded.project, email=other.email, role="member")
    client.force_login(other)
    page = f"/projects/{founded.project.uid}/"
    assert "Add a person" not in text_of(client.get(page))
    assert client.post(page, {"email": other.email, "role": "lead"}).status_code == 403
    assert client.post(f"{page}members/{lead.uid}/remove/").status_code == 403


def organisation_form(**changes):
    return {
        "name": "Forja SRL", "kind": "sme", "country": "RO", "head_office_in_europe": "on", "staff": "40",
        "turnover_eur": "1000000", "balance_sheet_eur": "900000", "stakes-TOTAL_FORMS": "1",
        "stakes-INITIAL_FORMS": "0", **changes,
    }  # fmt: skip


def test_the_size_is_shown_with_reasons_before_anything_is_kept(as_lead):
    holding = {
        "stakes-0-name": "Holding SA", "stakes-0-share_percent": "33.33", "stakes-0-staff": "60",
        "stakes-0-turnover_eur": "0", "stakes-0-balance_sheet_eur": "0",
    }  # fmt: skip
    form = organisation_form(**holding)
    shown = as_lead.post("/organisations/new/", form)
    assert "Holding SA is a partner enterprise (33.33 %)" in text_of(shown)
    assert "Register it so" in text_of(shown)
    assert not Organisation.objects.filter(name="Forja SRL").exists()
    other = as_lead.post("/organisations/new/", form | {"shown": "small", "register": "1"})
    assert "Register it so" in text_of(other), "what was shown is no longer what would be kept: it is shown again"
    made = as_lead.post("/organisations/new/", form | {"shown": "medium", "register": "1"})
    kept = Organisation.objects.get(name="Forja SRL")
    assert (made["Location"], kept.size) == (f"/organisations/{kept.uid}/", "medium")


def test_the_form_of_an_organisation_names_what_is_missing_and_grows_by_a_holding(as_lead):
    missing = as_lead.post("/organisations/new/", organisation_form(staff=""))
    assert "This is needed for an enterprise" in text_of(missing)
    contradicted = as_lead.post("/organisations/new/", organisation_form(staff="400"))
    assert "not small or medium-sized" in text_of(contradicted)
    half = as_lead.post("/organisations/new/", organisation_form(**{"stakes-0-name": "Holding SA"}))
    assert "Register it so" not in text_of(half)
    grown = as_lead.post("/organisations/new/", organisation_form(more="1"))
    assert "Holding 2" in text_of(grown)
    assert as_lead.post("/organisations/new/", {"name": "x", "stakes-TOTAL_FORMS": "x"}).status_code == 422


def test_an_operator_opens_a_pool_and_gives_and_takes_roles(client):
    olga, ana = world.person("Olga", Role.OPERATOR), world.person()
    client.force_login(olga)
    day = world.today().isoformat()
    form = {"title": "Reserve", "cluster": world.cluster(), "unit": "gpu-seconds", "hours": "10"}
    reversed_ = client.post("/pools/new/", form | {"starts_on": day, "ends_on": "2020-01-01"})
    assert "The last day lies before the first" in text_of(reversed_)
    client.post("/pools/new/", form | {"starts_on": day, "ends_on": day})
    assert Pool.objects.get(title="Reserve").capacity == 36_000
    client.post("/people/", {"email": ana.email, "role": "auditor"})
    assert world.acting(ana).has(Role.AUDITOR)
    assert "auditor" in text_of(client.get(f"/people/{ana.uid}/auditor/"))
    client.post(f"/people/{ana.uid}/auditor/")
    assert not world.acting(ana).grants
    assert client.post("/people/", {"email": "x@example.org", "role": "auditor"}).status_code == 422
    assert client.post(f"/people/{olga.uid}/operator/").status_code == 409


def test_auditors_look_at_people_and_change_nothing(client):
    client.force_login(world.person("Vera", Role.AUDITOR))
    assert "Give a role" not in text_of(client.get("/people/"))
    assert client.post("/people/", {"email": "vera@example.org", "role": "operator"}).status_code == 403
    assert client.get("/pools/new/").status_code == 403


def test_an_entry_says_who_did_what_and_shows_the_hashed_text(as_lead, founded):
    shown = as_lead.get(f"/record/{founded.project.uid}/1/")
    assert "The factory founded the project." in text_of(shown)
    assert "10 core hours (36000 core-seconds)" in text_of(shown)
    assert f'href="/projects/{founded.project.uid}/"' in shown.content.decode()
    assert f"&quot;seq&quot;:1" in shown.content.decode()  # noqa: F541
    assert as_lead.get(f"/record/{founded.project.uid}/99/").status_code == 404
    filtered = as_lead.get(f"/projects/{founded.project.uid}/record/?verb=projects.add_member")
    assert "founded the project" not in text_of(filtered).replace("The whole", "").split("Filter")[-1]


def test_the_trail_keeps_the_order_of_the_road_and_marks_where_one_is():
    own = Trail()
    own.register(30, lambda project, actor, focus: [Step("run", "r", "completed", page="/runs/run_1/")])
    own.register(10, lambda project, actor, focus: [Step("award", "a", "awarded", entry=("prj_1", 1))])
    steps = own.steps("prj_1", None)
    assert [step.key for step in steps] == ["award", "run"]
    assert steps[0].entry == ("prj_1", 1)
    assert steps[0].entry_url == "/record/prj_1/1/"


def test_stations_that_nobody_reached_lie_ahead(founded, lead):
    steps = build_trail(world.acting(lead), founded.project.uid)
    keys = list(dict.fromkeys(step.key for step in steps))
    assert keys == ["award", "contract", "run", "evaluation", "model", "endpoint", "technical_file"]
    assert not [step for step in steps if step.walked and step.key != "award"]


def test_panels_stand_in_their_order_and_who_has_nothing_to_say_is_left_out():
    own = Panels()
    own.register(20, lambda actor: Panel("second", (Row("x", "/x/"),), Question.RUNNING))
    own.register(10, lambda actor: Panel("first"))
    own.register(15, lambda actor: None)
    assert [panel.title for panel in own.build(None)] == ["first", "second"]


def test_the_first_page_warns_of_what_runs_out(client):
    lead = world.person()
    world.project(lead, days=3)
    client.force_login(lead)
    assert "Computing time that runs out" in text_of(client.get("/"))


def test_the_first_page_tells_an_operator_what_is_free(client):
    client.force_login(world.person("Olga", Role.OPERATOR))
    assert "No pool yet" in text_of(client.get("/"))
    world.pool(hours=7)
    assert "7 core hours free" in text_of(client.get("/"))


def test_a_step_finds_its_entry_on_the_chain_of_its_project(founded, lead, monkeypatch):
    own = Trail()
    uid, chain = founded.allocation.uid, founded.project.uid
    told = Step("award", "a", "awarded", page=f"/allocations/{uid}/", seen=(uid, "projects.found_project"))
    own.register(10, lambda project, actor, focus: [told, Step("award", "b", "awarded", seen=(uid, "access.award"))])
    monkeypatch.setattr("faur.services.projects.trail.trail", own)
    first, second, *_ahead = build_trail(world.acting(lead), chain, focus=uid)
    assert (first.entry, first.strength, first.here) == ((chain, 1), "observed", True)
    assert (second.entry, second.strength, second.here) == (None, "", False)
