"""The evaluator's figures agree with scikit-learn's, with numbers worked out by hand, and their intervals hold."""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from sklearn import metrics

sys.path.append(str(Path(__file__).parent.parent / "programs" / "evaluate_tabular"))
from tabular_evaluation import measures
from tabular_evaluation.answers import Answers
from tabular_evaluation.groups import by_group, groups_of
from tabular_evaluation.intervals import Sureness, bootstrap_interval, corrected_percentiles, opened, resampled, wilson
from tabular_evaluation.plan import Slice, Threshold
from tabular_evaluation.results import Result, measured
from tabular_evaluation.verdicts import judge

SURE = Sureness(resamples=400, seed=3, confidence=0.95, fewest=10)


def two_classes(rows: int = 300, seed: int = 0, digits: int = 2) -> Answers:
    """A fair model with many ties: probabilities are rounded to `digits`."""
    draw = np.random.default_rng(seed)
    truth = (draw.random(rows) < 0.4).astype(int)
    wanted = np.clip(np.round(0.3 + 0.3 * truth + draw.normal(scale=0.2, size=rows), digits), 0.01, 0.99)
    return Answers("two classes", truth, np.column_stack([1 - wanted, wanted]), positive=1, threshold=0.5)


def several_classes(rows: int = 300) -> Answers:
    draw = np.random.default_rng(1)
    truth = draw.integers(0, 3, rows)
    said = draw.random((rows, 3)) + np.eye(3)[truth] * 0.5
    return Answers("several classes", truth, said / said.sum(axis=1, keepdims=True))


def numbers(rows: int = 300) -> Answers:
    draw = np.random.default_rng(2)
    truth = draw.normal(100, 15, rows)
    return Answers("number", truth, truth + draw.normal(1, 5, rows))


TWO, SEVERAL, NUMBERS = two_classes(), several_classes(), numbers()
POSITIVE, SAID = TWO.truth == 1, TWO.wanted >= 0.5
LIKELIEST = SEVERAL.said.argmax(axis=1)
ONE_HOT = SEVERAL.truth[:, None] == np.arange(3)


@pytest.mark.parametrize(
    ("figure", "answers", "expected"),
    [
        (measures.accuracy, TWO, metrics.accuracy_score(POSITIVE, SAID)),
        (measures.balanced_accuracy, TWO, metrics.balanced_accuracy_score(POSITIVE, SAID)),
        (measures.roc_auc, TWO, metrics.roc_auc_score(POSITIVE, TWO.wanted)),
        (measures.average_precision, TWO, metrics.average_precision_score(POSITIVE, TWO.wanted)),
        (measures.f1, TWO, metrics.f1_score(POSITIVE, SAID)),
        (measures.recall, TWO, metrics.recall_score(POSITIVE, SAID)),
        (measures.specificity, TWO, metrics.recall_score(~POSITIVE, ~SAID)),
        (measures.selection_rate, TWO, SAID.mean()),
        (measures.log_loss, TWO, metrics.log_loss(TWO.truth, TWO.said)),
        (measures.brier, TWO, metrics.brier_score_loss(POSITIVE, TWO.wanted)),
        (measures.accuracy, SEVERAL, metrics.accuracy_score(SEVERAL.truth, LIKELIEST)),
        (measures.balanced_accuracy, SEVERAL, metrics.balanced_accuracy_score(SEVERAL.truth, LIKELIEST)),
        (measures.roc_auc, SEVERAL, metrics.roc_auc_score(SEVERAL.truth, SEVERAL.said, multi_class="ovr")),
        (measures.average_precision, SEVERAL, metrics.average_precision_score(ONE_HOT, SEVERAL.said)),
        (measures.f1, SEVERAL, metrics.f1_score(SEVERAL.truth, LIKELIEST, average="macro")),
        (measures.log_loss, SEVERAL, metrics.log_loss(SEVERAL.truth, SEVERAL.said)),
        (measures.brier, SEVERAL, ((SEVERAL.said - ONE_HOT) ** 2).sum(axis=1).mean()),
        (measures.mae, NUMBERS, metrics.mean_absolute_error(NUMBERS.truth, NUMBERS.said)),
        (measures.rmse, NUMBERS, metrics.root_mean_squared_error(NUMBERS.truth, NUMBERS.said)),
        (measures.r2, NUMBERS, metrics.r2_score(NUMBERS.truth, NUMBERS.said)),
    ],
)
def test_a_figure_is_that_of_scikit_learn(figure: object, answers: Answers, expected: float) -> None:
    (value,) = figure(answers, np.ones((1, len(answers))))
    assert value == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("measure", [*measures.QUALITY["two classes"], *measures.CALIBRATION["two classes"]])
