"""What pages and the API read of the front office, in a fixed number of queries."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from faur.kernel import clock
from faur.kernel.actors.actor import Actor
from faur.services.access import rules, wording
from faur.services.access.models import Application, Assessment, Call
from faur.services.access.modes import associations


def calls(actor: Actor, *, state: str = "", search: str = "") -> "QuerySet[Call, Any]":  # Any: rows
    """The calls, newest first."""
    rows = Call.objects.visible_to(actor).select_related("pool")
    if state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(summary__icontains=search))
    return rows.annotate(handed_in=Count("applications", filter=~Q(applications__state="draft"))).order_by("-pk")


def call(actor: Actor, uid: str) -> Call:
    """Raises NotFound."""
    return Call.objects.visible_to(actor).select_related("pool").get_by_uid(uid)


def applications(
    actor: Actor, *, call: str = "", state: str = "", search: str = ""
) -> "QuerySet[Application, Any]":  # Any: rows
    """The applications that the actor may see, in the order of the queue; drafts last."""
    rows = Application.objects.visible_to(actor).with_parties()
    if call:
        rows = rows.filter(call__uid=call)
    if state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(organisation__name__icontains=search))
    return rows.order_by("-pk")


def application(actor: Actor, uid: str) -> Application:
    """Raises NotFound."""
    return Application.objects.visible_to(actor).with_parties().get_by_uid(uid)


def assessments_of(application: Application) -> list[Assessment]:
    return list(application.assessments.select_related("evaluator").order_by("-pk"))


def ahead_of(application: Application) -> int:
    """How many in the queue of its call wait before it."""
    waiting = (Application.State.SUBMITTED, Application.State.ASSESSED)
    before = Application.objects.filter(call=application.call, state__in=waiting, place__lt=application.place or 0)
    return before.count()


def eligibility_of(application: Application) -> dict[str, object]:
    """What the rules said when it was handed in; for a draft, what they would say now."""
    stored = application.eligibility
    if application.state == Application.State.DRAFT:
        stored = wording.kept(
            rules.eligibility(application.facts(clock.now()), application.call.mode.terms, associations())
        )
    said = {rules.Verdict(one["answer"]) for one in stored}
    return {"verdict": rules.verdict_among(said).value, "answers": wording.shown(stored)}
