"""What is sent to the form of each page: the least that succeeds for who may."""

from datetime import timedelta

from django.utils import timezone

from faur.cli.road.road import told
from tests.journeys.bodies import Body, Sent, always, running
from tests.journeys.people import World


def _person(world: World, _role: str) -> Body:
    return {"email": world.accounts["stranger"]["email"], "role": "member"}


def _wish(world: World, _role: str) -> Body:
    said = {"title": "By form", "organisation": world.made["organisation"], "hours": 1, "months": 2}
    answers = {f"answers-{name}": answer for name, answer in told("application")["answers"].items()}
    return {**said, **{name: "on" if answer is True else answer for name, answer in answers.items()}}


def _call(world: World, _role: str) -> Body:
    now = timezone.localtime()
    times = {
        name: (now + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")
        for name, days in (("opens_at", 0), ("closes_at", 9))
    }
    return {"title": "By form", "mode": "playground", "pool": world.made["pool"], "terms": "Be civil.", **times}


def _pool(world: World, _role: str) -> Body:
    today = timezone.localdate()
    days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=9)).isoformat()}
    return {"title": "By form", "cluster": world.made["cluster"], "unit": "core-seconds", "hours": 1, **days}


def _organisation(_world: World, _role: str) -> Body:
    said = {name: fact for name, fact in told("company").items() if name not in {"stakes", "head_office_in_europe"}}
    management = {"stakes-TOTAL_FORMS": 0, "stakes-INITIAL_FORMS": 0}
    return {**said, "head_office_in_europe": "on", **management, "shown": "small", "register": ""}


def _run(_world: World, _role: str) -> Body:
    asked = {f"p-{name}": value for name, value in told("run")["parameters"].items()}
    return {
        **asked,
        "job-title": "By form",
        "job-cores": 1,
        "job-gpus": 0,
        "job-memory": "1",
        "job-minutes": 5,
        "confirm": "",
    }


NEW_PERSON = {"email": "form@elsewhere.example", "name": "Form", "language": "en"}
PASSWORD = "four words in a row"

FORMS: dict[str, Sent] = {
    "login": Sent(
        lambda world, role: {
            name: world.accounts.get(role, {}).get(name, "x@y.example") for name in ("email", "password")
        }
    ),
    "register": Sent(always(**NEW_PERSON, password=PASSWORD, again=PASSWORD)),
    "account": Sent(always(name="Another Name", language="en")),
    "token-new": Sent(always(name="by form", days=3)),
    "token-revoke": Sent(at={"uid": "token"}),
    "people": Sent(lambda world, role: {**_person(world, role), "role": "auditor"}),
    "role": Sent(at={"uid": "person"}),
    "project": Sent(_person),
    "organisation-new": Sent(_organisation),
    "pool-new": Sent(_pool),
    "theme": Sent(always(theme="dark")),
    "set_language": Sent(always(language="ro")),
    "call-new": Sent(_call),
    "application-new": Sent(_wish, query={"call": "call"}),
    "application-edit": Sent(_wish, at={"uid": "application_draft"}),
    "application-check": Sent(always(consent="on"), at={"uid": "application_draft"}),
    "application-withdraw": Sent(at={"uid": "application_submitted"}),
    "application-assess": Sent(always(verdict="pass", comment="Yes."), at={"uid": "application_submitted"}),
    "application-award": Sent(at={"uid": "application_assessed"}),
    "application-decline": Sent(always(reason="No."), at={"uid": "application_submitted"}),
    "cluster-new": Sent(always(title="By form", name="by-form", kind="local")),
    "job-cancel": Sent(before=running),
    "run-new": Sent(
        _run, query={"recipe": "recipe", "project": "project", "allocation": "allocation", "input-train": "part"}
    ),
    "runs-compare": Sent(query={"run": "run"}),
}