def test_drawing_a_row_twice_is_having_it_twice(measure: measures.Measure) -> None:
    """So a weighting and a resample are the same thing."""
    times = np.random.default_rng(5).integers(0, 4, len(TWO))
    (weighted,) = measure.of(TWO, times[None, :].astype(float))
    assert weighted == pytest.approx(measure.value(TWO.at(np.repeat(np.arange(len(TWO)), times))), abs=1e-12)


def test_known_numbers() -> None:
    """Hanley and McNeil's definition by hand: of 6 pairs, 4 in order and 1 tied; Brier: (0.01 + 0.16 + …) / 5."""
    wanted = np.array([0.9, 0.6, 0.4, 0.4, 0.7])
    answers = Answers("two classes", np.array([1, 1, 0, 1, 0]), np.column_stack([1 - wanted, wanted]), positive=1)
    assert measures.AUC.value(answers) == pytest.approx(3.5 / 6)
    assert measures.BRIER.value(answers) == pytest.approx((0.01 + 0.16 + 0.16 + 0.36 + 0.49) / 5)


def test_the_calibration_error_of_a_made_up_case() -> None:
    """Ten rows say 0.9 and six come true; ten say 0.1 and one does: (0.3 + 0.0) / 2."""
    wanted = np.repeat([0.9, 0.1], 10)
    truth = np.array([1] * 6 + [0] * 4 + [1] + [0] * 9)
    answers = Answers("two classes", truth, np.column_stack([1 - wanted, wanted]), positive=1)
    assert measures.ECE.value(answers) == pytest.approx(0.15)


def test_a_bin_holds_its_lower_edge_and_the_last_holds_one() -> None:
    assert list(measures.bin_of(np.array([0.0, 1 / 15, 0.999, 1.0]))) == [0, 1, 14, 14]


def test_an_area_without_one_of_the_classes_is_not_defined() -> None:
    assert np.isnan(measures.AUC.value(TWO.at(TWO.is_positive)))


def test_resampling_is_the_same_again_and_another_for_another_part() -> None:
    area = {"area": lambda weights: measures.roc_auc(TWO, weights)}
    first, again, other = (resampled(TWO, SURE, area, part)["area"] for part in ("", "", "age=old"))
    assert (first == again).all()
    assert not (first == other).all()


def test_intervals_of_the_area_hold_the_truth_about_as_often_as_they_say() -> None:
    """Two normals a standard deviation apart: the true area is Phi(1 / sqrt 2) = 0.7602."""
    sure, held = Sureness(resamples=200, seed=1, confidence=0.9, fewest=10), 0
    for seed in range(120):
        draw = np.random.default_rng(seed)
        truth = np.repeat([0, 1], 60)
        score = draw.normal(size=120) + truth
        answers = Answers("two classes", truth, np.column_stack([-score, score]), positive=1)
        (result,), _ = measured(answers, [measures.AUC], sure)
        assert result.interval is not None
        held += result.interval[0] <= 0.7602 <= result.interval[1]
    assert 0.82 <= held / 120 <= 0.97


def test_wilsons_interval_is_the_published_one() -> None:
    """Newcombe 1998, table I: 81 of 263 at 95 % is 0.2553 to 0.3662, and 0 of 20 is 0 to 0.1611."""
    assert wilson(81 / 263, 263, 0.95) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0.0, 20, 0.95) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(0.0, 0, 0.95) is None


def test_a_perfect_figure_still_has_an_interval() -> None:
    """Without a single failure in 10 disjoint pairs the area is at least 0.025^(1/10) = 0.6915."""
    wanted = np.concatenate([np.linspace(0.1, 0.3, 30), np.linspace(0.7, 0.9, 10)])
    answers = Answers("two classes", np.repeat([0, 1], [30, 10]), np.column_stack([1 - wanted, wanted]), positive=1)
    (result,), _ = measured(answers, [measures.AUC], SURE)
    assert result.interval == pytest.approx((0.6915, 1.0), abs=1e-4)
    assert "Clopper-Pearson" in result.method
    assert opened(0.0, 10, 0.95) == pytest.approx((0.0, 1 - 0.6915), abs=1e-4)


