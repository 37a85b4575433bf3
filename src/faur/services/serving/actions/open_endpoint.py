"""A promoted version gets a name under which it answers."""

from django.db import IntegrityError, transaction

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Subject
from faur.services.models.public import ModelVersion
from faur.services.projects.public import may_work_in
from faur.services.serving import rules
from faur.services.serving.errors import NameInvalid, NameTaken, NotPromoted
from faur.services.serving.models import Endpoint, TableVersion


def may_open(actor: Actor, version: ModelVersion) -> bool:
    return may_work_in(actor, version.model.project)


@action("serving.open_endpoint", may=may_open)
def open_endpoint(actor: Actor, version: ModelVersion, *, name: str) -> Statement[Endpoint]:
    """Let `version` be served under `name`; gateways start an engine for it within a second.

    Raises:
        NotPromoted: the version was not promoted, or was retired since.
        NameInvalid, NameTaken: another name is needed.
    """
    fresh = ModelVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if fresh.state != ModelVersion.State.PROMOTED:
        raise NotPromoted
    if not rules.is_name(name):
        raise NameInvalid
    endpoint = Endpoint(project=version.model.project, name=name, model_version=version)
    try:
        with transaction.atomic():
            endpoint.save()
    except IntegrityError:
        raise NameTaken(name) from None
    TableVersion.bump()
    return Statement(
        chain=endpoint.project.uid,
        subjects=[endpoint, Subject(version.uid, digest=version.manifest)],
        claims={"endpoint": endpoint.uid, "name": name, "model_version": version.uid, "manifest": version.manifest},
        result=endpoint,
    )
