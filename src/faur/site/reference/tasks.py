"""docs/reference/tasks.md: what workers do after a transaction, and what they do on a beat."""

from faur.kernel.tasks import declared_schedules, declared_tasks
from faur.site.reference.markdown import code, document, section, table
from faur.site.reference.modules import load_everything

INTRODUCTION = (
    "A task is enqueued in the transaction that it follows, runs at least once, and has its effect exactly once. "
    "A schedule is run by one worker a beat; a beat whose worker dies is made up for."
)


def page() -> str:
    load_everything()
    tasks = [
        [code(task.name), task.summary, str(task.priority), f"{task.retry.times} times"] for task in declared_tasks()
    ]
    schedules = [[code(one.name), one.summary, f"{one.seconds:g} s"] for one in declared_schedules()]
    return document(
        "Tasks and schedules",
        INTRODUCTION,
        section("Tasks", table(["Task", "What it does", "Priority", "Tried"], tasks)),
        section("Schedules", table(["Schedule", "What it does", "Every"], schedules)),
    )
