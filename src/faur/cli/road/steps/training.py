"""Thresholds first, then the run, then the model that it made."""

from faur.cli.client import Json
from faur.cli.road.road import Road, told

RUN_SECONDS = 600.0


def commit_thresholds(road: Road) -> None:
    road.make("engineer", "thresholds", "/thresholds", {"project": road.made["project"], **told("thresholds")})


def run(road: Road) -> None:
    story = told("run")
    gpus = 1 if road.facts["unit"] == "gpu-seconds" else 0
    body = {
        "project": road.made["project"],
        "allocation": road.made["allocation"],
        "inputs": {"train": {"version": road.made["dataset_version"], "split": "train"}},
        **story,
        **({"resources": {"gpus": gpus}} if gpus else {}),
    }
    started = road.make("engineer", "run", "/runs", body)
    road.made["job"] = started["job"]
    ended = road.wait("engineer", f"/runs/{started['id']}", until={"completed"}, at_most=RUN_SECONDS)
    road.facts["metrics"] = ended["metrics"]
    road.facts["job"] = _charge(road)


def _charge(road: Road) -> Json:
    """What was held for the job, and what it was charged: something, and no more than was held."""
    job = road.api("engineer").get(f"/jobs/{road.made['job']}")
    road.expect(job["state"] == "completed", f"The job ended as {job['state']}.")
    road.expect(0 < job["used"] <= job["held"], f"The job was charged {job['used']} of {job['held']} held.")
    return {name: job[name] for name in ("state", "held", "used", "unit", "sandbox")}


def register(road: Road) -> None:
    body = {"project": road.made["project"], "run": road.made["run"], **told("model")}
    version = road.make("engineer", "model_version", "/models", body)
    road.made["model"] = version["model"]
    screened = road.wait("engineer", f"/model-versions/{version['id']}", until={"registered", "promoted"})
    road.facts["model_digest"] = screened["manifest"]
    road.facts["signature"] = screened["signature"]
