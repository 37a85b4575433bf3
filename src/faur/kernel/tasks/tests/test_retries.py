"""How often, and how long between: a table."""

import pytest

from faur.kernel.errors import Forbidden, Unavailable
from faur.kernel.tasks import Retry

USUAL = Retry(times=8, first=1.0, factor=2, most=300.0)


@pytest.mark.parametrize(
    ("failures", "chance", "seconds"),
    [
        (1, 0.0, 0.5),
        (1, 1.0, 1.0),
        (2, 1.0, 2.0),
        (4, 0.5, 6.0),
        (9, 1.0, 256.0),
        (10, 1.0, 300.0),
        (10_000, 0.0, 150.0),
    ],
)
def test_the_wait_doubles_up_to_a_limit_and_is_spread(failures: int, chance: float, seconds: float) -> None:
    assert USUAL.delay(failures, chance) == seconds


@pytest.mark.parametrize(
    ("why", "error", "failures", "again"),
    [
        ("a first error", RuntimeError(), 1, True),
        ("the last try but one", RuntimeError(), 7, True),
        ("the last try", RuntimeError(), 8, False),
        ("a refusal that stays", Forbidden(), 1, False),
        ("a refusal that may pass", Unavailable("later"), 1, True),
        ("a program that wants to exit", SystemExit(1), 1, True),
    ],
)
def test_when_a_task_is_tried_again(why: str, error: BaseException, failures: int, again: bool) -> None:
    assert USUAL.allows(error, failures) is again
