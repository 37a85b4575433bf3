"""Pools, allocations and what moved on their accounts."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from faur.kernel.ledger.models import LARGEST_AMOUNT, Posting
from faur.kernel.units import Unit
from faur.services.projects.models import Allocation, Pool
from faur.services.projects.schemas.fields import Named, RowOut


class PoolIn(Schema):
    title: Named
    cluster: Annotated[Named, StringConstraints(max_length=32)]
    unit: Unit
    capacity: int = Field(ge=1, le=LARGEST_AMOUNT)
    starts_on: date
    ends_on: date


class PoolOut(RowOut):
    """`capacity` and `free` in `unit`."""

    title: str
    cluster: str
    unit: str
    capacity: int
    free: int
    starts_on: date
    ends_on: date

    @staticmethod
    def resolve_free(row: Pool) -> int:
        return row.account.free


class AllocationOut(RowOut):
    """All amounts in `unit`: `balance` is what was not charged yet, `free` what of it is not held, `used` the rest."""

    project: str
    project_title: str
    pool: str
    pool_title: str
    unit: str
    amount: int
    balance: int
    held: int
    free: int
    used: int
    starts_on: date
    ends_on: date

    @staticmethod
    def resolve_project(row: Allocation) -> str:
        return row.project.uid

    @staticmethod
    def resolve_project_title(row: Allocation) -> str:
        return row.project.title

    @staticmethod
    def resolve_pool(row: Allocation) -> str:
        return row.pool.uid

    @staticmethod
    def resolve_pool_title(row: Allocation) -> str:
        return row.pool.title

    @staticmethod
    def resolve_balance(row: Allocation) -> int:
        return row.account.balance

    @staticmethod
    def resolve_held(row: Allocation) -> int:
        return row.account.held

    @staticmethod
    def resolve_free(row: Allocation) -> int:
        return row.account.free

    @staticmethod
    def resolve_used(row: Allocation) -> int:
        return row.spent.balance


class PostingOut(Schema):
    """One side of a transfer: `amount` was added (or, negative, taken), `balance` is what that left."""

    id: str
    at: datetime
    amount: int
    balance: int
    other: str
    memo: str
    shortfall: int

    @staticmethod
    def resolve_id(row: Posting) -> str:
        return row.transfer.uid

    @staticmethod
    def resolve_at(row: Posting) -> datetime:
        return row.transfer.created_at

    @staticmethod
    def resolve_other(row: Posting) -> str:
        return row.other.owner

    @staticmethod
    def resolve_memo(row: Posting) -> str:
        return row.transfer.memo

    @staticmethod
    def resolve_shortfall(row: Posting) -> int:
        return row.transfer.shortfall
