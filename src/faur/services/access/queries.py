"""What pages and the API read of the front office, in a fixed number of queries."""

from django.db.models import Q

from faur.kernel import clock
from faur.kernel.actors.actor import Actor, Role
from faur.services.access import rules, wording
from faur.services.access.models import (
    IN_QUEUE,
    Application,
    ApplicationQuerySet,
    Assessment,
    Call,
    CallQuerySet,
)
from faur.services.access.modes import associations
from faur.services.projects.public import Organisation, Pool


def calls(actor: Actor, *, state: str = "", search: str = "") -> CallQuerySet:
    """The calls, newest first."""
    rows = Call.objects.visible_to(actor).with_pool()
    if state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(summary__icontains=search))
    return rows.order_by("-pk")


def calls_by_phase(actor: Actor, *, phase: str = "", search: str = "") -> CallQuerySet:
    """The calls, open ones first; only those in `phase` where it is one."""
    now, rows = clock.now(), calls(actor, search=search)
    if phase in set(rules.Phase):
        rows = rows.in_phase(rules.Phase(phase), now)
    return rows.open_first(now)


def call(actor: Actor, uid: str) -> Call:
    """Raises NotFound."""
    return Call.objects.visible_to(actor).with_pool().get_by_uid(uid)


def pools_to_draw_on(actor: Actor) -> list[Pool]:
    """The pools on which the actor may open a call: those that have not ended, by name; one query."""
    return list(Pool.objects.visible_to(actor).filter(ends_on__gte=clock.today()).order_by("title"))


def handed_in(call: Call) -> int:
    """How many applications were handed in to it."""
    return call.applications.filter(submitted_at__isnull=False).count()


def applications(actor: Actor, *, call: str = "", state: str = "", search: str = "") -> ApplicationQuerySet:
    """The applications that the actor may see, newest first."""
    rows = Application.objects.visible_to(actor).with_parties().order_by("-pk")
    return narrowed(rows, call=call, state=state, search=search)


def narrowed(rows: ApplicationQuerySet, *, call: str, state: str, search: str) -> ApplicationQuerySet:
    """Those of one call, in one state, with these words; each where it is given."""
    if call:
        rows = rows.filter(call__uid=call)
    if state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(organisation__name__icontains=search))
    return rows


def handed_in_applications(actor: Actor) -> ApplicationQuerySet:
    """All that were handed in and that the actor may see, newest first."""
    return applications(actor).filter(submitted_at__isnull=False)


def own_applications(actor: Actor) -> ApplicationQuerySet:
    """Those that the actor began, or for whose organisation the actor speaks, newest first."""
    return Application.objects.of(actor).with_parties().order_by("-pk")


def to_assess(actor: Actor) -> ApplicationQuerySet:
    """For an evaluator: what is in the queue and not assessed by them, the oldest first; nothing of their own."""
    if not actor.has(Role.EVALUATOR):
        return Application.objects.none()
    return _others(actor).exclude(assessments__evaluator_id=actor.pk)


def to_decide(actor: Actor) -> ApplicationQuerySet:
    """For an operator: what was assessed and waits for a decision, the oldest first; nothing of their own."""
    if not actor.is_operator:
        return Application.objects.none()
    return _others(actor).filter(state=Application.State.ASSESSED)


def application(actor: Actor, uid: str) -> Application:
    """Raises NotFound."""
    return Application.objects.visible_to(actor).with_parties().get_by_uid(uid)


def represented(actor: Actor) -> list[Organisation]:
    """The organisations in whose name the actor may apply; one query."""
    spoken_for = [scope for role, scope in actor.grants if role is Role.REPRESENTATIVE]
    return list(Organisation.objects.filter(uid__in=spoken_for).order_by("name"))


def pool_of(application: Application) -> Pool:
    """The pool out of which it would be awarded, with what is free in it; one query."""
    return Pool.objects.select_related("account").get(pk=application.call.pool_id)


def assessments_of(application: Application) -> list[Assessment]:
    return list(application.assessments.select_related("evaluator").order_by("-pk"))


def ahead_of(application: Application) -> int:
    """How many in the queue of its call wait before it."""
    before = Application.objects.filter(call=application.call, state__in=IN_QUEUE, place__lt=application.place or 0)
    return before.count()


def eligibility_of(application: Application) -> dict[str, object]:
    """What the rules said when it was handed in; for one that never was, what they would say now."""
    stored = application.eligibility
    if not stored:
        stored = wording.kept(
            rules.eligibility(application.facts(clock.now()), application.call.mode.terms, associations())
        )
    said = {rules.Verdict(one["answer"]) for one in stored}
    return {"verdict": rules.verdict_among(said).value, "answers": wording.shown(stored)}


def _others(actor: Actor) -> ApplicationQuerySet:
    mine = Application.objects.of(actor).values("pk")
    return Application.objects.visible_to(actor).exclude(pk__in=mine).undecided().with_parties()
