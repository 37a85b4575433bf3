"""What pages and the API read, in a fixed number of queries."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncHour

from faur.kernel import clock
from faur.kernel.actors.actor import Actor
from faur.services.models.public import ModelVersion, version_for
from faur.services.serving.errors import VersionElsewhere
from faur.services.serving.models import Endpoint, EndpointQuerySet, Key, UsageWindow

HOURS = 24


def endpoints(actor: Actor, *, project: str = "", state: str = "", search: str = "") -> EndpointQuerySet:
    """The endpoints that the actor may see, newest first, as a set that can be paged."""
    rows = Endpoint.objects.visible_to(actor).select_related("project", "model_version__model")
    rows = rows.defer("model_version__signature", "model_version__files")
    if project:
        rows = rows.filter(project__uid=project)
    if state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(model_version__model__title__icontains=search))
    return rows


def endpoint(actor: Actor, uid: str) -> Endpoint:
    """Raises NotFound."""
    rows = Endpoint.objects.visible_to(actor).select_related("project", "model_version__model__project")
    return rows.get_by_uid(uid)


def key(actor: Actor, uid: str) -> Key:
    """Raises NotFound."""
    return Key.objects.visible_to(actor).select_related("endpoint__project").get_by_uid(uid)


def keys_of(endpoint: Endpoint) -> "Sequence[Key]":
    """The newest 200 keys, each with how many requests came with it; one query."""
    return list(endpoint.keys.annotate(requests=Sum("usage__requests")).order_by("-pk")[:200])


def usage_by_hour(endpoint: Endpoint, hours: int = HOURS) -> list[tuple[datetime, int, int]]:
    """Hour, requests and errors of the last `hours`, oldest first; hours without requests are left out."""
    since = clock.now() - timedelta(hours=hours)
    rows = (
        UsageWindow.objects.filter(key__endpoint=endpoint, minute__gte=since)
        .annotate(hour=TruncHour("minute"))
        .values("hour")
        .annotate(all_requests=Sum("requests"), all_errors=Sum("errors"))
        .order_by("hour")
    )
    return [(row["hour"], row["all_requests"], row["all_errors"]) for row in rows]


def version_in(actor: Actor, uid: str, project: str) -> ModelVersion:
    """The version, which is of that project where one is named.

    Raises:
        NotFound: there is none that the actor may see.
        VersionElsewhere: it is another project's.
    """
    version = version_for(actor, uid)
    if project not in {"", version.model.project.uid}:
        raise VersionElsewhere
    return version


def usage_in_all(endpoint: Endpoint) -> dict[str, int]:
    """All requests, rows and errors that the gateways wrote down so far."""
    sums = UsageWindow.objects.filter(key__endpoint=endpoint).aggregate(
        requests=Sum("requests"), rows=Sum("rows"), errors=Sum("errors"), keys=Count("key", distinct=True)
    )
    return {name: value or 0 for name, value in sums.items()}
