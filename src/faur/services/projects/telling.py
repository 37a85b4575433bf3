"""What projects itself shows on the first page: one's projects and what is left to them, what runs out, the pools."""

from datetime import timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faur.kernel import clock
from faur.kernel.actors.actor import Actor
from faur.services.projects.amounts import in_words
from faur.services.projects.models import Allocation, AllocationQuerySet, Pool, ProjectState
from faur.services.projects.panels import Panel, Question, Row

SHOWN = 6
SOON = timedelta(days=14)


def on_home(actor: Actor) -> Panel | None:
    """The actor's own projects, with what is free on each allocation; one query."""
    if not actor.projects:
        return None
    found = _own(actor).order_by("-project__pk", "pk")[:SHOWN]
    rows = tuple(_row(one, _("%(amount)s free") % {"amount": in_words(one.account.free, one.unit)}) for one in found)
    return Panel(_("Your projects"), rows, Question.HAVE, more=(_("All projects"), reverse("projects")))


def what_runs_out(actor: Actor) -> Panel | None:
    """The actor's own allocations that end within two weeks, or have less than a tenth left; one query."""
    if not actor.projects:
        return None
    today = clock.today()
    nearly = Q(ends_on__lte=today + SOON) | Q(account__balance__lt=F("account__held") + F("amount") / 10)
    found = _own(actor).filter(nearly, ends_on__gte=today, project__state=ProjectState.ACTIVE)[:SHOWN]
    rows = tuple(_row(one, _left(one)) for one in found)
    return Panel(_("Computing time that runs out"), rows, Question.NEEDS) if rows else None


def pools_on_home(actor: Actor) -> Panel | None:
    """For operators: the pools and what is free in each; one query."""
    if not actor.is_operator:
        return None
    found = Pool.objects.visible_to(actor).select_related("account")[:SHOWN]
    rows = tuple(
        Row(
            pool.title,
            reverse("pool", args=[pool.uid]),
            detail=_("%(amount)s free") % {"amount": in_words(pool.account.free, pool.unit)},
        )
        for pool in found
    )
    empty = _("No pool yet: open one on a cluster, and then a call on it.")
    action = None if rows else (_("Open a pool"), reverse("pool-new"))
    return Panel(_("Pools"), rows, Question.HAVE, empty, (_("All pools"), reverse("pools")), action)


def _own(actor: Actor) -> AllocationQuerySet:
    mine = Allocation.objects.visible_to(actor).filter(project__uid__in=actor.projects)
    return mine.select_related("project", "account")


def _row(allocation: Allocation, detail: str) -> Row:
    project = allocation.project
    return Row(project.title, reverse("project", args=[project.uid]), project.state, detail)


def _left(allocation: Allocation) -> str:
    free = in_words(allocation.account.free, allocation.unit)
    return _("%(amount)s free, until %(day)s") % {"amount": free, "day": date_format(allocation.ends_on)}
