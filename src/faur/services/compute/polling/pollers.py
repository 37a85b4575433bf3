"""One loop in one thread for all clusters that this site can reach."""

import asyncio
import logging
import threading

from faur.services.compute.models import Cluster
from faur.services.compute.polling.database import Database
from faur.services.compute.polling.poller import Poller
from faur.services.compute.polling.sleep import Sleep
from faur.services.compute.ports import Scheduler
from faur.services.compute.reach import scheduler_of

log = logging.getLogger("faur.compute")

LOOK_FOR_CLUSTERS = 5.0
"""Seconds between looks for a cluster that another process registered."""


def run_pollers(stop: threading.Event) -> None:
    """Watch over every cluster whose adapter is wired, those registered later included, until `stop`."""
    asyncio.run(_watch(stop))


async def _watch(stop: threading.Event) -> None:
    database, sleep = Database(), Sleep()
    watched: dict[str, asyncio.Task[None]] = {}
    try:
        with sleep.light():
            while not stop.is_set():
                try:
                    await _watch_all(watched, database, stop)
                except Exception:
                    log.exception("the clusters could not be looked up; they are again in %s s", LOOK_FOR_CLUSTERS)
                await sleep.sleep(LOOK_FOR_CLUSTERS, stop)
    finally:
        await asyncio.gather(*watched.values(), return_exceptions=True)
        database.close()


async def _watch_all(watched: dict[str, asyncio.Task[None]], database: Database, stop: threading.Event) -> None:
    """A loop for each cluster that has none, or whose loop has ended."""
    for uid, scheduler in await database(_reachable):
        if uid not in watched or watched[uid].done():
            watched[uid] = asyncio.create_task(Poller(uid, scheduler, database).run(stop))


def _reachable() -> list[tuple[str, Scheduler]]:
    clusters = Cluster.objects.values_list("uid", "kind")
    return [(uid, scheduler) for uid, kind in clusters if (scheduler := scheduler_of(kind)) is not None]
