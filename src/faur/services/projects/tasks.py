"""What projects does by the calendar."""

from django.db import transaction

from faur.kernel import clock
from faur.kernel.actors.actor import SYSTEM
from faur.kernel.tasks import every
from faur.services.projects import attempts
from faur.services.projects.actions.end_project import end_project
from faur.services.projects.models import Project


@every(seconds=3600)
def end_projects() -> None:
    """End the projects whose last day has passed."""
    today = clock.today()
    for overdue in Project.objects.overdue(today).values_list("pk", flat=True):
        with transaction.atomic():
            for project in Project.objects.overdue(today).select_for_update().filter(pk=overdue):
                end_project(SYSTEM, project)


@every(seconds=3600)
def forget_old_attempts() -> None:
    """Remove the failed log-ins of yesterday."""
    attempts.forget_old()
