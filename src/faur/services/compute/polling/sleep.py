"""How a loop waits: for a while, until something new was written in this process, or until it is to stop."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from faur.services.compute.waking import when_woken

_NAP = 0.25
"""Seconds after which a sleeper looks whether it is to stop."""


class Sleep:
    """One loop's sleep."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()

    @contextmanager
    def light(self) -> Iterator[None]:
        """Inside, every change to a job or a cluster in this process ends the sleep."""
        loop = asyncio.get_running_loop()
        no_longer = when_woken(lambda: loop.call_soon_threadsafe(self._woken.set))
        try:
            yield
        finally:
            no_longer()

    def skip(self) -> None:
        """Do not sleep the next time."""
        self._woken.set()

    async def sleep(self, seconds: float, stop: threading.Event) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not stop.is_set():
            try:
                await asyncio.wait_for(self._woken.wait(), min(left, _NAP))
            except TimeoutError:
                continue
            break
        self._woken.clear()
