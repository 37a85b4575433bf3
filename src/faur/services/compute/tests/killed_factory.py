"""A factory of its own that a test kills: `prepare` orders jobs, `work` watches over them, `report` tells."""

import json
import sys
import threading
from collections import Counter

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from faur.kernel import ledger  # noqa: E402
from faur.kernel.blobs import blobs  # noqa: E402
from faur.kernel.config import config  # noqa: E402
from faur.kernel.record import Entry  # noqa: E402
from faur.services.compute.models import Job  # noqa: E402
from faur.services.compute.public import run_pollers  # noqa: E402
from faur.services.compute.queries import output_file  # noqa: E402
from faur.services.compute.tests.world import make_world, wired_adapters  # noqa: E402
from faur.services.projects.public import balance_of  # noqa: E402

MARK = """
import os, time
with open(os.environ["FAUR_OUTPUTS"] + "/runs", "a") as runs:
    runs.write("x")
time.sleep(0.3)
"""


def prepare() -> None:
    call_command("migrate", verbosity=0)
    world = make_world()
    for _ in range(6):
        world.submit(MARK)


def work() -> None:
    if not Job.objects.filter(is_tended=True).exists():
        print("nothing is left to do", flush=True)
        return
    print("watching", flush=True)
    run_pollers(threading.Event())


def report() -> None:
    jobs = list(Job.objects.select_related("allocation"))
    balance = balance_of(jobs[0].allocation)
    answer = {
        "states": Counter(job.state for job in jobs),
        "runs": [len(b"".join(blobs().open(output_file(job, "out/runs").digest))) for job in jobs],
        "endings": Entry.objects.filter(verb="compute.end_job").count(),
        "problems": [str(problem) for problem in ledger.check()],
        "held": balance.held,
        "balance": balance.balance,
        "amount": jobs[0].allocation.amount,
        "used": sum(job.used for job in jobs),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    with wired_adapters(config().root):
        {"prepare": prepare, "work": work, "report": report}[sys.argv[1]]()
