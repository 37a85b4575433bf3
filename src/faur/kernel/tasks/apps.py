from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TasksConfig(AppConfig):
    """Finds the `tasks` module of every service, so that all tasks and schedules are declared in every process."""

    name = "faur.kernel.tasks"
    label = "tasks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django_tasks.signals import task_enqueued

        from faur.kernel.tasks.wake import wake_after_commit

        autodiscover_modules("tasks")
        task_enqueued.connect(wake_after_commit)
