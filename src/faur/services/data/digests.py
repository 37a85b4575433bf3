"""Digests of documents, so that the record can name exactly what was agreed to."""

import hashlib
from collections.abc import Mapping
from typing import Any

from faur.kernel.record import canonical


def digest_of_json(document: Mapping[str, Any]) -> str:  # Any: JSON
    """SHA-256 of the document's canonical form (RFC 8785)."""
    return f"sha256:{hashlib.sha256(canonical(document)).hexdigest()}"
