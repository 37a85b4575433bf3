"""Looks at a home from inside, in a process of its own: `python -m tests.kills.audit` prints what it found as JSON."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import django

MADE_ONCE = (
    "projects.Project",
    "access.Application",
    "data.DatasetVersion",
    "training.Run",
    "models.ModelVersion",
    "trust.Evaluation",
    "trust.TechnicalFile",
    "trust.Bundle",
    "serving.Endpoint",
    "serving.Key",
)
"""The tables of what a walk makes once."""
UNDER_WAY = ("checking", "screening", "running", "writing", "starting", "created", "submitted", "pending")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faur.site.settings")
    django.setup()
    found = {
        "faults": [*_ledger(), *_record(), *_checkpoints(), *_bundles(), *_jobs(), *_tasks(), *_under_way()],
        "rows": _rows(),
        "verbs": _verbs(),
        "booked": _booked(),
    }
    json.dump(found, sys.stdout)


def _ledger() -> Iterator[str]:
    from faur.kernel.ledger import check
    from faur.kernel.ledger.models import Hold, HoldState

    yield from (f"ledger: {problem}" for problem in check())
    yield from (f"the hold {hold} is still open" for hold in Hold.objects.filter(state=HoldState.OPEN))


def _record() -> Iterator[str]:
    """Every entry hashes to what it says, says what its columns say, and follows the one before it."""
    from faur.kernel.record import Entry
    from faur.kernel.record.models import Head

    last: dict[str, tuple[str, int]] = {}
    for entry in Entry.objects.order_by("chain", "seq"):
        prev, seq = last.get(entry.chain, ("0" * 64, 0))
        said = json.loads(bytes(entry.body))
        if hashlib.sha256(bytes(entry.body)).hexdigest() != entry.hash:
            yield f"the entry {entry} does not hash to what it says"
        if (entry.prev, entry.seq) != (prev, seq + 1) or (said["prev"], said["seq"]) != (prev, seq + 1):
            yield f"the entry {entry} does not follow"
        last[entry.chain] = (entry.hash, entry.seq)
    for head in Head.objects.exclude(chain="checkpoints"):
        if last.get(head.chain) != (head.hash, head.seq):
            yield f"the head {head} is not the last entry"


def _checkpoints() -> Iterator[str]:
    """Every checkpoint is signed by its key, and names the one before."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from faur.kernel.record.checkpoints import PAYLOAD_TYPE
    from faur.kernel.record.models import Checkpoint
    from faur.kernel.record.signing import authenticated

    previous = "0" * 64
    for number, made in enumerate(Checkpoint.objects.order_by("number"), start=1):
        body = bytes(made.body)
        said = json.loads(body)
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes(made.public_key))
            key.verify(bytes(made.signature), authenticated(PAYLOAD_TYPE, body))
        except InvalidSignature:
            yield f"the {made} is not signed by its key"
        if (said["number"], said["previous"], said["root"]) != (number, previous, made.root):
            yield f"the {made} does not follow"
        previous = hashlib.sha256(body).hexdigest()


def _bundles() -> Iterator[str]:
    """Every chain verifies offline, by the program that an auditor uses."""
    from faur.cli.commands.verify import VERIFIER
    from faur.kernel.record import export_bundle
    from faur.kernel.record.models import Head

    with tempfile.TemporaryDirectory() as folder:
        for head in Head.objects.exclude(chain="checkpoints"):
            bundle = Path(folder) / f"{head.chain}.zip"
            export_bundle(head.chain, bundle)
            ended = subprocess.run([sys.executable, VERIFIER, bundle], capture_output=True, text=True, check=False)
            if ended.returncode:
                yield f"the chain {head.chain} does not verify: {ended.stdout}{ended.stderr}"


def _jobs() -> Iterator[str]:
    """Each job was started once, as far as the scheduler that ran it can tell, and has ended well."""
    from faur.kernel.config import config
    from faur.services.compute.public import Job

    jobs = {job.uid: job for job in Job.objects.all()}
    kept = {path.stem for path in (config().root / "jobs" / "forgotten").glob("*.json")}
    yield from (f"{uid} is {job.state}" for uid, job in jobs.items() if job.state != "completed")
    yield from (f"{uid}: the scheduler and the table do not both know it" for uid in kept ^ set(jobs))


def _tasks() -> Iterator[str]:
    from django_tasks_db.models import DBTaskResult

    for row in DBTaskResult.objects.exclude(status="SUCCESSFUL"):
        yield f"the task {row.task_path} is {row.status}: {row.traceback[-500:]}"


def _under_way() -> Iterator[str]:
    """Nothing that the walk waited for is still on its way, and no answer is half given."""
    from django.apps import apps

    from faur.kernel.idempotency.models import Answer

    for model in (apps.get_model(name) for name in (*MADE_ONCE, "compute.Job")):
        if any(field.name == "state" for field in model._meta.fields):
            for row in model._base_manager.filter(state__in=UNDER_WAY):
                yield f"{row.uid} is still {row.state}"
    yield from (f"the answer {answer} was begun and never given" for answer in Answer.objects.filter(status=0))


def _rows() -> dict[str, int]:
    from django.apps import apps

    return {name: apps.get_model(name)._base_manager.count() for name in MADE_ONCE}


def _verbs() -> dict[str, dict[str, int]]:
    """How often each verb stands on each chain."""
    from faur.kernel.record import Entry

    verbs: dict[str, Counter[str]] = {}
    for chain, verb in Entry.objects.values_list("chain", "verb"):
        verbs.setdefault(chain, Counter())[verb] += 1
    return {chain: dict(counts) for chain, counts in verbs.items()}


def _booked() -> dict[str, int]:
    """How many of each kind of row the books have."""
    from faur.kernel.ledger.models import Account, Hold, Posting, Transfer

    return {model.__name__: model._base_manager.count() for model in (Account, Hold, Posting, Transfer)}


if __name__ == "__main__":
    main()
