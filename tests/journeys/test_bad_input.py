"""Whatever a user gets wrong ends in a plain sentence, a stable code, nothing half written, and a released ledger."""

import secrets
from collections.abc import Mapping
from typing import Any

import httpx
import numpy as np
import pytest

from tests.journeys import users
from tests.journeys.people import World
from tests.journeys.users import (
    account,
    agreed,
    caller,
    made,
    new_dataset,
    parquet,
    refused,
    submitted_version,
    until_ended,
    uploaded,
)

pytestmark = pytest.mark.road

ROWS = 60
X = np.random.default_rng(20261128).normal(size=ROWS)
CLASSES = ["a" if row % 2 else "b" for row in range(ROWS)]
EVERY_THIRD = np.arange(ROWS) % 3 == 0
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def engineer(world: World) -> httpx.Client:
    return caller(world, "engineer")


@pytest.fixture(scope="module")
def dataset(world: World, engineer: httpx.Client) -> str:
    return new_dataset(engineer, world.made["project"], f"bad-input-{secrets.token_hex(4)}")


# Files that nobody can read.

FILES: dict[str, tuple[bytes, str]] = {
    "empty.csv": (b"", "data.empty"),
    "only-a-header.csv": (b"x,t\n", "data.empty"),
    "noise.parquet": (secrets.token_bytes(5000), "data.unreadable"),
    "broken-off.parquet": (parquet({"x": X, "t": CLASSES})[:-100], "data.unreadable"),
    "ragged.csv": (b"x,t\n1,a\n2\n", "data.unreadable"),
    "latin.csv": (b"x,t\n1,\xe9\n", "data.unreadable"),
    "same-twice.csv": (b"x,x\n1,2\n", "data.duplicate_column"),
    "unpacks-to-much.csv.gz": (b"\x1f\x8b" + bytes(100), "data.unreadable"),
}


@pytest.fixture(scope="module")
def looked_into(world: World, engineer: httpx.Client, dataset: str) -> Mapping[str, dict[str, Any]]:
    """Every file published as a version of its own, and what became of it."""
    started = {
        name: submitted_version(engineer, dataset, name, uploaded(engineer, world.made["project"], content, name))
        for name, (content, _code) in FILES.items()
    }
    return {name: until_ended(engineer, f"/dataset-versions/{uid}") for name, uid in started.items()}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_used_is_refused_by_name(looked_into: Mapping[str, dict[str, Any]], name: str) -> None:
    version = looked_into[name]
    assert (version["state"], version["refusal_code"]) == ("refused", FILES[name][1])
    assert name in version["refusal"]
    users.assert_plain(version["refusal"])


def test_a_refused_version_stands_in_the_record_and_can_be_used_for_nothing(
    world: World, engineer: httpx.Client, looked_into: Mapping[str, dict[str, Any]]
) -> None:
    version, project = looked_into["ragged.csv"]["id"], world.made["project"]
    agree = {"version": version, "project": project, "purpose": "training"}
    assert refused(engineer.post("/contracts", json=agree), 409) == "dataset.not_published"
    entries = engineer.get(f"/projects/{project}/record", params={"verb": "data.refuse_version", "size": 200}).json()
    assert version in [entry["claims"]["dataset_version"] for entry in entries["items"]]


# Data that a recipe cannot learn from.

TABLES: dict[str, bytes] = {
    "good": parquet({"x": X, "t": CLASSES}),
    "one class": parquet({"x": X, "t": ["a"] * ROWS}),
    "a target that is missing": parquet({"x": X, "t": [None] * 20 + CLASSES[20:]}),
    "an infinite target": parquet({"x": X, "t": np.where(EVERY_THIRD, np.inf, X)}),
    "infinite features": parquet({"x": np.where(EVERY_THIRD, np.inf, X), "t": CLASSES}),
    "missing features": parquet({"x": np.where(EVERY_THIRD, np.nan, X), "t": CLASSES}),
}
REFUSED_RUNS = ("a target that is missing", "an infinite target", "infinite features")


