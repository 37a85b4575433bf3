"""The evaluator run as a job on a real model: what it leaves, and the sentence with which it refuses."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator
from sklearn.datasets import load_breast_cancer, load_diabetes

SERVICES = Path(__file__).parents[2]
EVALUATOR = SERVICES / "trust/programs/evaluate_tabular"
RECIPES = SERVICES / "library/recipes"
SCHEMA = json.loads((EVALUATOR / "tabular_evaluation/evaluation.schema.json").read_text())


@dataclass(frozen=True)
class Ran:
    status: int
    log: str
    folder: Path

    def json(self, path: str) -> Any:
        return json.loads((self.folder / path).read_text())

    def value(self, metric: str, where: str = "") -> Any:
        results = self.json("out/evaluation.json")["results"]
        return next(r for r in results if (r["metric"], r["slice"]) == (metric, where))


def run(program: Path, folder: Path, parameters: dict[str, object]) -> Ran:
    (folder / "parameters.json").write_text(json.dumps(parameters))
    paths = {"INPUTS": "in", "OUTPUTS": "out", "PARAMETERS": "parameters.json", "REPORT": "report"}
    done = subprocess.run(
        [sys.executable, "-I", str(program)],
        env={"PATH": os.environ["PATH"]} | {f"FAUR_{name}": str(folder / path) for name, path in paths.items()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout, folder)


def split(data: Any, *, test: bool) -> dict[str, Any]:
    rows = np.arange(len(data.target)) % 3 == 0
    chosen = rows if test else ~rows
    names = [str(name).replace(" ", "_") for name in data.feature_names]
    columns = {name: data.data[chosen, place] for place, name in enumerate(names)} | {"target": data.target[chosen]}
    return columns | {"site": np.where(np.arange(chosen.sum()) % 2, "north", "south")}


def trained(folder: Path, recipe: str, data: Any, family: str) -> Path:
    (folder / "in/train").mkdir(parents=True)
    columns = {name: values for name, values in split(data, test=False).items() if name != "site"}
    pq.write_table(pa.table(columns), folder / "in/train/train.parquet")
    ran = run(RECIPES / recipe / "program.py", folder, {"target": "target", "family": family, "folds": 2})
    assert ran.status == 0, ran.log
    return folder / "out"


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("classifier")
    return trained(folder, "tabular-classification", load_breast_cancer(), "logistic_regression")


@pytest.fixture(scope="module")
def regressor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trained(tmp_path_factory.mktemp("regressor"), "tabular-regression", load_diabetes(), "ridge")


def evaluated(folder: Path, model: Path, columns: dict[str, Any], **parameters: object) -> Ran:
    shutil.copytree(model, folder / "in/model")
    (folder / "in/test").mkdir()
    pq.write_table(pa.table(columns), folder / "in/test/test.parquet")
    return run(EVALUATOR / "program.py", folder, {"bootstrap": 200} | parameters)


TEST = split(load_breast_cancer(), test=True)
PLAN: dict[str, object] = {
    "thresholds": [
        {"id": "good", "metric": "roc_auc", "operator": ">=", "value": 0.9},
        {"id": "too good", "metric": "log_loss", "operator": "<=", "value": 0.001},
        {"id": "steady", "metric": "roc_auc_degradation", "slice": "noise=0.1", "operator": "<=", "value": 0.05},
        {"id": "south", "metric": "accuracy", "slice": "site=south", "operator": ">=", "value": 0.8},
        {"id": "fair", "metric": "recall_spread", "slice": "site", "operator": "<=", "value": 0.5},
        {"id": "other kind", "metric": "rmse", "operator": "<=", "value": 1},
        {"id": "misspelt", "metric": "roc_aux", "operator": ">=", "value": 1},
    ],
    "slices": [
        {"name": "site", "column": "site"},
        {"name": "size", "column": "mean_radius", "bins": [9, 14]},
    ],
    "noise_levels": [0.1, 1.0],
}


@pytest.fixture(scope="module")
def evaluation(classifier: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return evaluated(tmp_path_factory.mktemp("evaluation"), classifier, TEST, **PLAN)


def test_it_leaves_what_its_schema_says(evaluation: Ran) -> None:
    assert evaluation.status == 0, evaluation.log
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(evaluation.json("out/evaluation.json"))
    assert evaluation.json("out/evaluation.schema.json") == SCHEMA


def test_every_threshold_has_its_verdict(evaluation: Ran) -> None:
    said = evaluation.json("out/evaluation.json")
    assert {verdict["id"]: verdict["status"] for verdict in said["thresholds"]} == {
        "good": "pass",
        "too good": "fail",
        "steady": "pass",
        "south": "pass",
        "fair": "pass",
        "other kind": "not_applicable",
        "misspelt": "error",
    }
    assert said["summary"] == {"pass": 4, "fail": 1, "inconclusive": 0, "error": 1, "not_applicable": 1}


def test_every_figure_has_interval_method_and_source(evaluation: Ran) -> None:
    for figure in evaluation.json("out/evaluation.json")["results"]:
        if figure["outcome"] == "measured":
            low, high = figure["interval"]
            assert low <= figure["value"] <= high or figure["metric"].endswith("_spread"), figure
            assert figure["method"]
            assert figure["n"] >= 10
        assert figure["reference"]


def test_noise_makes_it_worse_and_tiny_groups_stay_silent(evaluation: Ran) -> None:
    assert evaluation.value("accuracy_under_noise", "noise=1")["value"] < evaluation.value("accuracy")["value"]
    tiny = evaluation.value("accuracy", "size=<9")
    assert (tiny["value"], tiny["outcome"]) == (None, "inconclusive")


def test_the_pictures_are_named_and_say_what_they_show(evaluation: Ran) -> None:
    files = [plot["file"] for plot in evaluation.json("out/evaluation.json")["plots"]]
    assert files == ["reliability.svg", "noise.svg", "groups-1.svg", "groups-2.svg"]
    for file in files:
        picture = ElementTree.parse(evaluation.folder / "out" / file).getroot()
        assert picture.find("{http://www.w3.org/2000/svg}title").text


def test_the_model_and_the_data_are_named_by_their_digests(evaluation: Ran, classifier: Path) -> None:
    said = evaluation.json("out/evaluation.json")
    assert said["model"]["sha256"] == json.loads((classifier / "model.json").read_text())["sha256"]
    assert said["data"]["files"][0]["rows"] == said["data"]["rows"] == 190
    assert said["data"]["rows_by_class"] == {"0": 76, "1": 114}


def test_the_same_again_is_the_same_evaluation(evaluation: Ran, classifier: Path, tmp_path: Path) -> None:
    again = evaluated(tmp_path, classifier, TEST, **PLAN)
    assert again.json("out/evaluation.json") == evaluation.json("out/evaluation.json")


def test_figures_are_reported_as_metrics(evaluation: Ran) -> None:
    lines = [json.loads(line) for line in (evaluation.folder / "report/metrics.jsonl").read_text().splitlines()]
    keys = {line["key"] for line in lines}
    assert {"quality/roc_auc", "calibration/ece", "robustness/roc_auc_degradation/noise=0.1"} <= keys
    assert evaluation.json("report/progress.json") == {"done": 5, "total": 5, "label": "groups"}


def test_a_regression_is_evaluated_too(regressor: Path, tmp_path: Path) -> None:
    ran = evaluated(tmp_path, regressor, split(load_diabetes(), test=True), slices=[{"name": "site", "column": "site"}])
    assert ran.status == 0, ran.log
    Draft202012Validator(SCHEMA).validate(ran.json("out/evaluation.json"))
    assert ran.value("r2")["value"] > 0.3
    assert ran.json("out/evaluation.json")["reliability"]["bins"] == []


def without(name: str) -> dict[str, Any]:
    return {key: values for key, values in TEST.items() if key != name}


@pytest.mark.parametrize(
    ("code", "columns", "parameters"),
    [
        ("data.column_missing", without("mean_radius"), {}),
        ("data.column_missing", without("target"), {}),
        ("data.column_missing", TEST, {"slices": [{"name": "age", "column": "age"}]}),
        ("data.column_type", TEST | {"mean_radius": TEST["site"]}, {}),
        ("data.column_type", TEST, {"slices": [{"name": "site", "column": "site", "bins": [1]}]}),
        ("data.not_finite", TEST | {"mean_radius": np.full(190, np.inf)}, {}),
        ("data.not_finite", TEST | {"target": pa.array([None, 1] * 95, pa.int64())}, {}),
        ("data.unknown_class", TEST | {"target": np.arange(190)}, {}),
        ("data.single_class", TEST | {"target": np.ones(190, dtype=int)}, {}),
        ("parameter.out_of_range", TEST, {"slices": [{"name": "r", "column": "mean_radius"}]}),
        ("parameter.out_of_range", TEST, {"slices": [{"name": "r", "column": "mean_radius", "bins": [3, 2]}]}),
        ("parameter.out_of_range", TEST, {"bootstrap": 5}),
        ("parameter.out_of_range", TEST, {"thresholds": [{"id": "a", "metric": "f1", "operator": "=", "value": 1}]}),
        ("parameter.missing", TEST, {"thresholds": [{"id": "a", "metric": "f1", "operator": ">="}]}),
    ],
)
def test_what_cannot_be_evaluated_is_refused(
    classifier: Path, tmp_path: Path, code: str, columns: dict[str, Any], parameters: dict[str, object]
) -> None:
    ran = evaluated(tmp_path, classifier, columns, **parameters)
    assert ran.status == 65, ran.log
    assert ran.json("report/refusal.json")["code"] == code
    assert not (tmp_path / "out/evaluation.json").exists()


@pytest.mark.parametrize(
    ("code", "file", "content"),
    [
        ("model.unreadable", "model.json", b"{"),
        ("model.format_refused", "model.json", b"{}"),
        ("model.digest_differs", "model.onnx", b"something else"),
    ],
)
def test_a_model_that_is_not_what_it_says_is_refused(
    classifier: Path, tmp_path: Path, code: str, file: str, content: bytes
) -> None:
    spoilt = Path(shutil.copytree(classifier, tmp_path / "model"))
    (spoilt / file).write_bytes(content)
    ran = evaluated(tmp_path / "job", spoilt, TEST)
    assert (ran.status, ran.json("report/refusal.json")["code"]) == (65, code)


def test_every_program_carries_the_same_copy_of_what_programs_share() -> None:
    for name in ("job.py", "table.py", "parameters.py"):
        mine, theirs = EVALUATOR / "tabular_evaluation" / name, RECIPES / "tabular_training" / name
        assert mine.read_bytes() == theirs.read_bytes(), name
