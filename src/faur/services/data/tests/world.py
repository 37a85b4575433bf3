"""Projects with data, made by the verbs that make real ones; files are real, and so is the inspector."""

import io
import re
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from faur.kernel.actors.actor import SYSTEM
from faur.kernel.actors.models import User
from faur.kernel.blobs import blobs, receipt
from faur.services.data.actions.accept_version import accept_version
from faur.services.data.actions.agree_contract import agree_contract
from faur.services.data.actions.create_dataset import create_dataset
from faur.services.data.actions.publish_version import Uploaded, publish_version
from faur.services.data.descriptions import Description
from faur.services.data.models import Contract, Dataset, DatasetVersion
from faur.services.data.ports import Inspected
from faur.services.data.rules import Purpose
from faur.services.projects.actions.add_member import add_member
from faur.services.projects.models import Project
from faur.services.projects.tests.world import acting, bearer, person, project, today

__all__ = ["SYSTEM", "acting", "bearer", "person", "project", "today"]

MOST_QUERIES = 15

TABLE = {"size": [1.5, 2.5, None, 4.0], "diagnosis": ["benign", "malignant", "benign", None], "count": [1, 2, 3, 4]}
CSV = b"size,diagnosis\n1.5,benign\n2.5,malignant\n"
SHEET = {"composition": "Four rows, invented.", "origin": "Made for a test.", "personal_data": "none"}
POLICY = {"permissions": ["training", "evaluation"]}
SIZE = {
    "name": "size", "type": "number", "missing": 0, "minimum": 1.5, "maximum": 2.5, "distinct": 2,
    "values": [{"value": 1.5, "count": 1}, {"value": 2.5, "count": 1}],
}  # fmt: skip
FOUND = Inspected(media_type="text/csv", profile={"rows": 2, "columns": [SIZE]})


def parquet(table: Mapping[str, object] = TABLE) -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.table(dict(table)), written)
    return written.getvalue()


def uploaded(
    user: User, place: Project, content: bytes = CSV, *, path: str = "t.csv", split: str = "train"
) -> Uploaded:
    """Bytes in the store, with the receipt that the gateway gives for them."""
    return Uploaded(path, split, receipt(user.uid, blobs().put([content]), path, place.uid))


def describe(**changes) -> Description:
    told = {"title": "Cells", "description": "Of many.", "licence": "CC0-1.0", "sheet": SHEET, "policy": POLICY}
    return Description(**{**told, **changes})


def dataset(user: User, place: Project, *, name: str = "cells", **policy) -> Dataset:
    told = describe(policy={**POLICY, **policy})
    return create_dataset(acting(user), place, name=name, description=told)


def checking(user: User, of: Dataset, content: bytes = CSV, **file) -> DatasetVersion:
    """A version whose files wait to be looked into."""
    return publish_version(acting(user), of, files=[uploaded(user, of.project, content, **file)])


def published(user: User, of: Dataset, content: bytes = CSV, **file) -> DatasetVersion:
    """A version that is let in, without running the inspector."""
    version = checking(user, of, content, **file)
    accept_version(SYSTEM, version, found=[FOUND])
    return version


def agreed(user: User, place: Project, version: DatasetVersion, purpose: Purpose = Purpose.TRAINING) -> Contract:
    return agree_contract(acting(user), place, version=version, purpose=purpose)


def joined(lead: User, place: Project, name: str, role: str) -> User:
    """Somebody new in the project."""
    user = person(name)
    add_member(acting(lead), place, email=user.email, role=role)
    return user


def text_of(response) -> str:
    """The words of a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
