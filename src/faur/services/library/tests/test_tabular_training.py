"""What the tabular recipes make of odd data, and the sentence with which they refuse what they cannot use."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from sklearn.datasets import load_breast_cancer, load_iris

from faur.services.library.tests.tabular_jobs import RECIPES, Ran, columns_of, environment, lay_out, with_gaps

sys.path.append(str(RECIPES))
from tabular_training import training
from tabular_training.job import run
from tabular_training.training import classification, regression, train

CANCER, IRIS = columns_of(load_breast_cancer()), columns_of(load_iris())
FAST = {"family": "logistic_regression", "folds": 2}
RNG = np.random.default_rng(7)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Train in this process, which spares the start of an interpreter."""

    def start(task: str = "classification", folder: Path = tmp_path) -> Ran:
        for name, value in environment(folder).items():
            monkeypatch.setenv(name, value)
        recipe = RECIPES / f"tabular-{task}/recipe.toml"
        status = 0
        try:
            run(lambda job: train(job, recipe, classification if task == "classification" else regression))
        except SystemExit as ended:
            status = int(str(ended.code))
        return Ran(status, "", folder)

    return start


def mixed(rows: int = 200) -> dict[str, object]:
    """A table in which a text decides as much as a number does, with gaps in both."""
    colour, size = RNG.choice(["red", "green", "blue"], rows), RNG.normal(size=rows)
    sick = (size + 2.0 * (colour == "red") + RNG.normal(scale=0.3, size=rows)) > 1
    gappy = [None if place % 11 == 0 else str(text) for place, text in enumerate(colour)]
    return {"colour": gappy, "size": with_gaps(size, 9), "smoker": RNG.random(rows) > 0.5, "target": sick}


def test_texts_and_gaps_are_handled_inside_the_graph(here: Callable[..., Ran], tmp_path: Path) -> None:
    lay_out(tmp_path, mixed(), FAST)
    ran = here()
    assert ran.status == 0
    said = ran.json("out/model.json")
    assert [(f["name"], f["input"], f["index"]) for f in said["features"]] == [
        ("size", "input", 0),
        ("smoker", "input", 1),
        ("colour", "categories", 0),
    ]
    assert said["features"][2]["categories"] == ["", "blue", "green", "red"]
    assert said["positive_class"] == "true"
    session = onnxruntime.InferenceSession(ran.model)
    texts = np.array([["red"], ["green"], [""], ["mauve"]], dtype=object)
    label, probabilities = session.run(None, {"input": np.array([[0.5, 0.0]] * 4, np.float32), "categories": texts})
    assert list(label[:2]) == ["true", "false"]
    assert probabilities[0, 1] > probabilities[3, 1] > probabilities[1, 1]
    assert ran.json("out/report.json")["data"]["missing_replaced"]["size"] == 23


def test_a_table_of_texts_alone_trains(here: Callable[..., Ran], tmp_path: Path) -> None:
    table = mixed()
    lay_out(tmp_path, {"colour": table["colour"], "target": table["target"]}, FAST)
    ran = here()
    assert [entry["name"] for entry in ran.json("out/model.json")["inputs"]] == ["categories"]
    onnxruntime.InferenceSession(ran.model).run(None, {"categories": np.array([["red"]], dtype=object)})


@pytest.mark.parametrize("family", ["logistic_regression", "random_forest", "extra_trees", "gradient_boosting"])
def test_three_classes_train_in_every_family(here: Callable[..., Ran], tmp_path: Path, family: str) -> None:
    lay_out(tmp_path, IRIS | {"target": np.array(["a", "b", "c"])[IRIS["target"]]}, {"family": family, "folds": 2})
    ran = here()
    said = ran.json("out/model.json")
    assert said["classes"] == ["a", "b", "c"]
    assert "positive_class" not in said
    rows = np.column_stack([values for name, values in IRIS.items() if name != "target"]).astype(np.float32)
    label, _ = onnxruntime.InferenceSession(ran.model).run(None, {"input": rows})
    assert (label == np.array(["a", "b", "c"])[IRIS["target"]]).mean() > 0.9


def test_the_threshold_decides_the_label(here: Callable[..., Ran], tmp_path: Path) -> None:
    lay_out(tmp_path, CANCER, FAST | {"threshold": 0.9, "positive_class": "0"})
    ran = here()
    rows = np.column_stack([values for name, values in CANCER.items() if name != "target"]).astype(np.float32)
    label, probabilities = onnxruntime.InferenceSession(ran.model).run(None, {"input": rows})
    assert ((label == 0) == (probabilities[:, 0] >= np.float32(0.9))).all()


def test_when_time_runs_out_there_is_still_a_model(here: Callable[..., Ran], tmp_path: Path) -> None:
    many = {name: np.tile(values, 4) for name, values in CANCER.items()}
    lay_out(tmp_path, many, {"family": "random_forest", "time_budget_s": 1, "folds": 20})
    ran = here()
    assert ran.status == 0
    assert ran.json("out/report.json")["time_budget_spent"]
    assert ran.model


def test_an_identifier_is_left_out_and_named(here: Callable[..., Ran], tmp_path: Path) -> None:
    lay_out(tmp_path, CANCER | {"patient": [f"p{place}" for place in range(569)]}, FAST)
    report = here().json("out/report.json")
    assert "569 different texts" in report["data"]["left_out"]["patient"]


