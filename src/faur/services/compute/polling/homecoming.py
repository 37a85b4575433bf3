"""Brings ended jobs home: what they left goes into the blobs, what they used onto the ledger, and their folder away."""

import asyncio
import logging
import threading
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime

from faur.kernel import clock
from faur.kernel.units import Seconds
from faur.services.compute import rules
from faur.services.compute.actions.end_job import Ending, Kept
from faur.services.compute.models import Job
from faur.services.compute.polling import failures, steps
from faur.services.compute.polling.collect import PATIENCE, Collector, Stopping
from faur.services.compute.polling.database import Database
from faur.services.compute.ports import Handle, JobState, Observation, Scheduler, UsageRow
from faur.services.compute.rules import State

log = logging.getLogger("faur.compute")


class Homecoming:
    """One cluster's way out. Jobs are brought home beside the poller's rounds: large outputs hold up nobody else."""

    def __init__(self, scheduler: Scheduler, database: Database) -> None:
        self._scheduler = scheduler
        self._database = database
        self._stop = threading.Event()
        self._collector = Collector(scheduler, self._stop)
        self._under_way: dict[str, asyncio.Task[None]] = {}

    def has(self, job: Job) -> bool:
        return job.uid in self._under_way

    def begin(self, job: Job, seen: Observation) -> None:
        """Bring `job` home, which was seen to have ended."""
        self._start(job, self._bring(job, seen))

    def put_away(self, job: Job) -> None:
        """Let the scheduler forget a job that was brought home before."""
        self._start(job, self._forget(job))

    async def stop(self) -> None:
        """Leave what is under way; the next start begins it again."""
        self._stop.set()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)
        self._collector.close()

    def _start(self, job: Job, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(self._try(job, work))
        self._under_way[job.uid] = task
        task.add_done_callback(lambda _: self._under_way.pop(job.uid))

    async def _try(self, job: Job, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except Stopping:
            return
        except Exception as error:
            await self._database(failures.failed, job, error, "job.outputs_lost")

    async def _bring(self, job: Job, seen: Observation) -> None:
        if seen.state is JobState.LOST:
            await self._database(steps.end, job, Ending(State.LOST, reason="job.lost", ended_at=clock.now()))
        else:
            await self._database(steps.note, [(job, seen)])
            usage = await self._usage(job, seen.ended_at or clock.now())
            kept, reason = await self._keep(job)
            await self._database(steps.observe, [job])  # its report is long, and the transaction that ends it short
            await self._database(steps.end, job, _ending(seen, usage, kept, reason))
        await self._forget(job)

    async def _keep(self, job: Job) -> tuple[Kept, str]:
        handle = Handle(job.handle)
        async with asyncio.timeout(PATIENCE):
            files = await self._scheduler.outputs(handle)
        return await self._collector.collect(handle, rules.kept(files, job.order.resources.disk))

    async def _usage(self, job: Job, since: datetime) -> UsageRow | None:
        async with asyncio.timeout(PATIENCE):
            async for row in self._scheduler.usage(since):
                if row.name == job.uid:
                    return row
        return None

    async def _forget(self, job: Job) -> None:
        if job.handle:
            async with asyncio.timeout(PATIENCE):
                await self._scheduler.forget(Handle(job.handle))
        await self._database(steps.let_go, job)


def _ending(seen: Observation, usage: UsageRow | None, kept: Kept, reason: str) -> Ending:
    """What the scheduler saw, with what it measured; a job that left more than it may did not go well."""
    ended_at = seen.ended_at or clock.now()
    ending = Ending(
        state=State(seen.state),
        reason=seen.reason,
        message=seen.message,
        exit_code=seen.exit_code,
        started_at=seen.started_at,
        ended_at=ended_at,
        elapsed=rules.elapsed_between(seen.started_at, ended_at),
        kept=kept,
    )
    if usage is not None and seen.started_at is not None:
        ending = replace(
            ending, elapsed=Seconds(max(1, usage.elapsed)), cpu_seconds=usage.cpu_seconds, max_memory=usage.max_memory
        )
    if reason and ending.state is State.COMPLETED:
        ending = replace(ending, state=State.FAILED, reason=reason)
    return ending
