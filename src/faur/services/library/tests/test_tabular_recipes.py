"""The tabular recipes, run as jobs: what they leave, that it agrees, and that it is the same again."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from jsonschema import validate
from sklearn.datasets import load_breast_cancer, load_diabetes

from faur.services.library.tests.tabular_jobs import RECIPES, Ran, columns_of, lay_out, run_as_job

CANCER, DIABETES = columns_of(load_breast_cancer()), columns_of(load_diabetes())


@pytest.fixture(scope="module")
def classified(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = lay_out(tmp_path_factory.mktemp("classified"), CANCER, {"family": "extra_trees", "folds": 3})
    return run_as_job("tabular-classification", folder, OMP_NUM_THREADS="2", PYTHONHASHSEED="1")


@pytest.fixture(scope="module")
def regressed(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = lay_out(tmp_path_factory.mktemp("regressed"), DIABETES, {"family": "ridge"})
    return run_as_job("tabular-regression", folder)


def test_both_end_well_and_leave_what_their_recipe_says(classified: Ran, regressed: Ran) -> None:
    for ran in (classified, regressed):
        assert ran.status == 0, ran.log
        assert {path.name for path in (ran.folder / "out").iterdir()} == {"model.onnx", "model.json", "report.json"}
        assert "Wrote model.onnx" in ran.log


def test_the_model_says_what_it_takes_and_answers(classified: Ran, regressed: Ran) -> None:
    schema = json.loads((RECIPES / "tabular_training/model.schema.json").read_text())
    for ran in (classified, regressed):
        validate(ran.json("out/model.json"), schema)
    said = classified.json("out/model.json")
    assert (said["classes"], said["positive_class"], said["training_rows"]) == ([0, 1], 1, 569)
    assert [feature["name"] for feature in said["features"]] == [name for name in CANCER if name != "target"]


def test_the_model_runs_and_is_good(classified: Ran, regressed: Ran) -> None:
    rows = np.column_stack([values for name, values in CANCER.items() if name != "target"]).astype(np.float32)
    label, probabilities = onnxruntime.InferenceSession(classified.model).run(None, {"input": rows})
    assert probabilities.shape == (569, 2)
    assert (label == (probabilities[:, 1] >= 0.5)).all()
    assert (label == CANCER["target"]).mean() > 0.97
    rows = np.column_stack([values for name, values in DIABETES.items() if name != "target"]).astype(np.float32)
    (prediction,) = onnxruntime.InferenceSession(regressed.model).run(None, {"input": rows})
    assert np.corrcoef(prediction[:, 0], DIABETES["target"])[0, 1] > 0.7


def test_figures_stream_while_it_runs(classified: Ran) -> None:
    keys = [line["key"] for line in classified.metrics]
    assert keys.count("fold/extra_trees/roc_auc") == 3
    assert keys.count("best/roc_auc") == 2
    figures = {line["key"]: line["value"] for line in classified.metrics}
    assert figures["validation/roc_auc"] > 0.98
    assert figures["agreement/max_abs_difference"] < 1e-5
    assert classified.json("report/progress.json")["done"] == 2


def test_every_metric_that_a_recipe_names_is_reported(classified: Ran, regressed: Ran) -> None:
    for name, ran in (("tabular-classification", classified), ("tabular-regression", regressed)):
        named = (RECIPES / name / "recipe.toml").read_text()
        keys = {line["key"] for line in ran.metrics}
        assert {part.split('"')[1] for part in named.split("[[metrics]]")[1:]} <= keys


def test_the_report_holds_each_candidate_fold_by_fold(regressed: Ran) -> None:
    report = regressed.json("out/report.json")
    assert report["chosen"].startswith("ridge")
    assert not report["time_budget_spent"]
    assert [len(candidate["folds"]) for candidate in report["candidates"]] == [5, 5, 5]
    assert report["data"]["files"] == [{"path": "train.parquet", "rows": 442}]


def test_the_same_seed_gives_the_same_bytes_whatever_the_threads(classified: Ran, tmp_path: Path) -> None:
    folder = lay_out(tmp_path, CANCER, {"family": "extra_trees", "folds": 3})
    again = run_as_job("tabular-classification", folder, OMP_NUM_THREADS="1", PYTHONHASHSEED="2")
    assert again.model == classified.model


def test_without_its_four_paths_it_says_which_are_missing(tmp_path: Path) -> None:
    ran = run_as_job("tabular-regression", tmp_path, FAUR_INPUTS="", FAUR_REPORT="")
    assert ran.status == 1
    assert "FAUR_INPUTS, FAUR_REPORT" in ran.log
