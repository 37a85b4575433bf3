"""Looks at a home from inside, in a process of its own: `python -m tests.kills.audit` prints what it found as JSON."""

import hashlib
import json
import os
import sys
from collections import Counter

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faur.site.settings")
    django.setup()
    from faur.kernel.ledger import check
    from faur.services.compute.public import Job

    jobs = list(Job.objects.select_related("project"))
    found = {
        "ledger": [str(problem) for problem in check()],
        "record": _broken_chains(),
        "jobs_a_project": dict(Counter(job.project.uid for job in jobs)),
        "jobs_not_ended": [job.uid for job in jobs if not job.has_ended],
        "rows": _rows(),
    }
    json.dump(found, sys.stdout)


def _broken_chains() -> list[str]:
    """Every entry hashes to what it says, and follows the one before it."""
    from faur.kernel.record import Entry

    broken, last = [], {}
    for entry in Entry.objects.order_by("chain", "seq"):
        prev, seq = last.get(entry.chain, ("0" * 64, 0))
        if hashlib.sha256(bytes(entry.body)).hexdigest() != entry.hash or entry.prev != prev or entry.seq != seq + 1:
            broken.append(str(entry))
        last[entry.chain] = (entry.hash, entry.seq)
    return broken


def _rows() -> dict[str, int]:
    """How many there are of each thing that a walk makes once."""
    from django.apps import apps

    names = ("projects.Project", "access.Application", "data.DatasetVersion", "training.Run", "models.ModelVersion")
    names += ("trust.Evaluation", "trust.TechnicalFile", "serving.Endpoint", "compute.Job")
    return {name: apps.get_model(name).objects.count() for name in names}


if __name__ == "__main__":
    main()
