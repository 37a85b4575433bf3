"""Whatever is killed at whatever moment, the road ends where it would have ended."""

import pytest

from tests.kills.trial import trial

SEED = 20261264
"""Shots among the first migrations, between an answer and the journal, in an upload, a collection and a document."""


@pytest.mark.kills
@pytest.mark.slow
def test_five_kills_leave_no_trace(tmp_path_factory: pytest.TempPathFactory) -> None:
    tried = trial(tmp_path_factory.mktemp("kills"), kills=5, seed=SEED)
    assert len(tried.fire.hits) == 5
    assert not tried.faults
