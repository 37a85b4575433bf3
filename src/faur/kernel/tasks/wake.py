"""A worker of this process hears at once of a task that this process has committed."""

import threading

from django.db import transaction

wake = threading.Event()


def wake_after_commit(**_signal: object) -> None:
    """Receives django-tasks' `task_enqueued`."""
    transaction.on_commit(wake.set)
