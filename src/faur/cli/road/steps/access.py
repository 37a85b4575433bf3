"""From a company that nobody knows to a project with an allocation."""

from faur.cli import orders
from faur.cli.road.road import Road, told


def apply(road: Road) -> None:
    organisation = road.make("engineer", "organisation", "/organisations", told("company"))
    road.say(f"size by the SME rule: {organisation['size']}")
    body = {**orders.wish(told("application")), "call": road.made["call"], "organisation": organisation["id"]}
    application = road.make("engineer", "application", "/applications", body)
    road.post("engineer", f"/applications/{application['id']}/submit")
    eligibility = road.api("engineer").get(f"/applications/{application['id']}/eligibility")
    road.facts["eligibility"] = {one["rule"]: one["answer"] for one in eligibility["answers"]}
    road.expect(eligibility["verdict"] == "yes", f"The eligibility is {eligibility['verdict']}, not yes.")


def award(road: Road) -> None:
    application = road.made["application"]
    verdict = {"verdict": "pass", "comment": "Feasible on one node within the hours asked for."}
    road.post("evaluator", f"/applications/{application}/assess", verdict)
    award = road.post("operator", f"/applications/{application}/award")
    for thing in ("award", "project", "allocation"):
        road.made[thing] = award[thing]
    members = f"/projects/{award['project']}/members"
    road.post("engineer", members, {"email": road.people["steward"].email, "role": "steward"})
