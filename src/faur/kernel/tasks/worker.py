"""The loop that finds work: new tasks within a fifth of a second, schedules on their beat, what dead workers left."""

import logging
import threading
import time
from functools import partial

from django.db import connection

from faur.kernel.tasks.beats import claim_beat, know_schedules, run_beat, seconds_to_next_beat
from faur.kernel.tasks.claims import attempt, claim, is_anything_ready
from faur.kernel.tasks.lanes import PAUSE, Lanes, Work
from faur.kernel.tasks.presence import Presence
from faur.kernel.tasks.recovery import recover
from faur.kernel.tasks.wake import wake

log = logging.getLogger("faur.tasks")

POLL = 0.15
"""Seconds between two looks into the queue; a task that this process enqueued is found at once."""
LONGEST_LOOK = 5.0
"""Seconds between two looks at the schedules, where nothing is due before."""
PULSE = 2.0
"""Seconds between two signs of life."""


def run_worker(stop: threading.Event, *, lanes: int = 4, grace: float = 5.0) -> None:
    """Run tasks and schedules, `lanes` at a time, until `stop` is set.

    Then what runs has `grace` seconds to end; the rest is left to be recovered when this process has ended.
    """
    while not stop.is_set():
        try:
            know_schedules()
            presence = Presence()
        except Exception:
            _rest(stop)
        else:
            _work(presence, stop, Lanes(lanes), grace)


def drain() -> int:
    """Run all that is ready here and now, and return how much that was: for tests and one-shot commands."""
    presence, done = Presence(), 0
    try:
        while row := claim(presence.uid):
            attempt(row)()
            done += 1
    finally:
        presence.leave()
    return done


def _work(presence: Presence, stop: threading.Event, lanes: Lanes, grace: float) -> None:
    search = Search(presence)
    while not stop.is_set():
        try:
            search.live()
            while lanes.offer(search.find):
                pass
        except Exception:
            _rest(stop)
        wake.wait(POLL)
        wake.clear()
    if lanes.close(grace):
        presence.leave()
    else:
        log.warning("left in the middle of a task; it is done again at the next start")


class Search:
    """What one worker looks at, and when."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence
        self._pulse_at = self._look_at = 0.0

    def live(self) -> None:
        """Give a sign of life, and take up what the dead left, when it is time."""
        if time.monotonic() >= self._pulse_at:
            self._presence.beat()
            recover()
            self._pulse_at = time.monotonic() + PULSE

    def find(self) -> Work | None:
        """The next thing to do: a schedule that is due comes before tasks."""
        if time.monotonic() >= self._look_at:
            if beat := claim_beat(self._presence.uid):
                return partial(run_beat, beat)
            self._look_at = time.monotonic() + min(seconds_to_next_beat(), LONGEST_LOOK)
        row = claim(self._presence.uid) if is_anything_ready() else None
        return partial(attempt, row) if row else None


def _rest(stop: threading.Event) -> None:
    """After a look that failed, most likely because the database is away: a worker never ends by itself."""
    log.exception("the worker could not look for work; it tries again")
    connection.close()
    stop.wait(PAUSE)