@pytest.fixture(scope="module")
def versions(world: World, engineer: httpx.Client, dataset: str) -> Mapping[str, str]:
    """Each table, published and under contract for training."""
    project = world.made["project"]
    started = {
        name: submitted_version(engineer, dataset, "train.parquet", uploaded(engineer, project, content))
        for name, content in TABLES.items()
    }
    for uid in started.values():
        assert until_ended(engineer, f"/dataset-versions/{uid}")["state"] == "published"
        agreed(engineer, project, uid)
    return started


def start(world: World, engineer: httpx.Client, version: str, **changed: object) -> httpx.Response:
    """Ask for a run on this version; `changed` are parameters."""
    parameters = {"target": "t", "family": "logistic_regression", "folds": 3, "time_budget_s": 30, **changed}
    recipe = "tabular-regression" if changed.get("family") == "ridge" else "tabular-classification"
    body = {name: world.made[name] for name in ("project", "allocation")}
    inputs = {"train": {"version": version, "split": "train"}}
    return engineer.post("/runs", json={**body, "recipe": recipe, "inputs": inputs, "parameters": parameters})


@pytest.fixture(scope="module")
def runs(world: World, engineer: httpx.Client, versions: Mapping[str, str]) -> Mapping[str, dict[str, Any]]:
    started = {
        name: made(start(world, engineer, versions[name], **({"family": "ridge"} if name == REFUSED_RUNS[1] else {})))
        for name in (*REFUSED_RUNS, "missing features")
    }
    return {name: until_ended(engineer, f"/runs/{run['id']}") for name, run in started.items()}


@pytest.mark.parametrize("name", REFUSED_RUNS)
def test_what_nothing_can_be_learnt_from_is_refused_by_the_recipe(
    runs: Mapping[str, dict[str, Any]], name: str
) -> None:
    run = runs[name]
    assert (run["state"], run["refusal"]["code"]) == ("failed", "data.not_finite")
    users.assert_plain(run["refusal"]["sentence"])


def test_missing_features_are_no_mistake(runs: Mapping[str, dict[str, Any]]) -> None:
    assert runs["missing features"]["state"] == "completed"


def test_a_model_can_be_made_of_no_run_that_failed(
    world: World, engineer: httpx.Client, runs: Mapping[str, dict[str, Any]]
) -> None:
    body = {"project": world.made["project"], "run": runs["infinite features"]["id"], "name": "of-nothing"}
    answer = engineer.post("/models", json={**body, "title": "Of nothing", "intended_purpose": "None."})
    assert refused(answer, 409).startswith("model.")


def test_a_target_with_one_class_is_refused_before_anything_is_held(
    world: World, engineer: httpx.Client, versions: Mapping[str, str]
) -> None:
    assert refused(start(world, engineer, versions["one class"]), 422) == "data.single_class"


def test_a_column_that_is_not_there_is_named(world: World, engineer: httpx.Client, versions: Mapping[str, str]) -> None:
    answer = start(world, engineer, versions["good"], target="diagnosis")
    assert refused(answer, 422) == "data.column_missing"
    assert "diagnosis" in answer.json()["fields"]["parameters.target"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("folds", 1),
        ("folds", 10**30),
        ("folds", "3"),
        ("folds", 2.5),
        ("folds", None),
        ("seed", -1),
        ("family", "magic"),
        ("time_budget_s", 0),
        ("unheard_of", 1),
    ],
)
def test_a_parameter_that_the_recipe_does_not_take_is_named(
    world: World, engineer: httpx.Client, versions: Mapping[str, str], name: str, value: object
) -> None:
    answer = start(world, engineer, versions["good"], **{name: value})
    assert refused(answer, 422) == "recipe.parameters_invalid"
    assert list(answer.json()["fields"]) == [name]


def test_an_evaluation_on_other_columns_ends_with_a_code_and_no_verdict(
    world: World, engineer: httpx.Client, dataset: str
) -> None:
    project = world.made["project"]
    receipt = uploaded(engineer, project, TABLES["good"])
    version = submitted_version(engineer, dataset, "test.parquet", receipt, split="test")
    assert until_ended(engineer, f"/dataset-versions/{version}")["state"] == "published"
    agreed(engineer, project, version, "evaluation")
    names = ("model_version", "thresholds", "allocation")
    body = {**{name: world.made[name] for name in names}, "dataset_version": version}
    evaluation = until_ended(engineer, f"/evaluations/{made(engineer.post('/evaluations', json=body))['id']}")
    assert (evaluation["state"], evaluation["results"]) == ("error", [])
    assert evaluation["code"].startswith("data.")
    users.assert_plain(evaluation["message"])


