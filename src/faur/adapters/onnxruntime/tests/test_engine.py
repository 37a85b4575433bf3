"""The engine answers once it has started, comes back when it dies, and never outlives its keeper."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest
from onnx import TensorProto

from faur.adapters.onnxruntime.engine import OnnxEngine
from faur.adapters.onnxruntime.tests.models import echo, inverse
from faur.services.serving.ports import Engine, EngineFailed, ServedModel


@pytest.fixture
async def engine() -> AsyncIterator[OnnxEngine]:
    engine = OnnxEngine()
    yield engine
    await engine.stop()


@pytest.fixture
def model(tmp_path: Path) -> ServedModel:
    return ServedModel("echo", echo(tmp_path / "echo", TensorProto.FLOAT))


async def answers(engine: Engine, name: str) -> bool:
    transport = httpx.AsyncHTTPTransport(uds=str(engine.socket(name)))
    async with httpx.AsyncClient(transport=transport, base_url="http://engine") as client:
        return (await client.get(f"/v2/models/{name}/ready")).status_code == 200


def workers() -> list[psutil.Process]:
    """The engines that this process keeps; it may have other children, ended ones among them, from other tests."""
    found = []
    for child in psutil.Process().children():
        with suppress(psutil.Error):
            if "faur.adapters.onnxruntime.worker" in child.cmdline():
                found.append(child)
    return found


def worker_of() -> psutil.Process:
    (worker,) = workers()
    return worker


async def test_it_answers_as_soon_as_it_has_started(engine: OnnxEngine, model: ServedModel) -> None:
    assert not engine.alive
    await engine.start([model])
    assert engine.alive
    assert await answers(engine, "echo")
    assert engine.socket("echo").parent.stat().st_mode & 0o077 == 0


async def test_starting_anew_serves_the_new_models_and_no_others(
    engine: OnnxEngine, model: ServedModel, tmp_path: Path
) -> None:
    await engine.start([model])
    await engine.start([ServedModel("inverse", inverse(tmp_path / "inverse"))])
    assert await answers(engine, "inverse")
    with pytest.raises(LookupError):
        engine.socket("echo")


async def test_a_stopped_engine_leaves_nothing(engine: OnnxEngine, model: ServedModel) -> None:
    await engine.start([model])
    socket, worker = engine.socket("echo"), worker_of()
    await engine.stop()
    await engine.stop()
    assert not engine.alive
    assert not socket.parent.exists()
    assert not worker.is_running()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not condition():
            await asyncio.sleep(0.01)


async def test_a_killed_engine_comes_back(engine: OnnxEngine, model: ServedModel) -> None:
    await engine.start([model])
    worker_of().kill()
    await until(lambda: not engine.alive)
    await until(lambda: engine.alive)
    assert await answers(engine, "echo")


async def test_an_engine_stopped_while_it_comes_back_leaves_nothing(engine: OnnxEngine, model: ServedModel) -> None:
    await engine.start([model])
    worker_of().kill()
    await until(lambda: not engine.alive)
    await until(lambda: bool(workers()))
    await engine.stop()
    assert not workers()


async def test_a_model_that_cannot_be_loaded_fails_with_its_reason(engine: OnnxEngine, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/model.onnx").write_bytes(b"not a model")
    for folder in ("broken", "missing"):
        with pytest.raises(EngineFailed, match="cannot be loaded"):
            await engine.start([ServedModel("bad", tmp_path / folder)])
    assert not engine.alive
    assert not workers()


def test_a_worker_ends_when_its_keeper_is_killed(model: ServedModel, tmp_path: Path) -> None:
    program = f"""
import asyncio, pathlib, psutil
from faur.adapters.onnxruntime.engine import OnnxEngine
from faur.services.serving.ports import ServedModel

async def keep():
    engine = OnnxEngine()
    await engine.start([ServedModel("echo", pathlib.Path({str(model.folder)!r}))])
    print(psutil.Process().children()[0].pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(keep())
"""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
    ) as keeper:
        assert keeper.stdout is not None
        worker = psutil.Process(int(keeper.stdout.readline()))
        keeper.kill()
    worker.wait(timeout=10)


def test_a_worker_holds_none_of_the_factorys_secrets(monkeypatch: pytest.MonkeyPatch, model: ServedModel) -> None:
    monkeypatch.setenv("FAUR_SECRET_KEY", "hush")

    async def environment() -> dict[str, str]:
        engine = OnnxEngine()
        await engine.start([model])
        try:
            return worker_of().environ()
        finally:
            await engine.stop()

    assert "FAUR_SECRET_KEY" not in asyncio.run(environment())


def test_the_engines_library_reports_nothing_to_its_maker(
    monkeypatch: pytest.MonkeyPatch, model: ServedModel, tmp_path: Path
) -> None:
    """Where it means to report, it first writes down a session of its own among the temporary files."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY")

    async def start_and_stop() -> None:
        engine = OnnxEngine()
        await engine.start([model])
        await engine.stop()

    asyncio.run(start_and_stop())
    assert not list(tmp_path.rglob("*.ses"))
