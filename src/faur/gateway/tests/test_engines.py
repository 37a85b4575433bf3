"""Each wanted endpoint has an engine, whatever fails on the way; what cannot be served says so once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from django.db import OperationalError

from faur.gateway import engines as engines_module
from faur.gateway import served
from faur.gateway.database import in_database
from faur.gateway.engines import Engines
from faur.gateway.model_files import model_folder
from faur.kernel.blobs import BlobNotFound, blobs
from faur.kernel.config import config
from faur.kernel.record import entries_about
from faur.kernel.wiring import wire
from faur.services.serving.actions.stop_endpoint import stop_endpoint
from faur.services.serving.hot import EndpointNotReady, Entrance
from faur.services.serving.models import Endpoint, UsageWindow
from faur.services.serving.ports import EngineFailed, EngineKind, ServedModel
from faur.services.serving.tests.world import opened, promoted
from faur.services.training.tests.conftest import live_version

__all__ = ["live_version"]
STARTS = Exception | Awaitable[None] | None


class Scripted:
    """An engine whose starts go as they are told, one after the other; the last one again and again."""

    def __init__(self, *starts: STARTS) -> None:
        self._starts = list(starts)
        self.started = self.stopped = 0
        self.alive = False

    async def start(self, models: Sequence[ServedModel]) -> None:
        self.started += 1
        step = self._starts.pop(0) if len(self._starts) > 1 else self._starts[0]
        if isinstance(step, Exception):
            raise step
        if step is not None:
            await step
        assert all((model.folder / "model.onnx").exists() for model in models)
        self.alive = True

    async def stop(self) -> None:
        self.stopped += 1
        self.alive = False

    def socket(self, name: str) -> Path:
        return config().root / name


@pytest.fixture
def endpoint(live_world, live_version, tmp_path, monkeypatch) -> Endpoint:
    monkeypatch.setattr(config(), "home", tmp_path / "home")
    monkeypatch.setattr(engines_module, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(served, "FIRST_PAUSE", 0.05)
    return opened(live_world, promoted(live_world, live_version))


@pytest.fixture
async def gateway() -> AsyncIterator[Callable[[Scripted], Awaitable[Engines]]]:
    """Begins a gateway whose engine is this one, and ends it."""
    begun: list[Engines] = []

    async def begin(engine: Scripted) -> Engines:
        wire(EngineKind, EngineKind(make=lambda: engine, name="scripted", protocol="v2", hardware="none"), "onnx")
        begun.append(await Engines().__aenter__())
        return begun[0]

    yield begin
    for one in begun:
        await one.__aexit__(None, None, None)


async def until(holds: Callable[[], object]) -> None:
    """Wait until the tables say so."""
    async with asyncio.timeout(20):
        while not await in_database(holds):
            await asyncio.sleep(0.02)


def state_of(endpoint: Endpoint) -> str:
    return Endpoint.objects.get(pk=endpoint.pk).state


def said_of(endpoint: Endpoint) -> list[str]:
    return [entry.verb for entry in entries_about(endpoint.uid) if entry.verb.startswith("serving.endpoint_")]


async def test_an_endpoint_is_ready_when_its_engine_answers_and_that_is_recorded_once(endpoint, gateway):
    engine = Scripted(None)
    await gateway(engine)
    await until(lambda: state_of(endpoint) == "ready")
    await asyncio.sleep(0.3)
    assert await in_database(said_of, endpoint) == ["serving.endpoint_ready"]
    assert (engine.started, engine.stopped) == (1, 0)


async def test_a_model_that_no_engine_can_load_is_an_error_that_is_recorded_once(endpoint, gateway):
    engine = Scripted(EngineFailed("It is no model."))
    await gateway(engine)
    await until(lambda: state_of(endpoint) == "error")
    await asyncio.sleep(0.3)
    assert await in_database(said_of, endpoint) == ["serving.endpoint_failed"]
    assert (await in_database(lambda: Endpoint.objects.get(pk=endpoint.pk).message), engine.started) == (
        "It is no model.",
        1,
    )


async def test_a_model_whose_bytes_are_gone_is_an_error_in_words(endpoint, gateway):
    await in_database(lambda: [blobs().delete(file["digest"]) for file in endpoint.model_version.files])
    engine = Scripted(None)
    await gateway(engine)
    await until(lambda: state_of(endpoint) == "error")
    assert engine.started == 0


async def test_whatever_else_fails_is_tried_again(endpoint, gateway):
    engine = Scripted(OSError("no more processes"), RuntimeError("odd"), None)
    await gateway(engine)
    await until(lambda: state_of(endpoint) == "ready")
    assert engine.started == 3


async def test_an_answer_of_the_engine_is_written_down_when_the_database_is_back(endpoint, gateway, monkeypatch):
    away, note = iter([True, True]), served.note_ready

    def note_ready(*args: object) -> None:
        if next(away, False):
            raise OperationalError("away")
        note(*args)

    monkeypatch.setattr(served, "note_ready", note_ready)
    engine = Scripted(None)
    await gateway(engine)
    await until(lambda: state_of(endpoint) == "ready")
    assert engine.started == 1


async def test_an_endpoint_that_is_stopped_while_its_engine_starts_leaves_none(endpoint, gateway, live_world):
    never = asyncio.get_running_loop().create_future()
    engine = Scripted(never)
    engines = await gateway(engine)
    await until(lambda: engine.started)
    await in_database(stop_endpoint, live_world.lead, endpoint)
    await until(lambda: engine.stopped)
    assert not engines._served
    assert await in_database(said_of, endpoint) == []


async def test_the_end_of_the_gateway_is_the_end_of_its_engines(endpoint, gateway):
    engine = Scripted(None)
    engines = await gateway(engine)
    await until(lambda: state_of(endpoint) == "ready")
    await engines.__aexit__(None, None, None)
    assert not engine.alive


async def test_what_is_asked_before_the_engine_answers_is_told_to_wait(endpoint, gateway):
    engine = Scripted(asyncio.get_running_loop().create_future())
    engines = await gateway(engine)
    await until(lambda: engine.started)
    known = engines.doors.endpoints[endpoint.name]
    with pytest.raises(EndpointNotReady):
        await engines.forward(known, "POST", "/v2/models/x/infer", b"{}")


async def test_use_that_cannot_be_written_is_kept_and_written_once(endpoint, gateway, monkeypatch, live_world):
    from faur.kernel import clock
    from faur.services.serving.actions.keys import issue_key

    tries, write = [], engines_module.write_usage

    def write_usage(windows: list[UsageWindow]) -> None:
        tries.append(len(windows))
        if len(tries) == 1:
            raise OperationalError("away")
        write(windows)
        if len(tries) == 2:
            raise OperationalError("the answer was lost")

    monkeypatch.setattr(engines_module, "write_usage", write_usage)
    key, _secret = await in_database(issue_key, live_world.lead, endpoint, name="k", days=1)
    engines = await gateway(Scripted(None))
    for _ in range(3):
        engines.meter.count(Entrance(key.pk, endpoint.uid, clock.now(), revoked=False), rows=2, failed=False)
    await until(lambda: len(tries) == 3)
    await asyncio.sleep(0.2)
    assert tries == [1, 1, 1]
    windows = await in_database(lambda: list(UsageWindow.objects.values_list("requests", "rows", "errors")))
    assert windows == [(3, 6, 0)]


def test_a_models_files_appear_whole_or_not_at_all(endpoint):
    version = endpoint.model_version
    members = [(f"deep/{file['path']}", file["digest"]) for file in version.files]
    folder = model_folder(version.manifest, members)
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        path for path, _digest in members
    }
    with pytest.raises(BlobNotFound):
        model_folder(f"sha256:{'0' * 64}", [*members, ("lost", f"sha256:{'1' * 64}")])
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
