"""Whatever is killed at whatever moment, the road ends where it would have ended."""

from pathlib import Path

import pytest

from tests.kills.checks import faults
from tests.kills.fire import Fire


@pytest.mark.kills
@pytest.mark.slow
def test_five_kills_leave_no_trace(tmp_path: Path) -> None:
    quiet = Fire(tmp_path / "quiet", kills=0, seed=0)
    quiet.walk()
    fire = Fire(tmp_path / "fire", kills=5, seed=20261128)
    fire.walk()
    assert len(fire.hits) == 5
    assert not faults(fire, quiet)
