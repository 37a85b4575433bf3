"""A walked factory as its users see it: answers over HTTP, each to somebody with a token, and nothing else."""

import io
import time
from collections.abc import Collection, Mapping
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq

from faur.cli.road.road import told
from tests.journeys.people import World

Json = dict[str, Any]
ON_ITS_WAY = frozenset(
    {"checking", "created", "submitted", "pending", "running", "completing", "screening", "writing", "starting"}
)
TRACES = ("Traceback", 'File "', "site-packages", "Error:", "Exception")
FREE_POLICY = {"permissions": ["training", "evaluation"], "prohibitions": [], "requires_approval": False}


def caller(world: World, role: str) -> httpx.Client:
    """Somebody's way to the API; `nobody` comes without a token."""
    headers = {"Authorization": f"Bearer {world.token(role)}"} if role != "nobody" else {}
    return httpx.Client(base_url=f"{world.walked.url}/api/v1", headers=headers, timeout=60)


def refused(answer: httpx.Response, status: int) -> str:
    """The code of a refusal, which is a problem in plain words and shows nothing of the program."""
    assert answer.status_code == status, answer.text[:1000]
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    problem = answer.json()
    assert_plain(problem["title"])
    assert not [trace for trace in TRACES if trace in answer.text]
    assert problem["type"] == f"urn:faur:problem:{problem['code']}"
    return str(problem["code"])


def assert_plain(sentence: str) -> None:
    """It says something, on lines that can be shown, and is not what a program says to programmers."""
    assert len(sentence) > 10
    assert sentence.isprintable(), repr(sentence)
    assert not [trace for trace in TRACES if trace in sentence], sentence


def made(answer: httpx.Response) -> Json:
    assert answer.status_code == 201, answer.text[:1000]
    document: Json = answer.json()
    return document


def until_ended(api: httpx.Client, path: str, *, seconds: float = 90, also: Collection[str] = ()) -> Json:
    """The thing once it is in none of the states in which it goes on by itself."""
    until = time.monotonic() + seconds
    while True:
        thing: Json = api.get(path).json()
        if thing["state"] not in ON_ITS_WAY - set(also):
            return thing
        assert time.monotonic() < until, f"{path} is still {thing['state']}"
        time.sleep(0.1)


def account(api: httpx.Client, allocation: str) -> Json:
    """The ledger's word on an allocation."""
    document: Json = api.get(f"/allocations/{allocation}").json()
    return document


def parquet(columns: Mapping[str, Any]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), file)
    return file.getvalue()


def new_dataset(api: httpx.Client, project: str, name: str) -> str:
    body = {**told("dataset"), "project": project, "name": name, "policy": FREE_POLICY}
    return str(made(api.post("/datasets", json=body))["id"])


def uploaded(api: httpx.Client, project: str, content: bytes, filename: str = "file") -> str:
    """The receipt of an upload."""
    answer = api.put("/bytes", params={"project": project, "filename": filename}, content=content)
    return str(made(answer)["receipt"])


def submitted_version(api: httpx.Client, dataset: str, path: str, receipt: str, *, split: str = "train") -> str:
    files = [{"path": path, "split": split, "receipt": receipt}]
    return str(made(api.post(f"/datasets/{dataset}/versions", json={"files": files}))["id"])


def agreed(api: httpx.Client, project: str, version: str, purpose: str = "training") -> None:
    made(api.post("/contracts", json={"version": version, "project": project, "purpose": purpose}))
