"""The engine's process: serves ONNX models over a unix socket, by the Open Inference Protocol v2.

`python -m faur.adapters.onnxruntime.worker --socket S --model NAME=FOLDER …` prints the line `ready` when it answers,
or a sentence why it cannot, and ends when its standard input does: an engine never outlives its keeper.
"""

import argparse
import asyncio
import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

import anyio.to_thread
import onnxruntime
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from faur import __version__
from faur.adapters.onnxruntime.tensors import DATATYPES, InferenceRefused, TensorForm, read_question, write_answer

LARGEST_BODY = 16 * 1024 * 1024
LONGEST_SENTENCE = 1000
GRACE_SECONDS = 5
PLATFORM = "onnxruntime_onnx"


class Model:
    """An ONNX model, loaded and ready."""

    def __init__(self, name: str, folder: Path) -> None:
        """Raises ValueError where it cannot be loaded, or takes tensors that the protocol's JSON cannot hold."""
        self.name = name
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            content = (folder / "model.onnx").read_bytes()
            self.session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's errors share no base of their own
            raise ValueError(f"The model '{name}' cannot be loaded: {error}") from None
        self.inputs = [_form(entry) for entry in self.session.get_inputs()]
        self.outputs = [_form(entry) for entry in self.session.get_outputs()]

    def described(self) -> dict[str, Any]:  # Any: JSON
        """The protocol's metadata of a model."""
        inputs, outputs = ([form.as_json() for form in forms] for forms in (self.inputs, self.outputs))
        return {"name": self.name, "versions": [], "platform": PLATFORM, "inputs": inputs, "outputs": outputs}

    def infer(self, body: bytes) -> bytes:
        """The answer to a request, both in JSON. Raises InferenceRefused."""
        question = read_question(body, self.inputs, self.outputs)
        try:
            arrays = self.session.run(question.wanted, question.feeds)
        except Exception as error:  # as above
            sentence = f"The model cannot answer this: {str(error).splitlines()[0][:300]}"
            raise InferenceRefused("inference.failed", sentence, HTTPStatus.UNPROCESSABLE_ENTITY) from None
        return write_answer(self.name, question, arrays, {form.name: form for form in self.outputs})


def make_application(models: Sequence[Model], threads: int) -> Starlette:
    """The protocol's routes over `models`; at most `threads` requests are computed at a time, on one core each."""
    application = Starlette(
        routes=[
            Route("/v2", _server),
            Route("/v2/health/live", _live),
            Route("/v2/health/ready", _ready),
            Route("/v2/models/{name}", _describe),
            Route("/v2/models/{name}/ready", _model_ready),
            Route("/v2/models/{name}/infer", _infer, methods=["POST"]),
        ],
        exception_handlers={InferenceRefused: _refused, HTTPException: _misdirected},
    )
    application.state.models = {model.name: model for model in models}
    application.state.limiter = anyio.CapacityLimiter(threads)
    return application


async def _server(_request: Request) -> Response:
    return JSONResponse({"name": "faur-onnxruntime", "version": __version__, "extensions": []})


async def _live(_request: Request) -> Response:
    return JSONResponse({"live": True})


async def _ready(_request: Request) -> Response:
    return JSONResponse({"ready": True})


async def _describe(request: Request) -> Response:
    return JSONResponse(_model(request).described())


async def _model_ready(request: Request) -> Response:
    return JSONResponse({"name": _model(request).name, "ready": True})


async def _infer(request: Request) -> Response:
    model, body = _model(request), await _body(request)
    answer = await anyio.to_thread.run_sync(model.infer, body, limiter=request.app.state.limiter)
    return Response(answer, media_type="application/json")


def _model(request: Request) -> Model:
    name, served = request.path_params["name"], request.app.state.models
    if name not in served:
        raise InferenceRefused("model.unknown", f"There is no model '{name}'.", HTTPStatus.NOT_FOUND)
    model: Model = served[name]
    return model


async def _body(request: Request) -> bytes:
    taken = bytearray()
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > LARGEST_BODY:
            sentence = f"A request may have {LARGEST_BODY} bytes at most."
            raise InferenceRefused("inference.too_large", sentence, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return bytes(taken)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, InferenceRefused)  # noqa: S101 - Starlette hands over what was registered
    told = json.dumps({"error": error.sentence[:LONGEST_SENTENCE], "code": error.code})  # escapes half characters
    return Response(told, status_code=error.status, media_type="application/json")


async def _misdirected(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    return JSONResponse({"error": error.detail, "code": "request.unknown"}, status_code=error.status_code)


def _form(entry: onnxruntime.NodeArg) -> TensorForm:
    if entry.type not in DATATYPES:
        raise ValueError(f"'{entry.name}' is of type {entry.type}, which cannot be sent as JSON.")
    return TensorForm(entry.name, DATATYPES[entry.type], tuple(n if isinstance(n, int) else -1 for n in entry.shape))


class _Server(uvicorn.Server):
    """Says `ready` as soon as its socket takes connections."""

    async def startup(self, sockets: Any = None) -> None:  # Any: uvicorn's own signature
        await super().startup(sockets)
        _say("ready")


def _say(line: str) -> None:
    """To the keeper, which may be no more."""
    with suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), line.replace("\n", " ").encode() + b"\n")


def _when_input_ends(then: Callable[[], None]) -> None:
    """Call `then`, in a thread of its own, when standard input ends: the keeper stopped the engine, or died."""

    def watch() -> None:
        sys.stdin.buffer.read()
        then()

    threading.Thread(target=watch, name="keeper", daemon=True).start()


async def _serve(models: Sequence[Model], socket: Path, threads: int) -> None:
    config = uvicorn.Config(
        make_application(models, threads),
        uds=str(socket),
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config)
    _when_input_ends(lambda: setattr(server, "should_exit", True))
    await server.serve()


def main(arguments: Sequence[str]) -> int:
    """Serve until standard input ends; the exit status."""
    parser = argparse.ArgumentParser(prog="worker")
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--model", action="append", required=True, metavar="NAME=FOLDER")
    parser.add_argument("--threads", type=int, default=1, choices=[1, 2])
    chosen = parser.parse_args(arguments)
    named = (entry.partition("=") for entry in chosen.model)
    try:
        models = [Model(name, Path(folder)) for name, _, folder in named]
    except ValueError as error:
        _say(str(error))
        return 1
    try:
        asyncio.run(_serve(models, chosen.socket, chosen.threads))
    except OSError as error:  # for one, its folder is gone: the keeper was killed, and the next one swept
        _say(f"The engine cannot listen: {error.strerror or error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