def test_the_correction_moves_the_interval_towards_a_figure_off_the_middle() -> None:
    samples = np.random.default_rng(0).normal(size=4000)
    assert corrected_percentiles(0.0, samples, 0.95) == pytest.approx((-1.96, 1.96), abs=0.12)
    assert corrected_percentiles(-0.5, samples, 0.95)[1] < 1.2


def test_where_most_resamples_have_no_figure_there_is_no_interval() -> None:
    limits, method = bootstrap_interval(0.5, np.array([np.nan] * 50 + [0.5] * 50), TWO, SURE)
    assert limits is None
    assert "no such figure" in method


AGES = pa.table({"age": [30.0, 45.0, 60.0, None, 59.9], "sex": ["f", "m", "x", None, "f"]})


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Slice("a", "age", bins=(40, 60)), {"<40": 1, "[40,60)": 2, ">=60": 1, "missing": 1}),
        (Slice("s", "sex"), {"f": 2, "m": 1, "x": 1, "missing": 1}),
        (Slice("s", "sex", categories=("m", "f")), {"m": 1, "f": 2, "other": 1, "missing": 1}),
    ],
)
def test_every_row_is_in_one_group(part: Slice, expected: dict[str, int]) -> None:
    assert {label: int(rows.sum()) for label, rows in groups_of(part, AGES).items()} == expected


def test_groups_and_their_spread() -> None:
    """The women are answered perfectly, the men by chance, and three others are too few to speak of."""
    sex = pa.table({"sex": ["f"] * 40 + ["m"] * 40 + ["x"] * 3})
    truth = np.tile([0, 1], 42)[:83]
    wanted = np.where(np.arange(83) < 40, truth, 0.9)
    answers = Answers("two classes", truth, np.column_stack([1 - wanted, wanted]), positive=1)
    results = {(r.metric, r.slice): r for r in by_group(Slice("sex", "sex"), sex, answers, SURE)}
    assert results["accuracy", "sex=f"].value == 1.0
    assert results["accuracy", "sex=m"].value == 0.5
    assert results["accuracy", "sex=x"].value is None
    assert results["accuracy", "sex=x"].outcome == "inconclusive"
    assert results["accuracy_spread", "sex"].value == 0.5
    assert results["accuracy_spread", "sex"].reason == "2 of 3 groups have a figure."
    assert results["selection_rate_spread", "sex"].value == 0.5


def result(metric: str = "roc_auc", where: str = "", limits: tuple[float, float] | None = (0.9, 0.95)) -> Result:
    return Result(
        metric=metric,
        slice=where,
        unit="1",
        direction="higher",
        n=100,
        confidence=0.95,
        reference="",
        value=0.93,
        interval=limits,
    )


@pytest.mark.parametrize(
    ("threshold", "status"),
    [
        (Threshold("t", "roc_auc", ">=", 0.9), "pass"),
        (Threshold("t", "roc_auc", ">=", 0.91), "inconclusive"),
        (Threshold("t", "roc_auc", ">=", 0.95), "inconclusive"),
        (Threshold("t", "roc_auc", ">=", 0.951), "fail"),
        (Threshold("t", "roc_auc", "<=", 0.95), "pass"),
        (Threshold("t", "roc_auc", "<=", 0.89), "fail"),
        (Threshold("t", "roc_auc", ">=", 0.9, slice="age"), "error"),
        (Threshold("t", "magic", ">=", 0.9), "error"),
        (Threshold("t", "rmse", "<=", 0.9), "not_applicable"),
        (Threshold("t", "recall_spread", "<=", 0.9), "not_applicable"),
        (Threshold("t", "f1", ">=", 0.1), "inconclusive"),
    ],
)
def test_a_threshold_is_reached_only_by_the_whole_interval(threshold: Threshold, status: str) -> None:
    verdict = judge(threshold, [result(), result("f1", limits=None)])
    assert verdict.status == status
    assert verdict.reason
