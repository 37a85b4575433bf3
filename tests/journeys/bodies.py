"""What is sent to each writing route of the API, and what must be so before it can succeed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from faur.cli.road.road import told
from faur.kernel.blobs import blobs, receipt
from faur.services.compute.models import Job
from faur.services.data.models import Contract
from faur.services.models.models import ModelVersion
from tests.journeys.people import World

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """`at` and `query` name the things of the world that stand in the address, where they are not those of the walk."""

    body: Callable[[World, str], Body] = lambda _world, _role: {}
    at: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[World], None] = lambda _world: None
    query: Mapping[str, str] = field(default_factory=dict)


def always(**body: Any) -> Callable[[World, str], Body]:
    return lambda _world, _role: body


def naming(*things: str, **body: Any) -> Callable[[World, str], Body]:
    """A body that refers to things of the world under their own names, and says the rest."""
    return lambda world, _role: {**{thing: world.made[thing] for thing in things}, **body}


def _credentials(world: World, role: str) -> Body:
    account = world.accounts.get(role, {"email": "nobody@elsewhere.example", "password": "not the password"})
    return {"email": account["email"], "password": account["password"], "name": "another", "days": 1}


def _days(**more: str) -> dict[str, Any]:
    today = timezone.now()
    return {
        name: (today + timedelta(days=number)).date().isoformat() for name, number in (("starts_on", 0), ("ends_on", 9))
    } | more


def _call(world: World, _role: str) -> Body:
    now = timezone.now()
    story = told("call")
    said = {name: story[name] for name in ("title", "mode", "summary", "terms")}
    times = {"opens_at": now.isoformat(), "closes_at": (now + timedelta(days=9)).isoformat()}
    return {**said, **times, "pool": world.made["pool"], "max_amount": 3600}


def _wish(world: World, _role: str) -> Body:
    return {"title": "Changed", "amount": 3600, "months": 2, "answers": told("application")["answers"]}


def _application(world: World, role: str) -> Body:
    return {**_wish(world, role), "call": world.made["call"], "organisation": world.made["organisation"]}


def _version(world: World, role: str) -> Body:
    who = world.accounts.get(role, {"id": "anonymous"})["id"]
    stored = blobs().put(iter([b"a,b\n1,2\n"]))
    proof = receipt(who, stored, "train.csv", world.made["project"])
    return {"files": [{"path": "train.csv", "split": "train", "receipt": proof}], "note": "another"}


def _run(world: World, _role: str) -> Body:
    inputs = {"train": {"version": world.made["dataset_version"], "split": "train"}}
    return {**naming("project", "allocation")(world, _role), "inputs": inputs, **told("run")}


def pending(world: World) -> None:
    Contract.objects.filter(uid=world.made["contract_training"]).update(state=Contract.State.PENDING)


def running(world: World) -> None:
    Job.objects.filter(uid=world.made["job"]).update(state="running", ended_at=None)


def only_registered(world: World) -> None:
    ModelVersion.objects.filter(uid=world.made["model_version"]).update(state=ModelVersion.State.REGISTERED)


def _member(world: World, _role: str) -> Body:
    return {"email": world.accounts["stranger"]["email"], "role": "member"}


SENT: dict[str, Sent] = {
    "register_person": Sent(
        always(email="new@elsewhere.example", password="four words in a row", name="New", language="en")
    ),
    "issue_token": Sent(_credentials),
    "revoke_token": Sent(at={"token": "token"}),
    "appoint_person": Sent(lambda world, _role: {**_member(world, _role), "role": "auditor"}),
    "register_organisation": Sent(always(**told("company"))),
    "open_pool": Sent(
        lambda world, role: {
            **naming("cluster")(world, role),
            **_days(title="Another", unit="core-seconds"),
            "capacity": 10,
        }
    ),
    "add_member": Sent(_member),
    "open_call": Sent(_call),
    "start_application": Sent(_application),
    "save_application": Sent(_wish, {"application": "application_draft"}),
    "submit_application": Sent(at={"application": "application_draft"}),
    "withdraw_application": Sent(at={"application": "application_submitted"}),
    "assess_application": Sent(always(verdict="fail", comment="No."), {"application": "application_submitted"}),
    "award": Sent(at={"application": "application_assessed"}),
    "decline": Sent(always(reason="Not now."), {"application": "application_submitted"}),
    "create_dataset": Sent(naming("project", **{**told("dataset"), "name": "another"})),
    "edit_dataset": Sent(always(**{name: said for name, said in told("dataset").items() if name != "name"})),
    "publish_version": Sent(_version),
    "agree_contract": Sent(
        lambda world, _role: {
            "version": world.made["dataset_version"],
            "project": world.made["project"],
            "purpose": "training",
        }
    ),
    "get_contract": Sent(at={"contract": "contract_training"}),
    "approve_contract": Sent(at={"contract": "contract_training"}, before=pending),
    "decline_contract": Sent(at={"contract": "contract_training"}, before=pending),
    "compare_runs": Sent(query={"run": "run"}),
    "register_cluster": Sent(always(name="another", title="Another", kind="local")),
    "submit_job": Sent(naming("project", "allocation", title="A job", executable="true", duration=60)),
    "cancel_job": Sent(before=running),
    "start_run": Sent(_run),
    "cancel_run": Sent(before=running),
    "register_model": Sent(naming("project", "run", **told("model"))),
    "promote_model": Sent(always(reason="It is good."), before=only_registered),
    "retire_model": Sent(always(reason="It is old.")),
    "commit_thresholds": Sent(naming("project", **told("thresholds"))),
    "start_evaluation": Sent(naming("model_version", "dataset_version", "thresholds", "allocation")),
    "classify_model": Sent(naming("model", answers=told("classification"))),
    "declare_item": Sent(
        lambda world, _role: {"model": world.made["model"], "item": next(iter(told("declarations"))), "text": "So."}
    ),
    "write_technical_file": Sent(naming("model_version")),
    "export_evidence": Sent(naming("project")),
    "open_endpoint": Sent(naming("project", "model_version", name="third-reader")),
    "issue_key": Sent(always(name="another", days=3)),
}
