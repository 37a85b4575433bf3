"""Whatever is killed at whatever moment, the road ends where it would have ended."""

from pathlib import Path

import pytest

from tests.kills.checks import faults
from tests.kills.fire import Fire, audit


@pytest.mark.kills
@pytest.mark.slow
def test_five_kills_leave_no_trace(tmp_path: Path) -> None:
    (tmp_path / "quiet").mkdir()
    (tmp_path / "fire").mkdir()
    quiet = Fire(tmp_path / "quiet" / "home", kills=0, seed=0)
    quiet.walk()
    fire = Fire(tmp_path / "fire" / "home", kills=5, seed=20261128)
    fire.walk()
    assert fire.shots == 5
    assert not faults(fire.roads, audit(fire.home), quiet.roads[0])
