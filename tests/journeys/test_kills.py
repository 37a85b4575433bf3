"""Whatever is killed at whatever moment, the road ends where it would have ended."""

from pathlib import Path

import pytest

from tests.kills.trial import trial


@pytest.mark.kills
@pytest.mark.slow
def test_five_kills_leave_no_trace(tmp_path: Path) -> None:
    tried = trial(tmp_path, kills=5, seed=20261128)
    assert len(tried.fire.hits) == 5
    assert not tried.faults
