"""The record's tables. Entries and checkpoints are written once; triggers in the database hold that against all."""

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import models
from django.db.models import Q

from faur.kernel.actors.actor import Actor
from faur.kernel.record.errors import AppendOnly
from faur.kernel.record.jcs import JSON
from faur.kernel.record.statements import LONGEST_UID, Strength

HASH_DIGITS = 64
CHAIN_LENGTH = 40

Row = TypeVar("Row", bound=models.Model, covariant=True)


class AppendOnlyQuerySet(models.QuerySet[Row], Generic[Row]):
    """Rows that are written once.

    Raises:
        AppendOnly: on every way to change or remove them.
    """

    def update(self, **values: object) -> int:
        raise AppendOnly

    def bulk_update(self, *rows: object, **options: object) -> int:
        raise AppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly


class Written(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:  # Any: Django's options; none may come by place
        """Raises AppendOnly: the row is written already."""
        if not self._state.adding:
            raise AppendOnly
        super().save(**{**options, "force_insert": True})

    def delete(self, *args: object, **options: object) -> tuple[int, dict[str, int]]:
        raise AppendOnly


class Head(models.Model):
    """How far a chain has come. Whoever appends to the chain holds this row until its transaction ends."""

    chain = models.CharField(max_length=CHAIN_LENGTH, primary_key=True)
    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=HASH_DIGITS)

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"


class EntryQuerySet(AppendOnlyQuerySet["Entry"]):
    def visible_to(self, actor: Actor) -> Self:
        """The chains of the actor's projects; all for who may read everything."""
        return self if actor.sees_all else self.filter(chain__in=actor.projects)

    def on_chain(self, chain: str) -> Self:
        """The entries of one chain, in its order."""
        return self.filter(chain=chain).order_by("seq")

    def about(self, subject: str) -> Self:
        """The entries that name a thing by its identifier or its digest, in the order of writing."""
        if not subject:
            return self.none()
        named = EntrySubject.objects.filter(Q(uid=subject) | Q(digest=subject))
        return self.filter(pk__in=named.values("entry_id")).order_by("pk")


class Entry(Written):
    """One statement on a chain. `body` holds the canonical bytes that were hashed; the other columns are what it says.

    `prev` is the hash of the entry before it, or 64 zeros. `at` is the time that this factory says it was.
    """

    chain = models.CharField(max_length=CHAIN_LENGTH)
    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=HASH_DIGITS)
    prev = models.CharField(max_length=HASH_DIGITS)
    at = models.DateTimeField()
    actor_uid = models.CharField(max_length=LONGEST_UID)
    verb = models.CharField(max_length=100)
    strength = models.CharField(max_length=10, choices=[(strength.value, strength.value) for strength in Strength])
    subjects = models.JSONField()
    claims: "models.JSONField[Mapping[str, JSON], Mapping[str, JSON]]" = models.JSONField()
    body = models.BinaryField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "seq"], name="record_one_entry_a_place"),
            models.UniqueConstraint(fields=["chain", "prev"], name="record_no_fork"),
        ]
        indexes: ClassVar = [models.Index(fields=["chain", "verb", "seq"], name="record_chain_verb")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"


class EntrySubject(Written):
    """Finds the entries about a thing; all of it stands in the entry as well."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="named", db_index=False)
    uid = models.CharField(max_length=LONGEST_UID, blank=True)
    digest = models.CharField(max_length=71, blank=True)

    objects: "models.Manager[Self]" = AppendOnlyQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["uid", "entry"], name="record_subject_uid"),
            models.Index(fields=["digest", "entry"], name="record_subject_digest"),
        ]

    def __str__(self) -> str:
        return self.uid or self.digest


class Checkpoint(Written):
    """The signed root over the heads of all chains at one moment; `body` holds the canonical bytes that were signed."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    root = models.CharField(max_length=HASH_DIGITS)
    previous = models.CharField(max_length=HASH_DIGITS)
    hash = models.CharField(max_length=HASH_DIGITS)
    body = models.BinaryField()
    signature = models.BinaryField()
    public_key = models.BinaryField()

    objects: "models.Manager[Self]" = AppendOnlyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"checkpoint {self.number}"


class Anchor(Written):
    """A chain's head in a checkpoint, kept when the chain had grown since the one before, with its way to the root."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="anchors", db_index=False)
    chain = models.CharField(max_length=CHAIN_LENGTH)
    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=HASH_DIGITS)
    path = models.JSONField()

    objects: "models.Manager[Self]" = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "seq"], name="record_one_anchor_a_head"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"
