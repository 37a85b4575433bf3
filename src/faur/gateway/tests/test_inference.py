"""Predictions with a key: who gets one, what is counted, and what happens when an engine dies."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
import uvicorn

from faur.gateway.app import make_application
from faur.kernel import clock
from faur.kernel.config import config
from faur.kernel.record import latest
from faur.kernel.wiring import wire
from faur.services.models.tests.world import classifier
from faur.services.serving.actions.keys import issue_key, revoke_key
from faur.services.serving.actions.stop_endpoint import stop_endpoint
from faur.services.serving.models import Endpoint, Key, UsageWindow
from faur.services.serving.ports import EngineKind
from faur.services.serving.queries import usage_in_all
from faur.services.serving.tests.world import opened, promoted
from faur.services.training.tests.conftest import live_version
from faur.site.wiring import onnx_runtime

__all__ = ["live_version"]

ROWS = {"inputs": [{"name": "input", "shape": [2, 2], "datatype": "FP32", "data": [50.0, 1.0, 10.0, 1.0]}]}
INFER = "/v2/models/second-reader/infer"


async def _nothing(scope, receive, send):
    """What lies behind the gateway in these tests."""
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def server(live_world, tmp_path, monkeypatch) -> Iterator[httpx.Client]:
    """A client of a gateway that runs in a thread, as in a factory."""
    monkeypatch.setattr(config(), "home", tmp_path / "home")
    wire(EngineKind, onnx_runtime(), "onnx")
    running = uvicorn.Server(
        uvicorn.Config(make_application(behind=_nothing), port=0, log_config=None, lifespan="on", loop="asyncio")
    )
    thread = threading.Thread(target=running.run)
    thread.start()
    try:
        wait_for(lambda: running.started or not thread.is_alive())
        port = running.servers[0].sockets[0].getsockname()[1]
        yield httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)
    finally:
        running.should_exit = True
        thread.join(timeout=30)


@pytest.fixture
def endpoint(live_world, live_version):
    return opened(live_world, promoted(live_world, live_version))


def wait_for(check, seconds=30.0):
    until = time.monotonic() + seconds
    while not (found := check()):
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
    return found


def ready(endpoint):
    wait_for(lambda: Endpoint.objects.get(pk=endpoint.pk).state == "ready")


def bearer(secret):
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def key(live_world, endpoint):
    return issue_key(live_world.lead, endpoint, name="tests", days=30)


def test_a_key_opens_its_endpoint_and_the_answer_names_the_model(server, live_world, endpoint, key):
    ready(endpoint)
    answer = server.post(INFER, json=ROWS, headers=bearer(key[1]))
    assert answer.status_code == 200, answer.text
    outputs = {output["name"]: output["data"] for output in answer.json()["outputs"]}
    assert outputs["label"] == ["malignant", "benign"]
    assert answer.headers["Faur-Model-Digest"] == endpoint.model_version.manifest
    assert answer.headers["Faur-Endpoint"] == endpoint.uid
    assert server.get("/v2/models/second-reader", headers=bearer(key[1])).json()["inputs"][0]["name"] == "input"
    assert server.get("/v2/models/second-reader/ready", headers=bearer(key[1])).json()["ready"] is True
    seen = latest(live_world.project.uid, "serving.endpoint_ready")
    assert (seen.actor_uid, seen.claims["manifest"]) == ("system", endpoint.model_version.manifest)
    assert seen.claims["engine"]["protocol"] == "KServe Open Inference Protocol v2"


def test_requests_are_counted_once_by_rows_and_failures(server, endpoint, key):
    ready(endpoint)
    for _ in range(3):
        server.post(INFER, json=ROWS, headers=bearer(key[1]))
    for bad in (b"", b"{", b'{"inputs": []}', b'{"inputs": [{"name": "x"}]}', b"[" * 5000, b"\xff"):
        refused = server.post(INFER, content=bad, headers=bearer(key[1]))
        assert 400 <= refused.status_code < 500, (bad, refused.text)
    wait_for(lambda: usage_in_all(endpoint)["requests"] == 9)
    assert usage_in_all(endpoint) == {"requests": 9, "rows": 6, "errors": 6, "keys": 1}
    time.sleep(1.2)
    assert usage_in_all(endpoint)["requests"] == 9
    assert not UsageWindow.objects.exclude(minute__gte=clock.now() - timedelta(minutes=2)).exists()


def test_what_opens_nothing_is_refused_in_words(server, live_world, endpoint, key):
    ready(endpoint)
    other = opened(live_world, endpoint.model_version, "other-reader")
    foreign = issue_key(live_world.lead, other, name="x", days=1)[1]
    spent = issue_key(live_world.lead, endpoint, name="x", days=1)
    Key.objects.filter(pk=spent[0].pk).update(expires_at=clock.now())
    for headers, status, code in (
        ({}, 401, "key.unknown"),
        (bearer("faur_key_nonsense"), 401, "key.unknown"),
        ({"Authorization": "Basic x"}, 401, "key.unknown"),
        (bearer(foreign), 404, "endpoint.unknown"),
        (bearer(spent[1]), 401, "key.expired"),
    ):
        answer = server.post(INFER, json=ROWS, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.json()["error"] == answer.json()["title"]
        assert answer.json()["hint"]
    assert server.post("/v2/models/nothing/infer", json=ROWS, headers=bearer(key[1])).status_code == 404


def test_a_revoked_key_opens_nothing_after_a_second(server, live_world, endpoint, key):
    ready(endpoint)
    assert server.post(INFER, json=ROWS, headers=bearer(key[1])).status_code == 200
    revoke_key(live_world.lead, key[0])
    time.sleep(1.0)
    refused = server.post(INFER, json=ROWS, headers=bearer(key[1]))
    assert (refused.status_code, refused.json()["code"]) == (401, "key.revoked")


def test_a_key_of_this_second_opens_at_once(server, live_world, endpoint):
    ready(endpoint)
    for number in range(20):
        server.post(INFER, json=ROWS, headers=bearer("faur_key_nonsense"))  # the gateway looked a moment ago
        secret = issue_key(live_world.lead, endpoint, name=f"new {number}", days=1)[1]
        assert server.post(INFER, json=ROWS, headers=bearer(secret)).status_code == 200


def test_a_stopped_endpoint_answers_no_more_and_frees_its_name(server, live_world, live_version, endpoint, key):
    ready(endpoint)
    stop_endpoint(live_world.lead, endpoint)
    wait_for(lambda: server.post(INFER, json=ROWS, headers=bearer(key[1])).status_code == 401, seconds=2)
    again = opened(live_world, promoted(live_world, live_version, weights=classifier(bias=1.0)))
    secret = issue_key(live_world.lead, again, name="x", days=1)[1]
    ready(again)
    answer = server.post(INFER, json=ROWS, headers=bearer(secret))
    assert answer.headers["Faur-Model-Digest"] == again.model_version.manifest != endpoint.model_version.manifest


def test_an_engine_that_dies_says_to_come_back_and_comes_back(server, endpoint, key):
    ready(endpoint)
    assert server.post(INFER, json=ROWS, headers=bearer(key[1])).status_code == 200
    os.kill(engine_of(os.getpid()), signal.SIGKILL)
    away = wait_for(lambda: (got := server.post(INFER, json=ROWS, headers=bearer(key[1]))).status_code == 503 and got)
    assert (away.json()["code"], away.json()["transient"]) == ("endpoint.not_ready", True)
    assert int(away.headers["Retry-After"]) > 0
    wait_for(lambda: server.post(INFER, json=ROWS, headers=bearer(key[1])).status_code == 200)
    assert Endpoint.objects.get(pk=endpoint.pk).state == "ready"


def test_bytes_that_no_engine_loads_end_as_an_error_with_its_reason(server, live_world, live_version, endpoint, key):
    ready(endpoint)
    broken = opened(live_world, promoted(live_world, live_version, weights=b"no model"), "broken-reader")
    wait_for(lambda: Endpoint.objects.get(pk=broken.pk).state == "error")
    assert Endpoint.objects.get(pk=broken.pk).message
    secret = issue_key(live_world.lead, broken, name="x", days=1)[1]
    assert server.post("/v2/models/broken-reader/infer", json=ROWS, headers=bearer(secret)).status_code == 503
    assert server.post(INFER, json=ROWS, headers=bearer(key[1])).status_code == 200


def test_a_format_that_nothing_serves_holds_up_no_other_endpoint(server, live_world, live_version, endpoint, key):
    odd = promoted(live_world, live_version, weights=classifier(bias=2.0))
    type(odd).objects.filter(pk=odd.pk).update(format="unheard-of")
    strange = opened(live_world, odd, "strange-reader")
    wait_for(lambda: Endpoint.objects.get(pk=strange.pk).state == "error")
    ready(endpoint)
    assert server.post(INFER, json=ROWS, headers=bearer(key[1])).status_code == 200


def test_a_request_that_is_too_large_is_refused(server, endpoint, key):
    ready(endpoint)
    answer = server.post(INFER, content=b" " * (16 * 1024 * 1024 + 1), headers=bearer(key[1]))
    assert (answer.status_code, answer.json()["code"]) == (413, "inference.too_large")


def test_the_gateway_says_that_it_lives_and_is_ready(server):
    assert server.get("/v2").json()["name"] == "faur"
    assert server.get("/v2/health/live").json() == {"live": True}
    wait_for(lambda: server.get("/v2/health/ready").status_code == 200)
    wrong = server.delete("/v2/models/x/infer")
    assert wrong.status_code == 405


def engine_of(pid):
    """The process of the one engine of this process."""
    found = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=True)
    engines = [line.split()[0] for line in found.stdout.splitlines() if "onnxruntime.worker" in line]
    assert len(engines) == 1, found.stdout
    return int(engines[0])
