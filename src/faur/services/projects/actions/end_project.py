"""A project ends on its last day: it keeps all that it made, and starts nothing more."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.projects import rules
from faur.services.projects.models import Project, ProjectState


@action("projects.end_project", may=rules.may_operate)
def end_project(actor: Actor, project: Project) -> Statement[None]:
    """End the project. What is held for work that still runs is charged when that ends."""
    project.state = ProjectState.ENDED
    project.save(update_fields=["state"])
    return Statement(chain=project.uid, subjects=[project], claims={"ends_on": project.ends_on.isoformat()})
