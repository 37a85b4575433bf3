"""From a pool to a project that draws on it, and the people in it."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faur.kernel import clock, ledger
from faur.kernel.actors.actor import FACTORY, SYSTEM, Role
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import entries
from faur.kernel.units import HOUR
from faur.services.projects.actions.add_member import add_member
from faur.services.projects.actions.register_organisation import (
    OrganisationFacts,
    StakeFacts,
    register_organisation,
)
from faur.services.projects.actions.remove_member import remove_member
from faur.services.projects.errors import (
    AllocationClosed,
    AllocationExhausted,
    FiguresMissing,
    KindContradicted,
    LastLead,
    PoolExhausted,
    UnknownPerson,
    UnknownRole,
)
from faur.services.projects.models import Organisation, Project
from faur.services.projects.public import balance_of, hold_for, release_for, settle_for
from faur.services.projects.tasks import end_projects
from faur.services.projects.tests import world

pytestmark = pytest.mark.django_db


def test_founding_a_project_moves_hours_from_the_pool_and_opens_its_chain():
    source, lead = world.pool(hours=100), world.person()
    founded = world.project(lead, source=source, hours=10)
    assert ledger.balance(source.account).free == 90 * HOUR
    assert balance_of(founded.allocation).free == 10 * HOUR
    assert world.acting(lead).has(Role.LEAD, founded.project.uid)
    (entry,) = entries(founded.project.uid)
    assert entry.verb == "projects.found_project"
    assert set(entry.claims) == {
        "title", "organisation", "size", "allocation", "unit", "amount", "pool", "ends_on",
    }  # fmt: skip
    assert {subject["uid"] for subject in entry.subjects} >= {founded.project.uid, founded.allocation.uid, "awd_test"}
    assert ledger.check() == []


def test_an_award_beyond_the_pool_is_refused_and_leaves_nothing():
    source, lead = world.pool(hours=5), world.person()
    with pytest.raises(PoolExhausted, match="10 core hours"):
        world.project(lead, source=source, hours=10)
    assert not Project.objects.exists()
    assert not world.acting(lead).projects
    assert ledger.balance(source.account).free == 5 * HOUR


def test_only_the_operator_and_the_factory_found_projects():
    from faur.services.projects.actions.found_project import ProjectFacts, found_project

    lead = world.person()
    facts = ProjectFacts("T", "", world.organisation(lead), lead, 1, world.today(), world.today())
    with pytest.raises(NotFound):
        found_project(world.acting(lead), world.pool(), facts)


def test_work_holds_then_settles_what_it_used():
    allocation = world.project(world.person(), hours=10).allocation
    hold_for(allocation, 4 * HOUR, "job_1")
    hold_for(allocation, 4 * HOUR, "job_1")
    assert balance_of(allocation) == ledger.Balance(balance=10 * HOUR, held=4 * HOUR, free=6 * HOUR)
    with pytest.raises(AllocationExhausted, match=r"7 core hours; the allocation has 6 core hours left"):
        hold_for(allocation, 7 * HOUR, "job_2")
    settle_for(allocation, "job_1", HOUR)
    settle_for(allocation, "job_1", HOUR)
    assert balance_of(allocation).free == 9 * HOUR
    hold_for(allocation, HOUR, "job_3")
    release_for(allocation, "job_3")
    assert balance_of(allocation).free == 9 * HOUR
    assert ledger.balance(allocation.spent).balance == HOUR


def test_outside_its_period_an_allocation_holds_nothing():
    allocation = world.project(world.person()).allocation
    allocation.starts_on = world.today() + timedelta(days=1)
    with pytest.raises(AllocationClosed):
        hold_for(allocation, 1, "job_1")
    allocation.starts_on = allocation.ends_on = world.today()
    hold_for(allocation, 1, "job_1")


def test_leads_choose_members_and_a_project_keeps_a_lead():
    lead, other = world.person(), world.person("Bogdan")
    project = world.project(lead).project
    as_lead = world.acting(lead)
    add_member(as_lead, project, email=other.email.upper(), role="steward")
    assert {role for role, where in world.acting(other).grants if where == project.uid} == {Role.STEWARD}
    with pytest.raises(Forbidden):
        add_member(world.acting(other), project, email=other.email, role="lead")
    with pytest.raises(UnknownPerson):
        add_member(as_lead, project, email="nobody@example.org", role="member")
    with pytest.raises(UnknownRole):
        add_member(as_lead, project, email=other.email, role="operator")
    with pytest.raises(LastLead):
        remove_member(as_lead, project, member=lead.uid)
    add_member(as_lead, project, email=other.email, role="lead")
    remove_member(world.acting(other), project, member=lead.uid)
    assert not world.acting(lead).projects
    with pytest.raises(NotFound):
        remove_member(world.acting(other), project, member=lead.uid)
    assert [entry.claims for entry in entries(project.uid)][1:] == [
        {"role": "steward"},
        {"role": "lead"},
        {"roles": ["lead"]},
    ]


def test_an_organisation_knows_its_size_and_its_name_is_sealed():
    ana = world.person()
    stake = StakeFacts("Holding SA", Decimal("33.33"), 60, 0, 0)
    facts = OrganisationFacts("Atelier", "sme", "RO", staff=40, turnover_eur=0, balance_sheet_eur=0, stakes=(stake,))
    made = register_organisation(world.acting(ana), FACTORY, facts)
    assert (made.size, made.autonomous, made.stakes.count()) == ("medium", False, 1)
    assert world.acting(ana).has(Role.REPRESENTATIVE, made.uid)
    claims = entries("factory").last().claims
    assert claims["size"] == "medium"
    assert claims["name_digest"].startswith("sha256:")


def test_an_enterprise_without_figures_or_against_them_is_refused():
    ana = world.acting(world.person())
    with pytest.raises(FiguresMissing) as refused:
        register_organisation(ana, FACTORY, OrganisationFacts("A", "startup", "RO", staff=3))
    assert set(refused.value.fields) == {"turnover_eur", "balance_sheet_eur"}
    big = OrganisationFacts("A", "sme", "RO", staff=300, turnover_eur=0, balance_sheet_eur=0)
    with pytest.raises(KindContradicted):
        register_organisation(ana, FACTORY, big)
    assert not Organisation.objects.exists()
    assert register_organisation(ana, FACTORY, OrganisationFacts("U", "university", "BG")).size == "unknown"


def test_a_stranger_finds_nothing_and_infers_nothing(client):
    founded = world.project(world.person())
    stranger = world.bearer(world.person("Mallory"))
    chain = founded.project.uid
    for path in (
        f"/projects/{chain}", f"/projects/{chain}/members", f"/projects/{chain}/trail", f"/projects/{chain}/record",
        f"/record/{chain}/1", "/record/factory/1", "/record/factory", f"/allocations/{founded.allocation.uid}",
        f"/allocations/{founded.allocation.uid}/postings", f"/organisations/{founded.project.organisation.uid}",
        f"/pools/{founded.allocation.pool.uid}",
    ):  # fmt: skip
        refused = client.get(f"/api/v1{path}", headers=stranger)
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found"), path
    for path in ("projects", "allocations", "organisations", "pools"):
        assert client.get(f"/api/v1/{path}", headers=stranger).json()["total"] == 0
    body = json.dumps({"email": "mallory@example.org", "role": "lead"})
    sneaking = client.post(f"/api/v1/projects/{chain}/members", body, content_type="application/json", headers=stranger)
    assert sneaking.status_code == 404


def test_auditors_read_everything_and_change_nothing(client):
    founded = world.project(world.person())
    auditor = world.bearer(world.person("Vera", Role.AUDITOR))
    assert client.get("/api/v1/record/factory", headers=auditor).json()["total"] > 3
    members = f"/api/v1/projects/{founded.project.uid}/members"
    assert client.get(members, headers=auditor).json()["total"] == 1
    body = json.dumps({"email": "vera@example.org", "role": "lead"})
    assert client.post(members, body, content_type="application/json", headers=auditor).status_code == 403


@pytest.mark.parametrize("path", ["projects", "allocations", "organisations", "pools"])
def test_lists_run_the_same_queries_whatever_the_rows(client, path):
    headers = world.bearer(lead := world.person("Ana", Role.OPERATOR))
    counts = []
    for rows in (1, 4):
        for _ in range(rows):
            world.project(lead)
        with CaptureQueriesContext(connection) as ran:
            assert client.get(f"/api/v1/{path}", headers=headers).status_code == 200
        counts.append(len(ran))
    assert counts[0] == counts[1] <= 6


def test_the_statement_tells_where_every_hour_went(client):
    lead = world.person()
    allocation = world.project(lead, hours=2).allocation
    hold_for(allocation, HOUR, "job_1")
    settle_for(allocation, "job_1", 60)
    path = f"/api/v1/allocations/{allocation.uid}"
    shown = client.get(path, headers=world.bearer(lead)).json()
    assert (shown["amount"], shown["balance"], shown["held"], shown["free"], shown["used"]) == (
        2 * HOUR, 2 * HOUR - 60, 0, 2 * HOUR - 60, 60,
    )  # fmt: skip
    postings = client.get(f"{path}/postings", headers=world.bearer(lead)).json()["items"]
    assert [(one["amount"], one["memo"]) for one in postings] == [(-60, "job_1"), (2 * HOUR, "")]


def test_the_factory_itself_may_add_the_first_member():
    project, other = world.project(world.person()).project, world.person("Bogdan")
    add_member(SYSTEM, project, email=other.email, role="member")
    assert world.acting(other).projects == (project.uid,)


def test_a_project_ends_when_its_last_day_has_passed(monkeypatch):
    founded = world.project(world.person(), days=1)
    end_projects()
    assert Project.objects.get().state == "active"
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(days=3))
    end_projects()
    end_projects()
    assert Project.objects.get().state == "ended"
    assert [entry.verb for entry in entries(founded.project.uid)] == ["projects.found_project", "projects.end_project"]
