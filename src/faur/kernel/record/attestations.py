"""Entries as other programs understand them: in-toto Statement v1 in a DSSE envelope."""

import json
from collections.abc import Mapping

from faur.kernel.record.jcs import JSON, canonical
from faur.kernel.record.models import Entry
from faur.kernel.record.signing import SigningKey, envelope

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"


def attestation(entry: Entry, key: SigningKey) -> bytes:
    """The entry, signed, as a DSSE envelope in canonical JSON."""
    payload = canonical(_statement(entry))
    return canonical(envelope(PAYLOAD_TYPE, payload, key.id, key.sign(PAYLOAD_TYPE, payload)))


def _statement(entry: Entry) -> Mapping[str, JSON]:
    """in-toto Statement v1 (in-toto/attestation, spec/v1/statement.md).

    A statement there has at least one subject with a digest, so the entry itself is the first. Things without a
    digest stand in the predicate alone, which is the whole entry.
    """
    return {
        "_type": STATEMENT_TYPE,
        "predicate": json.loads(bytes(entry.body)),
        "predicateType": f"urn:faur:record:{entry.verb}:v1",
        "subject": [
            {"digest": {"sha256": entry.hash}, "name": str(entry)},
            *(_resource(subject) for subject in entry.subjects if "digest" in subject),
        ],
    }


def _resource(subject: Mapping[str, str]) -> Mapping[str, JSON]:
    """A subject as in-toto's ResourceDescriptor."""
    digest = subject["digest"]
    return {"digest": {"sha256": digest.removeprefix("sha256:")}, "name": subject.get("uid", digest)}
