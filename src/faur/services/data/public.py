"""The front door of data: what other services may use, and nothing else."""

from faur.services.data.digests import digest_of_json
from faur.services.data.errors import ContractMissing, NotPublished, SplitMissing
from faur.services.data.models import Contract, Dataset, DatasetVersion
from faur.services.data.queries import active_contract, columns_of, files_of, usable_versions, version_for_use
from faur.services.data.rules import Purpose

__all__ = [
    "Contract",
    "ContractMissing",
    "Dataset",
    "DatasetVersion",
    "NotPublished",
    "Purpose",
    "SplitMissing",
    "active_contract",
    "columns_of",
    "digest_of_json",
    "files_of",
    "usable_versions",
    "version_for_use",
]
