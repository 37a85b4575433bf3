"""What is asked of a cluster, and the form in which it is kept, compared and recorded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785
from pydantic import TypeAdapter

from faur.kernel.blobs import Digest, digest_of
from faur.services.compute.ports import Capabilities, JobSpec

_spec = TypeAdapter(JobSpec)
_capabilities = TypeAdapter(Capabilities)

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
_OWN = frozenset({"FAUR_PROGRAM", "FAUR_INPUTS", "FAUR_PARAMETERS", "FAUR_OUTPUTS", "FAUR_REPORT"})


@dataclass(frozen=True, slots=True)
class JobOrder:
    """A job to be queued. `origin` is the uid of what it is for (`run_…`, `eva_…`), or empty."""

    title: str
    spec: JobSpec
    origin: str = ""


def spec_document(spec: JobSpec) -> dict[str, Any]:  # Any: JSON
    document: dict[str, Any] = _spec.dump_python(spec, mode="json")  # Any: as above
    return document


def read_spec(document: Mapping[str, Any]) -> JobSpec:  # Any: JSON
    return _spec.validate_python(document)


def spec_digest(document: Mapping[str, Any]) -> Digest:  # Any: JSON
    """SHA-256 of the canonical form (RFC 8785)."""
    return digest_of(rfc8785.dumps(dict(document)))


def capabilities_document(capabilities: Capabilities) -> dict[str, Any]:  # Any: JSON
    document: dict[str, Any] = _capabilities.dump_python(capabilities, mode="json")  # Any: as above
    return document


def read_capabilities(document: Mapping[str, Any]) -> Capabilities:  # Any: JSON
    return _capabilities.validate_python(document)


def unusable_variables(environment: Mapping[str, str]) -> list[str]:
    """Names that no program could read, and those that the executor sets itself."""
    return [name for name in environment if not _VARIABLE.fullmatch(name) or name in _OWN]
