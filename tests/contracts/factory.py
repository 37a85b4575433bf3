"""A factory that submits jobs and is killed: `factory.py KIND FOLDER PROGRAM NAME…`, for the contract of schedulers."""

import asyncio
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faur.site.settings")

from faur.services.compute.ports import JobState, RunName
from tests.contracts.cluster import Cluster


async def main(kind: str, folder: Path, program: str, names: list[str]) -> None:
    cluster = Cluster(kind, folder)
    for name in names:
        await cluster.scheduler.submit(cluster.job(program), RunName(name))
    while (await cluster.observe(names[0])).state is not JobState.RUNNING:
        await asyncio.sleep(0.02)
    await asyncio.to_thread(print, "under way", flush=True)
    while True:
        await cluster.observe(names[0])
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4:]))