# Jobs that misbehave. The sandbox and the limits of the job hold them, never the machine.

FILLS = "import os\nfile = open(os.environ['FAUR_OUTPUTS'] + '/large', 'wb')\nwhile True: file.write(bytes(1 << 20))"
DEAF = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('begun', flush=True)\ntime.sleep(120)"
JOBS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "writes ten gigabytes": (FILLS, {}, "failed", "job.disk_exceeded"),
    "forks for ever": ("import os\nwhile True: os.fork()", {}, "failed", "job.too_many_processes"),
    "sleeps past its time": ("import time\ntime.sleep(120)", {"duration": 1}, "timeout", "job.wall_time"),
    "eats memory": ("x = []\nwhile True: x.append(bytearray(4 << 20))", {}, "out_of_memory", "job.out_of_memory"),
    "ignores SIGTERM": (DEAF, {}, "cancelled", "job.cancelled"),
    "fails": ("raise SystemExit(3)", {}, "failed", "job.exit_code"),
}
BOUNDS = {"cores": 1, "memory": 256 * MIB, "disk": 16 * MIB, "max_processes": 20}


def order(world: World, code: str, **changed: Any) -> dict[str, Any]:
    body = {name: world.made[name] for name in ("project", "allocation")}
    arguments = {"executable": "python3", "arguments": ["-c", code], "resources": BOUNDS, "duration": 60}
    return {**body, "title": "Bad input", **arguments, **changed}


@pytest.fixture(scope="module")
def jobs(world: World, engineer: httpx.Client) -> Mapping[str, dict[str, Any]]:
    """All of them at once, and how each ended; the deaf one is cancelled when it has begun not to listen."""
    started = {
        name: made(engineer.post("/jobs", json=order(world, code, **changed)))["id"]
        for name, (code, changed, _state, _reason) in JOBS.items()
    }
    deaf = f"/jobs/{started['ignores SIGTERM']}"
    until_ended(engineer, deaf, also={"running"})
    while "begun" not in engineer.get(f"{deaf}/log").text:
        assert engineer.get(deaf).json()["state"] == "running"
    assert engineer.post(f"{deaf}/cancel").status_code == 200
    assert refused(engineer.post(f"{deaf}/cancel"), 409) == "job.ending"
    return {name: until_ended(engineer, f"/jobs/{uid}") for name, uid in started.items()}


@pytest.mark.parametrize("name", JOBS)
def test_a_job_that_misbehaves_is_ended_and_told_why(jobs: Mapping[str, dict[str, Any]], name: str) -> None:
    job = jobs[name]
    assert (job["state"], job["reason"]) == JOBS[name][2:]
    users.assert_plain(job["explanation"])
    users.assert_plain(job["hint"])
    assert 0 < job["used"] <= job["held"]


def test_of_a_job_that_wrote_too_much_nothing_is_kept(
    engineer: httpx.Client, jobs: Mapping[str, dict[str, Any]]
) -> None:
    outputs = engineer.get(f"/jobs/{jobs['writes ten gigabytes']['id']}/outputs").json()["items"]
    assert [file["path"] for file in outputs if file["path"].startswith("out/")] == []


def test_an_ended_job_cannot_be_cancelled(engineer: httpx.Client, jobs: Mapping[str, dict[str, Any]]) -> None:
    assert refused(engineer.post(f"/jobs/{jobs['fails']['id']}/cancel"), 409) == "job.ended"


def test_an_allocation_that_is_too_small_holds_nothing(world: World, engineer: httpx.Client) -> None:
    before = account(engineer, world.made["allocation"])
    answer = engineer.post("/jobs", json=order(world, "pass", duration=30 * 24 * 3600))
    assert refused(answer, 409) == "allocation.exhausted"
    assert account(engineer, world.made["allocation"]) == before


@pytest.mark.usefixtures("jobs", "runs")
def test_after_all_that_the_ledger_is_released(world: World, engineer: httpx.Client) -> None:
    allocation = account(engineer, world.made["allocation"])
    assert allocation["held"] == 0
    assert allocation["balance"] == allocation["free"] == allocation["amount"] - allocation["used"]
