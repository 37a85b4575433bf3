"""The task that measurements run."""

from faur.kernel.tasks import task


@task()
def nothing() -> None:
    """Do nothing."""
