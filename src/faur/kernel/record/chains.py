"""Writing: one entry after the other on a chain, in the transaction of the change that it describes."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.utils.translation import gettext as _

from faur.kernel.record.errors import EntryTooLarge, StatementInvalid
from faur.kernel.record.jcs import JSON, canonical
from faur.kernel.record.models import HASH_DIGITS, Entry, EntrySubject, Head
from faur.kernel.record.statements import LONGEST_UID, Statement, Subject, subject_of
from faur.kernel.units import MIB, Bytes

ENTRY_TYPE = "urn:faur:record:entry:v1"
CHECKPOINTS = "checkpoints"
"""The checkpoints' own head has this name; no chain has it."""
BEGINNING = "0" * HASH_DIGITS
"""What stands for the entry before the first."""

_LARGEST = Bytes(1 * MIB)
_CHAIN = re.compile(r"[a-z][a-z0-9_]{0,39}")
_VERB = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


def append(actor_uid: str, verb: str, statement: Statement[Any], *, at: datetime) -> Entry:  # Any: not read here
    """Write `statement` on its chain, in the transaction that is open; the chain is held until that ends.

    Raises:
        TransactionManagementError: no transaction is open: the entry could outlive the change that it describes.
        StatementInvalid: nobody acts, no such chain, no such verb, or a thing without identifier.
        NotCanonical: a claim that JSON cannot carry to everyone alike.
        EntryTooLarge: more than 1 MiB.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("the record is written in the transaction of the change that it describes")
    _check(actor_uid, verb, statement.chain)
    subjects = [subject_of(thing) for thing in statement.subjects]
    said: Mapping[str, JSON] = {
        "actor": actor_uid,
        "at": timestamp(at),
        "claims": statement.claims,
        "strength": str(statement.strength),
        "subjects": [_named(subject) for subject in subjects],
        "verb": verb,
    }
    return _write(said, statement.chain, at, subjects)


def lock_head(chain: str) -> Head:
    """The chain's head, held until the transaction ends; two queries where the chain is new, one where it is not.

    SQLite holds the whole database from the transaction's beginning; PostgreSQL holds this row.
    """
    rows = Head.objects.select_for_update()
    if (head := rows.filter(chain=chain).first()) is None:
        Head.objects.bulk_create([Head(chain=chain, seq=0, hash=BEGINNING)], ignore_conflicts=True)
        head = rows.get(chain=chain)
    return head


def timestamp(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds, the same text for the same moment.

    Raises:
        ValueError: `at` does not say in which time zone it is.
    """
    if at.tzinfo is None:
        raise ValueError("a time in the record knows its time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _write(said: Mapping[str, JSON], chain: str, at: datetime, subjects: list[Subject]) -> Entry:
    head = lock_head(chain)
    body = canonical({**said, "chain": chain, "prev": head.hash, "seq": head.seq + 1, "type": ENTRY_TYPE})
    if len(body) > _LARGEST:
        raise EntryTooLarge(Bytes(len(body)), _LARGEST)
    entry = _entry_of(body, at)
    entry.save()
    EntrySubject.objects.bulk_create(
        EntrySubject(entry=entry, uid=subject.uid, digest=subject.digest) for subject in dict.fromkeys(subjects)
    )
    Head.objects.filter(chain=chain).update(seq=entry.seq, hash=entry.hash)
    return entry


def _entry_of(body: bytes, at: datetime) -> Entry:
    """The row whose columns say what the hashed bytes say."""
    read = json.loads(body)
    columns = {name: read[name] for name in ("chain", "seq", "prev", "verb", "strength", "subjects", "claims")}
    return Entry(**columns, actor_uid=read["actor"], at=at, hash=sha256(body).hexdigest(), body=body)


def _named(subject: Subject) -> dict[str, str]:
    stated = {"uid": subject.uid, "digest": subject.digest, "title": subject.title}
    return {name: text for name, text in stated.items() if text}


def _check(actor_uid: str, verb: str, chain: str) -> None:
    if not 0 < len(actor_uid) <= LONGEST_UID:
        raise StatementInvalid({"actor": _("an entry names who acted")})
    if not _CHAIN.fullmatch(chain) or chain == CHECKPOINTS:
        raise StatementInvalid({"chain": _("%(chain)s is not the name of a chain") % {"chain": repr(chain)}})
    if not _VERB.fullmatch(verb) or len(verb) > 100:
        raise StatementInvalid({"verb": _("%(verb)s is not the name of a verb") % {"verb": repr(verb)}})
