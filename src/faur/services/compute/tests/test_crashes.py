"""The factory may be killed between any two steps: the next one goes on, and nothing happens twice."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress

import pytest

from faur.kernel import ledger
from faur.kernel.record import entries
from faur.services.compute.models import Job
from faur.services.compute.tests.world import run_until_ended
from faur.services.projects.public import balance_of


class Killed(BaseException):
    """What kill -9 would do here."""


class Fragile:
    """A scheduler in whose method `at` the factory is killed once, before or after the real thing happened."""

    def __init__(self, real, at, moment):
        self._real, self._at, self._moment = real, at, moment

    def __getattr__(self, name):
        method = getattr(self._real, name)
        if name != self._at:
            return method

        async def killed(*args):
            self._at = None
            if self._moment == "after":
                await method(*args)
            raise Killed(name)

        return killed


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("at", ["submit", "poll", "outputs", "log", "read", "forget"])
def test_a_factory_killed_at_a_call_to_the_scheduler_goes_on_where_it_was(live_world, scheduler, at, moment):
    script = "import os; print('once'); open(os.environ['FAUR_OUTPUTS'] + '/made', 'a').write('x')"
    job = live_world.submit(script)
    with suppress(Killed):
        run_until_ended(job, scheduler=Fragile(scheduler, at, moment))
    (job,) = run_until_ended(job, scheduler=scheduler)
    assert job.state == "completed"
    assert [(file.path, file.size) for file in job.outputs] == [("out/made", 1)]
    assert (job.log_size, balance_of(job.allocation).held) == (5, 0)
    verbs = Counter(entry.verb for entry in entries(job.project.uid) if job.uid in str(entry.claims))
    assert verbs == {"compute.submit_job": 1, "compute.start_job": 1, "compute.end_job": 1}
    assert ledger.check() == []


FACTORY = "faur.services.compute.tests.killed_factory"


def call(home, verb: str) -> subprocess.Popen:
    environment = {**os.environ, "FAUR_HOME": str(home), "DJANGO_SETTINGS_MODULE": "faur.site.settings"}
    environment.pop("FAUR_DATABASE_URL", None)
    return subprocess.Popen([sys.executable, "-m", FACTORY, verb], env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.kills
def test_a_factory_killed_at_random_moments_loses_no_job_and_doubles_none(tmp_path):
    chance = random.Random(20261128)
    assert call(tmp_path, "prepare").wait() == 0
    kills = 0
    for _ in range(20):
        factory = call(tmp_path, "work")
        if factory.stdout.readline() == "nothing is left to do\n":
            factory.wait()
            break
        time.sleep(chance.uniform(0.05, 0.9))
        factory.kill()
        factory.communicate()
        kills += 1
    report = json.loads(call(tmp_path, "report").communicate()[0])
    assert kills >= 2
    assert report["states"] == {"completed": 6}
    assert report["runs"] == [1] * 6
    assert report["endings"] == 6
    assert report["problems"] == []
    assert report["held"] == 0
    assert report["balance"] == report["amount"] - report["used"]


def test_a_job_is_written_off_once(live_world, scheduler):
    from faur.services.compute.actions.end_job import Ending
    from faur.services.compute.polling import steps
    from faur.services.compute.rules import State

    job = live_world.submit("pass")
    for _ in range(2):
        steps.end(job, Ending(State.FAILED, reason="job.not_started"))
    assert entries(job.project.uid).filter(verb="compute.end_job").count() == 1
    assert Job.objects.get(pk=job.pk).used == 0
