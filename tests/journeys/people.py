"""Everybody who may stand before a factory's doors, and a second company whose project is nobody else's business."""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from faur.cli.client import Api
from faur.cli.road.road import told
from tests.journeys.factory import Walked

ROLES = ("nobody", "stranger", "engineer", "member", "steward", "evaluator", "auditor", "operator", "other")
"""`engineer` leads the project whose road was walked, `other` leads another; `stranger` has an account and no role."""
HOUR = 3600


@dataclass(slots=True)
class World:
    """A walked factory with people in every role. `made` has the uid of each thing by its name."""

    walked: Walked
    accounts: dict[str, dict[str, str]]
    made: dict[str, str] = field(default_factory=dict)

    def api(self, role: str) -> Api:
        return Api(self.walked.url, self.accounts[role]["token"] if role != "nobody" else "")

    def token(self, role: str) -> str:
        return self.accounts[role]["token"]


def peopled(walked: Walked) -> World:
    """Lets in, over the public API, who is missing after the walk, and applications in each state."""
    world = World(walked, dict(walked.summary["accounts"]), dict(walked.summary["made"]))
    for role, name in (("stranger", "Sava"), ("member", "Mara"), ("auditor", "Anca"), ("other", "Radu")):
        world.accounts[role] = _registered(walked.url, role, name)
    world.api("operator").post("/roles", {"email": world.accounts["auditor"]["email"], "role": "auditor"})
    members = f"/projects/{world.made['project']}/members"
    world.api("engineer").post(members, {"email": world.accounts["member"]["email"], "role": "member"})
    _apply_in_each_state(world)
    _found_another_project(world)
    world.made |= {"member": world.accounts["member"]["id"], "person": world.accounts["evaluator"]["id"]}
    world.made |= {"chain": world.made["project"], "token": world.api("engineer").get("/tokens")["items"][0]["id"]}
    world.made["question"] = world.api("nobody").get("/questionnaire")["questions"][0]["id"]
    world.made["recipe_version"] = world.api("nobody").get("/recipes/tabular-classification")["id"]
    return world


def _registered(url: str, role: str, name: str) -> dict[str, str]:
    person = {"email": f"{role}-{secrets.token_hex(4)}@elsewhere.example", "password": secrets.token_urlsafe(12)}
    made = Api(url).post("/people", {**person, "name": f"{name} {role.capitalize()}", "language": "en"})
    token = Api(url).post("/tokens", {**person, "name": "journeys"})
    return {"id": made["id"], "token": token["token"], **person}


def _apply_in_each_state(world: World) -> None:
    for state in ("draft", "submitted", "assessed"):
        name = f"application_{state}"
        world.made[name] = _applied(world, "engineer", world.made["organisation"], title=f"Another wish, {state}")
        if state != "draft":
            world.api("engineer").post(f"/applications/{world.made[name]}/submit")
    verdict = {"verdict": "pass", "comment": "It can be done."}
    world.api("evaluator").post(f"/applications/{world.made['application_assessed']}/assess", verdict)


def _found_another_project(world: World) -> None:
    company = {**told("company"), "name": "Orizont Agricol SRL", "vat": "RO87654321"}
    organisation = world.api("other").post("/organisations", company)
    application = _applied(world, "other", organisation["id"], title="Yield from satellite pictures")
    world.api("other").post(f"/applications/{application}/submit")
    world.api("evaluator").post(
        f"/applications/{application}/assess", {"verdict": "pass", "comment": "Small and clear."}
    )
    award = world.api("operator").post(f"/applications/{application}/award")
    world.made |= {"other_organisation": organisation["id"], "other_application": application}
    world.made |= {f"other_{thing}": award[thing] for thing in ("project", "allocation")}


def _applied(world: World, role: str, organisation: str, *, title: str) -> str:
    story = told("application")
    body: dict[str, Any] = {
        "call": world.made["call"],
        "organisation": organisation,
        "title": title,
        "amount": HOUR,
        "months": 2,
        "answers": json.loads(json.dumps(story["answers"])),
    }
    return str(world.api(role).post("/applications", body)["id"])
