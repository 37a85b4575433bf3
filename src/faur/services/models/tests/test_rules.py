"""What was decided about the gate and about names, as tables."""

import json

import pytest

from faur.services.models.rules import Classified, Evaluated, Gap, evaluated_by, gaps, is_name, tiers_of
from faur.services.models.signatures import SignatureFault, check_signature, read_signature
from faur.services.models.tests.world import classifier, description

PASSED = Evaluated("passed", committed_before_run=True)
CLASSIFIED = Classified(["high_risk"])


@pytest.mark.parametrize(
    ("evaluated", "classified", "expected"),
    [
        (PASSED, CLASSIFIED, []),
        (PASSED, Classified(["minimal"]), []),
        (None, CLASSIFIED, [Gap.NOT_EVALUATED]),
        (Evaluated("failed", committed_before_run=True), CLASSIFIED, [Gap.EVALUATION_FAILED]),
        (Evaluated("inconclusive", committed_before_run=True), CLASSIFIED, [Gap.EVALUATION_FAILED]),
        (Evaluated("error", committed_before_run=True), CLASSIFIED, [Gap.EVALUATION_FAILED]),
        (Evaluated("", committed_before_run=True), CLASSIFIED, [Gap.EVALUATION_FAILED]),
        (Evaluated("passed", committed_before_run=False), CLASSIFIED, [Gap.THRESHOLDS_LATE]),
        (PASSED, None, [Gap.NOT_CLASSIFIED]),
        (PASSED, Classified(["prohibited", "high_risk"]), [Gap.PROHIBITED]),
        (PASSED, Classified(["high_risk", "undetermined"]), [Gap.CLASSIFICATION_OPEN]),
        (PASSED, Classified(["prohibited", "undetermined"]), [Gap.PROHIBITED]),
        (PASSED, Classified([]), [Gap.CLASSIFICATION_OPEN]),
        (PASSED, Classified(["minimal"], same_purpose=False), [Gap.PURPOSE_CHANGED]),
        (None, None, [Gap.NOT_EVALUATED, Gap.NOT_CLASSIFIED]),
    ],
)
def test_what_stands_between_a_version_and_its_promotion(evaluated, classified, expected):
    assert gaps(evaluated, classified) == expected


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (None, None),
        ({}, Evaluated("", committed_before_run=False)),
        ({"verdict": "passed", "committed_before_run": "yes"}, Evaluated("passed", committed_before_run=False)),
        ({"verdict": "passed", "committed_before_run": True}, PASSED),
    ],
)
def test_only_a_plain_true_counts_as_committed_in_time(claims, expected):
    assert evaluated_by(claims) == expected


def test_tiers_that_are_no_list_are_none():
    assert (tiers_of({"tiers": ["minimal"]}), tiers_of({"tiers": "minimal"}), tiers_of({})) == (["minimal"], [], [])


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("second-reader", True),
        ("abc", True),
        ("a" * 50, True),
        ("a" * 51, False),
        ("ab", False),
        ("", False),
        ("2nd-reader", False),
        ("-reader", False),
        ("reader-", False),
        ("Reader", False),
        ("second_reader", False),
        ("cititoră", False),
        ("a b", False),
        ("abc\n", False),
    ],
)
def test_a_name_is_part_of_an_address(text, fits):
    assert is_name(text) is fits


def test_a_description_that_fits_is_kept_as_it_came():
    told = description(classifier())
    assert read_signature(json.dumps(told).encode()) == told


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps(description(b"", seed=float("nan"))).encode(),
        json.dumps(description(b"", seed=2**60)).encode(),
        json.dumps(description(b"", family="a\x00b")).encode(),
        json.dumps(description(b"", family="\ud800")).encode(),
        json.dumps(description(b"", inputs=[])).encode(),
        json.dumps(description(b"", inputs="input")).encode(),
        json.dumps(description(b"", inputs=[{"name": "input"}])).encode(),
        json.dumps(description(b"", libraries=["numpy"])).encode(),
        json.dumps(description(b"", features=[{"name": "size"}])).encode(),
        json.dumps({"outputs": description(b"")["outputs"]}).encode(),
    ],
)
def test_a_description_that_could_not_be_kept_or_shown_is_refused(content):
    with pytest.raises(SignatureFault):
        read_signature(content)


FOUND = {
    "inputs": [{"name": "input", "datatype": "FP32", "shape": [-1, 2]}],
    "outputs": [
        {"name": "label", "datatype": "BYTES", "shape": [-1]},
        {"name": "probabilities", "datatype": "FP32", "shape": [-1, 2]},
    ],
}


@pytest.mark.parametrize(
    ("changes", "weights"),
    [
        ({}, "sha256:" + "0" * 64),
        ({"inputs": [{"name": "input", "datatype": "FP64", "shape": [-1, 2]}]}, None),
        ({"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 2]}]}, None),
        ({"outputs": [{"name": "label", "datatype": "BYTES", "shape": [-1]}]}, None),
        ({"features": [{"name": "a", "input": "other", "index": 0, "kind": "number"}]}, None),
    ],
)
def test_a_description_of_another_model_is_refused(changes, weights):
    content = classifier()
    told = description(content, **changes)
    with pytest.raises(SignatureFault):
        check_signature(told, weights=weights or f"sha256:{told['sha256']}", found=FOUND)


def test_a_description_of_this_model_is_believed():
    told = description(classifier())
    check_signature(told, weights=f"sha256:{told['sha256']}", found=FOUND)
    check_signature({key: told[key] for key in ("inputs", "outputs")}, weights="sha256:" + "0" * 64, found={})
