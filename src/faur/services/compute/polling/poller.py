"""Watches over one cluster: hands over what was ordered, looks at what runs, and brings home what ended.

Every step is written down before the next, and every call to the scheduler may be made again: killed at any point,
another poller goes on from the rows.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Iterable, Sequence

from faur.kernel import clock
from faur.services.compute.models import Job
from faur.services.compute.polling import steps
from faur.services.compute.polling.database import Database
from faur.services.compute.polling.handover import PATIENCE, Handover
from faur.services.compute.polling.homecoming import Homecoming
from faur.services.compute.polling.lease import holder_name, leave_lease, take_lease
from faur.services.compute.polling.sleep import Sleep
from faur.services.compute.ports import Handle, Observation, Scheduler
from faur.services.compute.rules import State, pause

log = logging.getLogger("faur.compute")

BUSY = 0.5
IDLE = 2.0
LOOK_AT_REPORTS = 1.0
RENEW_LEASE = 5.0
"""Seconds: between rounds with jobs and without, between looks at one job's report, between renewals of the lease."""


class Poller:
    """One cluster's loop. `cluster` is its uid."""

    def __init__(self, cluster: str, scheduler: Scheduler, database: Database) -> None:
        self._cluster = cluster
        self._scheduler = scheduler
        self._database = database
        self._handover = Handover(scheduler, database)
        self._homecoming = Homecoming(scheduler, database)
        self._holder = holder_name()
        self._renew_at = 0.0
        self._knows_place = False
        self._looked_at: dict[str, float] = {}
        self._sleep = Sleep()

    async def run(self, stop: threading.Event) -> None:
        """Watch until `stop`. Where another process watches this cluster, wait for its end."""
        try:
            with self._sleep.light():
                failed = 0
                while not stop.is_set():
                    failed = await self._survive(failed, stop)
        finally:
            await self._homecoming.stop()
            await self._database(leave_lease, self._cluster, self._holder)

    async def _survive(self, failed: int, stop: threading.Event) -> int:
        """One round and the rest after it; returns how many rounds failed one after the other."""
        try:
            seconds, failed = await self.look(), 0
        except Exception:
            failed += 1
            seconds = float(pause(failed))
            log.exception("the poller of %s failed; it goes on in %s s", self._cluster, seconds)
        await self._sleep.sleep(seconds, stop)
        return failed

    async def look(self) -> float:
        """One round; returns after how many seconds the next is due.

        Raises:
            TimeoutError: the scheduler does not answer.
        """
        if not await self._leads():
            return IDLE
        await self._look_at_place()
        jobs = [job for job in await self._database(steps.to_tend, self._cluster) if not self._homecoming.has(job)]
        for job in jobs:
            if job.has_ended:
                self._homecoming.put_away(job)
            elif job.current is State.CREATED:
                await self._handover.hand_over(job)
                self._sleep.skip()
        await self._look_at([job for job in jobs if job.handle and not job.has_ended])
        return BUSY if jobs else IDLE

    async def _leads(self) -> bool:
        now = time.monotonic()
        if now < self._renew_at:
            return True
        leads = await self._database(take_lease, self._cluster, self._holder, clock.now())
        self._renew_at = now + RENEW_LEASE if leads else 0.0
        return leads

    async def _look_at_place(self) -> None:
        """Once: what the cluster has now, which the orders are checked against."""
        if not self._knows_place:
            async with asyncio.timeout(PATIENCE):
                place = await self._scheduler.capabilities()
            await self._database(steps.note_place, self._cluster, place)
            self._knows_place = True

    async def _look_at(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            if job.cancel_asked_at is not None:
                await self._handover.tell_to_end(job)
        if not jobs:
            return
        async with asyncio.timeout(PATIENCE):
            answers = await self._scheduler.poll([Handle(job.handle) for job in jobs])
        seen = [(job, answers[Handle(job.handle)]) for job in jobs if Handle(job.handle) in answers]
        changed = await self._database(steps.note, [pair for pair in seen if not pair[1].state.final])
        await self._database(steps.observe, self._to_observe(seen, {job.uid for job in changed}))
        for job, observation in seen:
            if observation.state.final:
                self._bring_home(job, observation)

    def _bring_home(self, job: Job, seen: Observation) -> None:
        self._homecoming.begin(job, seen)
        self._handover.forget(job)
        self._looked_at.pop(job.uid, None)

    def _to_observe(self, seen: Iterable[tuple[Job, Observation]], changed: set[str]) -> list[Job]:
        """Those whose state changed, and those that run and were not looked at for a while."""
        now = time.monotonic()
        due = [
            job
            for job, observation in seen
            if not observation.state.final
            and (job.uid in changed or job.current is State.RUNNING)
            and (job.uid in changed or now - self._looked_at.get(job.uid, 0.0) >= LOOK_AT_REPORTS)
        ]
        self._looked_at |= dict.fromkeys((job.uid for job in due), now)
        return due
