"""Gives the scheduler what was ordered, and tells it what is to end."""

import asyncio
import logging

from faur.kernel import clock
from faur.kernel.errors import Refusal
from faur.services.compute.actions.end_job import Ending
from faur.services.compute.models import Job
from faur.services.compute.polling import failures, steps
from faur.services.compute.polling.database import Database
from faur.services.compute.ports import Handle, RunName, Scheduler
from faur.services.compute.rules import State

log = logging.getLogger("faur.compute")

PATIENCE = 60.0
"""Seconds until a scheduler that does not answer is given up for this round."""


class Handover:
    """One cluster's way in."""

    def __init__(self, scheduler: Scheduler, database: Database) -> None:
        self._scheduler = scheduler
        self._database = database
        self._told: set[str] = set()

    async def hand_over(self, job: Job) -> None:
        """Submit a created job, or end it where it was cancelled before anybody offered it."""
        if job.cancel_asked_at is not None and job.offered_at is None:
            ending = Ending(State.CANCELLED, reason="job.cancelled", ended_at=clock.now())
            await self._database(steps.end, job, ending)
        elif await self._database(steps.offer, job):
            await self._submit(job)

    async def tell_to_end(self, job: Job) -> None:
        """Pass a cancellation on, once; after a restart once more, which changes nothing."""
        if job.uid in self._told:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._scheduler.cancel(Handle(job.handle))
        except Exception as error:
            log.warning("%s could not be cancelled yet: %r", job.uid, error)
        else:
            self._told.add(job.uid)

    def forget(self, job: Job) -> None:
        self._told.discard(job.uid)

    async def _submit(self, job: Job) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                handle = await self._scheduler.submit(job.order, RunName(job.uid))
        except Refusal as refusal:
            if refusal.transient:
                await self._database(failures.failed, job, refusal, "job.not_submitted")
            else:
                await self._database(failures.refused, job, refusal)
        except Exception as error:
            await self._database(failures.failed, job, error, "job.not_submitted")
        else:
            await self._database(steps.note_handle, job, handle)
