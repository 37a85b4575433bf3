"""What the workers gave up, as an operator reads it, and once more."""

import pytest

from faur.kernel.errors import NotFound
from faur.kernel.tasks import drain
from faur.kernel.tasks.tests import deeds
from faur.site.given_up import lines, once_more

pytestmark = pytest.mark.django_db


def test_a_task_that_was_given_up_is_listed_with_its_reason_and_can_be_tried_again() -> None:
    with deeds.traces():
        deeds.refuse_for_good.enqueue()
        drain()
        (line,) = lines()
        assert "deeds.refuse_for_good" in line
        assert "Forbidden: Your role does not allow this." in line
        once_more(line.split()[0])
        assert not list(lines())
        assert drain() == 1


@pytest.mark.parametrize("task", ["", "nonsense", "4b215311-d027-4956-b879-181000fd0f0d"])
def test_what_was_not_given_up_is_not_found(task: str) -> None:
    with pytest.raises(NotFound):
        once_more(task)
