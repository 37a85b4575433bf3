"""Calls, the applications handed in to them, what was assessed, and what was awarded."""

import hashlib
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Q, When
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from faur.kernel import clock
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.actors.models import User
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.services.access import rules
from faur.services.access.modes import Mode, modes
from faur.services.access.rules import Phase
from faur.services.projects.public import Allocation, Organisation, Pool, Project

Json = dict[str, Any]  # Any: JSON


class CallQuerySet(EntityQuerySet["Call"]):
    def visible_to(self, actor: Actor) -> Self:
        """Calls are public."""
        return self.all()

    def in_phase(self, phase: Phase, at: datetime) -> Self:
        """Those that take applications at that moment, will take them later, or take none any more."""
        return self.filter(_phases(at)[phase])

    def open_first(self, at: datetime) -> Self:
        """Open calls, the one that closes next before the others; then those to come; then those that are over."""
        first, second = _phases(at)[Phase.OPEN], _phases(at)[Phase.AHEAD]
        rank = Case(When(first, then=0), When(second, then=1), default=2, output_field=models.IntegerField())
        soon = Case(When(first, then="closes_at"), When(second, then="opens_at"), default=None)
        return self.annotate(rank=rank).order_by("rank", soon.asc(nulls_last=True), "-pk")

    def with_pool(self) -> Self:
        return self.select_related("pool")


def _phases(at: datetime) -> dict[Phase, Q]:
    is_open = Q(state=Call.State.OPEN)
    return {
        Phase.OPEN: is_open & Q(opens_at__lte=at, closes_at__gt=at),
        Phase.AHEAD: is_open & Q(opens_at__gt=at),
        Phase.CLOSED: ~is_open | Q(closes_at__lte=at),
    }


class Call(Entity):
    """An invitation to apply in one mode for a share of one pool. `max_amount` in seconds of the pool's unit."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    uid = UidField("call")
    page = "call"
    title = models.CharField(_("title"), max_length=200)
    mode_id = models.CharField(_("access mode"), max_length=40)
    summary = models.TextField(_("summary"), blank=True)
    terms = models.TextField(_("terms"), blank=True)
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="calls")
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    max_amount = models.PositiveBigIntegerField(_("most that can be asked for"), null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    places_given = models.PositiveIntegerField(default=0)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def mode(self) -> Mode:
        return modes()[self.mode_id]

    @property
    def terms_digest(self) -> str:
        return f"sha256:{hashlib.sha256(self.terms.encode()).hexdigest()}"

    @property
    def limit(self) -> int | None:
        """The most that one may ask for, in seconds of the pool's unit: the operator's limit or the mode's."""
        published = self.mode.terms.limit(self.pool.unit)
        return min((limit for limit in (self.max_amount, published) if limit), default=None)

    @property
    def phase(self) -> Phase:
        return self.phase_at(clock.now())

    @property
    def takes_applications(self) -> bool:
        return self.phase is Phase.OPEN

    def phase_at(self, at: datetime) -> Phase:
        return rules.phase(self.opens_at, self.closes_at, is_open=self.state == Call.State.OPEN, at=at)

    def lock(self) -> None:
        """Hold the row until the transaction ends, and know its state as it is now."""
        self.refresh_from_db(fields=["state", "places_given"], from_queryset=Call.objects.select_for_update())

    def next_place(self) -> int:
        """The next place in the queue of a call that is locked."""
        self.places_given += 1
        self.save(update_fields=["places_given"])
        return self.places_given


class ApplicationQuerySet(EntityQuerySet["Application"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own and those of one's organisations; what was handed in, for evaluators; all for those who see all."""
        if actor.sees_all:
            return self.all()
        handed_in = Q(submitted_at__isnull=False) if actor.has(Role.EVALUATOR) else NONE
        return self.filter(_own(actor) | handed_in)

    def of(self, actor: Actor) -> Self:
        """Those that the actor began, and those of the organisations for which the actor speaks."""
        return self.filter(_own(actor))

    def undecided(self) -> Self:
        """Those in the queue, the one that came first before the others."""
        return self.filter(state__in=IN_QUEUE).order_by("submitted_at", "pk")

    def with_parties(self) -> Self:
        return self.select_related("call__pool", "organisation", "applicant", "award__project", "award__allocation")


NONE = Q(pk__in=[])


def _own(actor: Actor) -> Q:
    began = Q(applicant_id=actor.pk) if actor.pk else NONE
    return began | Q(organisation__uid__in=actor.organisations)


class Application(Entity):
    """What somebody asks for. `amount` in seconds of the pool's unit; `place` is its place in the call's queue.

    `eligibility` holds what each rule answered when it was handed in.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        ASSESSED = "assessed", _("assessed")
        AWARDED = "awarded", _("awarded")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    CHANGING = ("title", "amount", "months", "answers", "state", "place", "submitted_at", "terms_agreed", "eligibility")
    """What changes after it was begun."""

    uid = UidField("app")
    page = "application"
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    amount = models.PositiveBigIntegerField(_("amount"))
    months = models.PositiveSmallIntegerField(_("months"))
    answers: "models.JSONField[Json, Json]" = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    place = models.PositiveIntegerField(null=True)
    submitted_at = models.DateTimeField(null=True)
    terms_agreed = models.CharField(max_length=80, blank=True)
    eligibility = models.JSONField(default=list)
    decline_reason = models.TextField(blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "place"], name="place_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == Application.State.DRAFT

    @property
    def is_in_queue(self) -> bool:
        return self.state in IN_QUEUE

    def lock(self) -> None:
        """Hold the row until the transaction ends, and know it as it is now."""
        rows = Application.objects.select_for_update()
        self.refresh_from_db(fields=[*self.CHANGING, "decline_reason"], from_queryset=rows)

    def facts(self, at: datetime) -> rules.Facts:
        """What the eligibility rules look at."""
        return rules.Facts(
            kind=self.organisation.kind,
            country=self.organisation.country,
            size=self.organisation.size,
            amount=self.amount,
            unit=self.call.pool.unit,
            months=self.months,
            on=localdate(at),
            cap=self.call.max_amount,
            civilian=_said(self.answers.get("civilian")),
            contract_lasts=_said(self.answers.get("contract_valid")),
        )


def _said(answer: object) -> bool | None:
    """Yes or no; None where that was not said."""
    return answer if isinstance(answer, bool) else None


IN_QUEUE = (Application.State.SUBMITTED, Application.State.ASSESSED)
"""Handed in, and not decided."""


class Assessment(models.Model):
    """What an evaluator found: whether it can be done with what was asked for."""

    class Result(models.TextChoices):
        PASS = "pass", _("pass")
        FAIL = "fail", _("fail")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assessments")
    evaluator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=4, choices=Result.choices)
    comment = models.TextField()
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "evaluator"], name="assessed_once_each")
        ]

    def __str__(self) -> str:
        return self.verdict


class AwardQuerySet(EntityQuerySet["Award"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(application__in=Application.objects.visible_to(actor))


class Award(Entity):
    """What was granted, and what came of it. `amount` in seconds of the pool's unit."""

    uid = UidField("awd")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="awards")
    allocation = models.OneToOneField(Allocation, on_delete=models.PROTECT, related_name="award")
    amount = models.PositiveBigIntegerField()
    decided_by = models.CharField(max_length=32)

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
