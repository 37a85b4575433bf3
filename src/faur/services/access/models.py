"""Calls, the applications handed in to them, what was assessed, and what was awarded."""

import hashlib
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faur.kernel import clock
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.actors.models import User
from faur.kernel.entities import Entity, EntityQuerySet, UidField
from faur.services.access import rules
from faur.services.access.modes import Mode, modes
from faur.services.projects.public import Allocation, Organisation, Pool, Project

Json = dict[str, Any]  # Any: JSON


class CallQuerySet(EntityQuerySet["Call"]):
    def visible_to(self, actor: Actor) -> Self:
        """Calls are public."""
        return self.all()

    def taking(self, at: datetime) -> Self:
        """Those that take applications at that moment."""
        return self.filter(state=Call.State.OPEN, opens_at__lte=at, closes_at__gt=at)


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
    def takes_applications(self) -> bool:
        is_open = self.state == Call.State.OPEN
        return rules.accepts(self.opens_at, self.closes_at, is_open=is_open, at=clock.now())

    def next_place(self) -> int:
        """The next place in the queue; the row is locked until the transaction ends."""
        locked = Call.objects.select_for_update().get(pk=self.pk)
        locked.places_given += 1
        locked.save(update_fields=["places_given"])
        return locked.places_given


class ApplicationQuerySet(EntityQuerySet["Application"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own and those of one's organisations; what was handed in, for evaluators; all for those who see all."""
        if actor.sees_all:
            return self.all()
        own = Q(applicant_id=actor.pk) if actor.pk else Q(pk__in=[])
        own |= Q(organisation__uid__in=actor.organisations)
        if actor.has(Role.EVALUATOR):
            own |= ~Q(state=Application.State.DRAFT)
        return self.filter(own)

    def with_parties(self) -> Self:
        return self.select_related("call__pool", "organisation", "applicant", "award__project", "award__allocation")


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

    def facts(self, at: datetime) -> rules.Facts:
        """What the eligibility rules look at."""
        return rules.Facts(
            kind=self.organisation.kind,
            country=self.organisation.country,
            size=self.organisation.size,
            amount=self.amount,
            months=self.months,
            on=at.date(),
            cap=self.call.max_amount,
            civilian=self.answers.get("civilian") is True,
            contract_lasts=self.answers.get("contract_valid") is True,
        )


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
