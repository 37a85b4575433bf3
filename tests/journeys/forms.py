"""What is sent to the form of each page: the least that succeeds for who may."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from faur.cli.road.road import told
from tests.journeys.bodies import Body, Sent, always, naming, only_registered, pending, running
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


def _description(_world: World, _role: str) -> Body:
    story = told("dataset")
    sheet = {f"sheet.{part}": text for part, text in story["sheet"].items()}
    policy = {"policy.permissions": story["policy"]["permissions"], "policy.requires_approval": "on"}
    return {**{part: story[part] for part in ("title", "description", "licence")}, **sheet, **policy}


def _dataset(world: World, role: str) -> Body:
    return {**_description(world, role), "project": world.made["project"], "name": "by-form"}


def _parts(_world: World, _role: str) -> Body:
    management = {"parts-TOTAL_FORMS": 1, "parts-INITIAL_FORMS": 0}
    return {
        **management,
        "parts-0-split": "train",
        "parts-0-tables": SimpleUploadedFile("a.csv", b"a,b\n1,2\n"),
        "note": "",
    }


def _thresholds(_world: World, _role: str) -> Body:
    management = {f"{rows}-{count}_FORMS": 0 for rows in ("items", "slices") for count in ("TOTAL", "INITIAL")}
    bound = {"items-0-metric": "accuracy", "items-0-operator": ">=", "items-0-value": "0.5", "items-0-slice": ""}
    return {**management, **bound, "items-TOTAL_FORMS": 1, "title": "By form", "confirm": ""}


def _test(world: World, _role: str) -> Body:
    return {**naming("thresholds", "allocation")(world, _role), "part": f"{world.made['dataset_version']}/test"}


def _declaration(_world: World, _role: str) -> Body:
    return {"item": next(iter(told("declarations"))), "text": "So it is."}


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
    "dataset-new": Sent(_dataset),
    "dataset-edit": Sent(_description),
    "version-new": Sent(_parts),
    "dataset-version": Sent(lambda world, _role: {"agree": f"{world.made['project']}:training"}),
    "contract": Sent(at={"uid": "contract_training"}),
    "contract-approve": Sent(at={"uid": "contract_training"}, before=pending),
    "contract-decline": Sent(at={"uid": "contract_training"}, before=pending),
    "model-register": Sent(always(**told("model")), query={"run": "run"}),
    "model-promote": Sent(always(reason="It is good."), before=only_registered),
    "model-retire": Sent(always(reason="It is old.")),
    "endpoint-new": Sent(always(name="by-form"), query={"version": "model_version"}),
    "key-new": Sent(always(name="By form", days=3)),
    "thresholds-new": Sent(_thresholds, query={"project": "project"}),
    "evaluation-new": Sent(_test, query={"version": "model_version"}),
    "questionnaire": Sent(always(answer="unknown"), query={"model": "model", "question": "question"}),
    "questionnaire-check": Sent(query={"model": "model"}),
    "technical-file-new": Sent(always(language="en"), query={"version": "model_version"}),
    "technical-file": Sent(_declaration),
    "bundle-new": Sent(query={"project": "project"}),
}
