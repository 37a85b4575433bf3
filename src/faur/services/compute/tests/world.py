"""A small factory for the tests: a project with an allocation on a local cluster, made by real verbs."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from asgiref.sync import async_to_sync

from faur.adapters.files import FileBlobs
from faur.adapters.local.capacity import Capacity
from faur.adapters.local.scheduler import LocalScheduler
from faur.kernel import clock, wiring
from faur.kernel.actors.actor import FACTORY, SYSTEM, Actor
from faur.kernel.actors.directory import actor_of
from faur.kernel.actors.models import User
from faur.kernel.blobs import Blobs
from faur.kernel.units import GIB, HOUR, MIB, Bytes, Seconds, Unit
from faur.services.compute.actions.register_cluster import register_cluster
from faur.services.compute.actions.submit_job import submit_job
from faur.services.compute.models import Cluster, Job
from faur.services.compute.orders import JobOrder
from faur.services.compute.polling.database import Database
from faur.services.compute.polling.poller import Poller
from faur.services.compute.ports import JobSpec, ResourceSpec, Scheduler
from faur.services.projects.actions.open_pool import PoolFacts, open_pool
from faur.services.projects.actions.register_organisation import OrganisationFacts, register_organisation
from faur.services.projects.public import Allocation, Project, ProjectFacts, found_project


@dataclass
class World:
    """Who is there and what they have."""

    lead: Actor
    project: Project
    allocation: Allocation
    cluster: Cluster

    def submit(
        self, script: str, *, title: str = "A job", cores: int = 1, duration: int = 60, disk: int = 64 * MIB
    ) -> Job:
        """A job that runs this Python text."""
        resources = ResourceSpec(cpu_cores_per_process=cores, memory=Bytes(256 * MIB), disk=Bytes(disk))
        spec = JobSpec("python3", ("-c", script), resources=resources, duration=Seconds(duration))
        return submit_job(self.lead, self.project, self.allocation, JobOrder(title, spec))


@contextmanager
def wired_adapters(folder: Path) -> Iterator[LocalScheduler]:
    """A store and a local cluster of two cores under `folder`, wired as a site wires them."""
    before = dict(wiring._fulfilled)
    blobs = FileBlobs(folder / "blobs")
    scheduler = LocalScheduler(folder / "cluster", Capacity(cores=2, memory=Bytes(4 * GIB)), blobs, grace=0.5)
    wiring.wire(Blobs, blobs)
    wiring.wire(Scheduler, scheduler, "local")
    try:
        yield scheduler
    finally:
        scheduler.close()
        wiring._fulfilled.clear()
        wiring._fulfilled.update(before)


def make_world(*, amount: int = 10 * HOUR, unit: Unit = Unit.CORE_SECONDS) -> World:
    cluster = Cluster.objects.filter(kind="local").first() or register_cluster(
        SYSTEM, FACTORY, name="local", title="This machine", kind="local"
    )
    user = User.objects.create_user(f"lead{User.objects.count()}@example.eu", None, name="Lead")
    organisation = register_organisation(
        actor_of(user),
        FACTORY,
        OrganisationFacts("Forge", "sme", "RO", staff=9, turnover_eur=10**6, balance_sheet_eur=10**6),
    )
    today = clock.now().date()
    period = {"starts_on": today - timedelta(1), "ends_on": today + timedelta(30)}
    pool = open_pool(SYSTEM, FACTORY, PoolFacts("Pool", cluster.uid, unit, amount * 2, **period))
    founded = found_project(SYSTEM, pool, ProjectFacts("Forging", "", organisation, user, amount, **period))
    return World(actor_of(user), founded.project, founded.allocation, cluster)


def run_until_ended(*jobs: Job, scheduler: Scheduler, seconds: float = 60) -> list[Job]:
    """Watch over the cluster until these have ended and their folders are gone; returns them as they are then."""
    return async_to_sync(_watch)([job.pk for job in jobs], scheduler, seconds)


async def _watch(keys: list[int], scheduler: Scheduler, seconds: float) -> list[Job]:
    database, stop = Database(), threading.Event()
    jobs = Job.objects.filter(pk__in=keys).select_related("allocation", "project", "cluster").order_by("pk")
    cluster = await database(lambda: Cluster.objects.get(kind="local").uid)
    running = asyncio.create_task(Poller(cluster, scheduler, database).run(stop))
    try:
        async with asyncio.timeout(seconds):
            while not running.done() and await database(jobs.filter(is_tended=True).exists):
                await asyncio.sleep(0.05)
        return await database(lambda: list(jobs.all()))
    finally:
        stop.set()
        try:
            await running
        finally:
            database.close()
