"""Verdicts, the order of commitment and the status of an item, as tables."""

import pytest

from faur.services.trust.rules import (
    HumanPart,
    ItemStatus,
    ResultStatus,
    Verdict,
    committed_in_time,
    item_status,
    verdict_of,
)

PASS, FAIL, INCONCLUSIVE, ERROR, NOT_APPLICABLE = ResultStatus


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([PASS], Verdict.PASSED),
        ([PASS, NOT_APPLICABLE], Verdict.PASSED),
        ([PASS, FAIL], Verdict.FAILED),
        ([ERROR, FAIL], Verdict.FAILED),
        ([PASS, ERROR], Verdict.ERROR),
        ([INCONCLUSIVE, ERROR], Verdict.ERROR),
        ([PASS, INCONCLUSIVE], Verdict.INCONCLUSIVE),
        ([NOT_APPLICABLE], Verdict.INCONCLUSIVE),
        ([], Verdict.INCONCLUSIVE),
    ],
)
def test_verdict_of(statuses: list[ResultStatus], expected: Verdict) -> None:
    assert verdict_of(statuses) is expected


@pytest.mark.parametrize(
    ("threshold", "run", "expected"),
    [(3, 4, True), (4, 4, False), (5, 4, False), (None, 4, False), (3, None, False), (0, 1, True), (None, None, False)],
)
def test_thresholds_count_only_if_committed_before_the_run(
    threshold: int | None, run: int | None, expected: bool
) -> None:
    assert committed_in_time(threshold, run) is expected


NO, OPTIONAL, REQUIRED = HumanPart


@pytest.mark.parametrize(
    ("human", "declared", "facts", "weak", "expected"),
    [
        (NO, False, True, False, ItemStatus.EVIDENCED),
        (NO, False, True, True, ItemStatus.DECLARED),
        (NO, False, False, False, ItemStatus.MISSING),
        (OPTIONAL, False, True, False, ItemStatus.EVIDENCED),
        (OPTIONAL, True, True, False, ItemStatus.EVIDENCED),
        (OPTIONAL, True, False, False, ItemStatus.DECLARED),
        (OPTIONAL, False, False, False, ItemStatus.MISSING),
        (REQUIRED, False, True, False, ItemStatus.MISSING),
        (REQUIRED, True, True, False, ItemStatus.DECLARED),
        (REQUIRED, True, False, False, ItemStatus.DECLARED),
    ],
)
def test_an_item_is_as_strong_as_the_weakest_part_that_it_needs(
    human: HumanPart, declared: bool, facts: bool, weak: bool, expected: ItemStatus
) -> None:
    assert item_status(human=human, declared=declared, facts=facts, weak=weak, excused=False) is expected
    assert (
        item_status(human=human, declared=declared, facts=facts, weak=weak, excused=True) is ItemStatus.NOT_APPLICABLE
    )