def test_several_files_of_both_kinds_are_one_table(here: Callable[..., Ran], tmp_path: Path) -> None:
    table = pa.table(CANCER)
    lay_out(tmp_path, table.slice(0, 300).to_pydict(), FAST)
    pacsv.write_csv(table.slice(300), tmp_path / "in/train/more.csv")
    (tmp_path / "in/train/README.md").write_text("not a table")
    assert here().json("out/report.json")["data"]["files"] == [
        {"path": "more.csv", "rows": 269},
        {"path": "train.parquet", "rows": 300},
    ]


def spoilt(**columns: object) -> dict[str, object]:
    return {"a": list(np.arange(40.0)), "target": [0, 1] * 20} | columns


@pytest.mark.parametrize(
    ("code", "columns", "parameters"),
    [
        ("data.column_missing", {"goal": [0, 1]}, {}),
        ("data.column_missing", spoilt(), {"features": ["b"]}),
        ("data.single_class", spoilt(target=[1] * 40), {}),
        ("data.too_few_rows", {"a": [1.0, 2.0, 3.0, 4.0], "target": [0, 1, 0, 1]}, {}),
        ("data.too_few_rows", spoilt(target=[0] * 39 + [1]), {}),
        ("data.too_many_classes", {"a": [1.0] * 101, "target": list(range(101))}, {}),
        ("data.not_finite", spoilt(a=[float("inf")] * 3 + [1.0] * 37), {}),
        ("data.not_finite", spoilt(a=[1e39] + [1.0] * 39), {}),
        ("data.not_finite", spoilt(target=[None, 1] * 20), {}),
        ("data.not_finite", spoilt(target=["x", None] * 20), {}),
        ("data.column_type", spoilt(target=[0.5, 1.5] * 20), {}),
        ("data.column_type", spoilt(target=[[1], [2]] * 20), {}),
        ("data.column_type", spoilt(b=[[1], [2]] * 20), {"features": ["b"]}),
        ("data.no_features", {"target": [0, 1] * 20}, {}),
        ("data.empty", {"a": pa.array([], pa.float64()), "target": pa.array([], pa.int64())}, {}),
        ("parameter.out_of_range", spoilt(), {"folds": 50}),
        ("parameter.out_of_range", spoilt(), {"family": "magic"}),
        ("parameter.out_of_range", spoilt(), {"positive_class": "7"}),
        ("parameter.out_of_range", spoilt(), {"features": ["target"]}),
        ("parameter.type", spoilt(), {"folds": "five"}),
        ("parameter.unknown", spoilt(), {"fold": 5}),
    ],
)
def test_what_cannot_be_learnt_from_is_refused(
    here: Callable[..., Ran], tmp_path: Path, code: str, columns: dict[str, object], parameters: dict[str, object]
) -> None:
    lay_out(tmp_path, columns, {"folds": 2} | parameters)
    ran = here()
    assert ran.status == 65
    assert ran.json("report/refusal.json")["code"] == code
    assert not list((tmp_path / "out").iterdir())


def test_a_refusal_says_which_column_and_how_many_rows(here: Callable[..., Ran], tmp_path: Path) -> None:
    lay_out(tmp_path, spoilt(a=[float("inf")] * 3 + [1.0] * 37), FAST)
    sentence = here().json("report/refusal.json")["sentence"]
    assert sentence == "The column 'a' holds 3 infinite values in 40 rows."


def not_utf8() -> bytes:
    """A Parquet file whose texts are none."""
    texts = pa.array([b"\xff\xfe"] * 40).view(pa.string())
    pq.write_table(pa.table({"a": texts, "target": [0, 1] * 20}), into := pa.BufferOutputStream())
    return into.getvalue().to_pybytes()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("train.parquet", b"PAR1 and then nothing of the kind", "data.unreadable"),
        ("train.parquet", b"", "data.empty"),
        ("train.csv", b"", "data.empty"),
        ("train.csv", b"a,target\n", "data.empty"),
        ("train.csv", b"a,target\n1,2,3\n", "data.unreadable"),
        ("train.csv", b"a,a\n1,2\n", "data.duplicate_column"),
        ("train.csv", b"\xff\xfe\x00a,target\n\xff\xff,\x00\n", "data.unreadable"),
        ("train.parquet", not_utf8(), "data.unreadable"),
        ("notes.txt", b"hello", "data.unreadable"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    here: Callable[..., Ran], tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    lay_out(tmp_path, spoilt(), FAST)
    (tmp_path / "in/train/train.parquet").unlink()
    (tmp_path / "in/train" / name).write_bytes(content)
    assert here().json("report/refusal.json")["code"] == code


def test_files_with_other_columns_do_not_mix(here: Callable[..., Ran], tmp_path: Path) -> None:
    lay_out(tmp_path, spoilt(), FAST)
    pq.write_table(pa.table({"b": [1.0]}), tmp_path / "in/train/other.parquet")
    refusal = here().json("report/refusal.json")
    assert refusal["code"] == "data.columns_differ"
    assert "other.parquet" in refusal["sentence"]


def test_a_regression_refuses_texts_and_a_target_that_never_changes(here: Callable[..., Ran], tmp_path: Path) -> None:
    for name, target, code in (
        ("text", ["x", "y"] * 20, "data.column_type"),
        ("flat", [3.0] * 40, "data.single_value"),
    ):
        folder = lay_out(tmp_path / name, spoilt(target=target), {"folds": 2})
        assert here("regression", folder).json("report/refusal.json")["code"] == code


def test_a_model_that_disagrees_with_itself_is_never_written(
    here: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "TOLERANCE", -1.0)
    lay_out(tmp_path, CANCER, FAST)
    assert here().json("report/refusal.json")["code"] == "model.disagrees"
    assert not list((tmp_path / "out").iterdir())
