"""The worker answers the Open Inference Protocol v2 as it is written, and refuses all else in a sentence."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto
from sklearn.datasets import load_breast_cancer
from starlette.testclient import TestClient

from faur.adapters.onnxruntime import worker
from faur.adapters.onnxruntime.tests.models import cancer, echo, inverse
from faur.adapters.onnxruntime.worker import Model, make_application

KINDS = {
    "FP32": TensorProto.FLOAT,
    "FP64": TensorProto.DOUBLE,
    "INT32": TensorProto.INT32,
    "INT64": TensorProto.INT64,
    "BOOL": TensorProto.BOOL,
    "BYTES": TensorProto.STRING,
}
ROWS = load_breast_cancer().data


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("models")
    models = [Model(name.lower(), echo(folder / name, kind)) for name, kind in KINDS.items()]
    models += [Model("inverse", inverse(folder / "inverse")), Model("cancer", cancer(folder / "cancer"))]
    with TestClient(make_application(models, threads=2)) as client:
        yield client


def asked(client: TestClient, model: str, *inputs: dict[str, Any], **more: Any) -> Any:
    response = client.post(f"/v2/models/{model}/infer", json={"inputs": list(inputs)} | more)
    return response.json() | {"status": response.status_code}


def x(data: Any, shape: Any, datatype: str = "FP32", name: str = "x") -> dict[str, Any]:
    return {"name": name, "datatype": datatype, "shape": shape, "data": data}


def test_health_and_metadata(client: TestClient) -> None:
    assert client.get("/v2").json()["name"] == "faur-onnxruntime"
    assert client.get("/v2/health/live").json() == {"live": True}
    assert client.get("/v2/health/ready").json() == {"ready": True}
    assert client.get("/v2/models/fp32/ready").json() == {"name": "fp32", "ready": True}
    assert client.get("/v2/models/fp32").json() == {
        "name": "fp32",
        "versions": [],
        "platform": "onnxruntime_onnx",
        "inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 2]}],
        "outputs": [{"name": "y", "datatype": "FP32", "shape": [-1, 2]}],
    }


def test_a_real_model_answers_as_it_would_here(client: TestClient, tmp_path: Path) -> None:
    rows = ROWS[:5].astype(np.float32)
    question = x(rows.tolist(), [5, 30], name="X")
    answer = asked(client, "cancer", question, id="42")
    label, probabilities = Model("m", cancer(tmp_path / "m")).session.run(None, {"X": rows})
    assert (answer["model_name"], answer["id"]) == ("cancer", "42")
    assert [output["shape"] for output in answer["outputs"]] == [[5], [5, 2]]
    assert answer["outputs"][0]["data"] == label.tolist()
    assert answer["outputs"][1]["data"] == probabilities.ravel().tolist()


@pytest.mark.parametrize(
    ("datatype", "values"),
    [
        ("FP32", [0.5, -1, 2, 3]),
        ("FP64", [1e300, 0, 2, 3.25]),
        ("INT32", [1, -2, 3, 2**31 - 1]),
        ("INT64", [1, -2, 3, 2**63 - 1]),
        ("BOOL", [True, False, True, True]),
        ("BYTES", ["a", "", "ș", "d"]),
    ],
)
def test_every_datatype_comes_back_as_it_went(client: TestClient, datatype: str, values: list[Any]) -> None:
    for data in (values, [values[:2], values[2:]]):
        answer = asked(client, datatype.lower(), x(data, [2, 2], datatype))
        assert answer["outputs"] == [{"name": "y", "datatype": datatype, "shape": [2, 2], "data": values}]


def test_only_the_outputs_asked_for_are_answered(client: TestClient) -> None:
    question = x(ROWS[0].tolist(), [1, 30], name="X")
    answer = asked(client, "cancer", question, outputs=[{"name": "probabilities"}])
    assert [output["name"] for output in answer["outputs"]] == ["probabilities"]


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("unknown_input", [x([1, 2], [1, 2]), x([1, 2], [1, 2], name="z")]),
        ("unknown_input", [x([1, 2], [1, 2]), x([1, 2], [1, 2], name="long" * 100_000)]),
        ("missing_input", []),
        ("unreadable", [x([1, 2], [1, 2]), x([1, 2], [1, 2])]),
        ("unreadable", ["x"]),
        ("datatype", [x([1, 2], [1, 2], "FP64")]),
        ("datatype", [x([1, 2], [1, 2], None)]),
        ("shape", [x([1, 2], [2])]),
        ("shape", [x([1, 2, 3], [1, 3])]),
        ("shape", [x([1, 2, 3], [1, 2])]),
        ("shape", [x([[1, 2]], [2, 2])]),
        ("shape", [x([[1, 2], [3]], [2, 2])]),
        ("shape", [x([1, 2], [-1, 2])]),
        ("shape", [x([1, 2], [True, 2])]),
        ("shape", [x([1, 2], "wide")]),
        ("too_many_rows", [x([], [0, 2])]),
        ("too_many_rows", [x([], [10_001, 2])]),
        ("data", [x(["1", "2"], [1, 2])]),
        ("data", [x([True, False], [1, 2])]),
        ("data", [x([None, 1], [1, 2])]),
        ("data", [x({"a": 1}, [1, 2])]),
        ("not_finite", [x([1e39, 1], [1, 2])]),
    ],
)
def test_a_question_that_does_not_fit_is_refused(client: TestClient, code: str, question: list[Any]) -> None:
    answer = asked(client, "fp32", *question)
    assert (answer["status"], answer["code"]) == (400, f"inference.{code}")
    assert answer["error"]


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("unknown_input", b'{"inputs": [{"name": "half a character: \\ud800"}]}'),
        ("unreadable", b""),
        ("unreadable", b"{"),
        ("unreadable", b"[]"),
        ("unreadable", b"\xff\xfe\xff"),
        ("unreadable", b"[" * 100_000),
        ("unreadable", b'{"inputs": 7}'),
        ("not_finite", b'{"inputs":[{"name":"x","datatype":"FP32","shape":[1,2],"data":[NaN,1]}]}'),
        ("not_finite", b'{"inputs":[{"name":"x","datatype":"FP32","shape":[1,2],"data":[1e999,1]}]}'),
        ("data", b'{"inputs":[{"name":"x","datatype":"FP32","shape":[1,2],"data":[1' + b"0" * 400 + b",1]}]}"),
    ],
)
def test_a_body_that_is_no_question_is_refused(client: TestClient, code: str, body: bytes) -> None:
    response = client.post("/v2/models/fp32/infer", content=body)
    assert (response.status_code, response.json()["code"]) == (400, f"inference.{code}")


def test_an_integer_that_does_not_fit_is_refused(client: TestClient) -> None:
    for datatype, value in (("INT32", 2**31), ("INT64", 2**63), ("INT64", 0.5)):
        assert asked(client, datatype.lower(), x([value, 1], [1, 2], datatype))["code"] == "inference.data"


def test_an_answer_that_is_no_number_is_not_given(client: TestClient) -> None:
    answer = asked(client, "inverse", x([1.0, 0.0], [2]))
    assert (answer["status"], answer["code"]) == (422, "inference.answer_not_finite")


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    assert asked(client, "other")["code"] == "model.unknown"
    assert client.get("/v2/models/other").status_code == 404
    assert client.get("/elsewhere").json() == {"error": "Not Found", "code": "request.unknown"}
    assert client.get("/v2/models/fp32/infer").status_code == 405


def test_a_body_beyond_the_bound_is_refused(client: TestClient) -> None:
    response = client.post("/v2/models/fp32/infer", content=b" " * (worker.LARGEST_BODY + 1))
    assert (response.status_code, response.json()["code"]) == (413, "inference.too_large")


def test_answers_are_json_for_any_reader(client: TestClient) -> None:
    response = client.post("/v2/models/fp32/infer", json={"inputs": [x([0.1, 1 / 3], [1, 2])]})
    assert response.headers["content-type"] == "application/json"
    assert json.loads(response.content)["outputs"][0]["data"] == pytest.approx([0.1, 1 / 3], abs=1e-7)
