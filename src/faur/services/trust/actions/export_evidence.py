"""A project's evidence leaves the factory as one file that anybody can check offline."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.projects.public import Project, is_member
from faur.services.trust.bundling import write_bundle
from faur.services.trust.models import Bundle


def may_export(actor: Actor, project: Project) -> bool:
    """Members take their own evidence along; auditors and operators take it for an inspection."""
    return is_member(actor, project) or actor.sees_all


@action("trust.export_evidence", may=may_export)
def export_evidence(actor: Actor, project: Project) -> Statement[Bundle]:
    """Have the bundle written: the chain up to and with this very entry, and the documents made so far."""
    bundle = Bundle(project=project)
    bundle.save()
    write_bundle.enqueue(bundle.pk)
    return Statement(chain=project.uid, subjects=[bundle, project], claims={"bundle": bundle.uid}, result=bundle)
