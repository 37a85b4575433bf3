"""The local executor's refusals."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, Refusal, Unavailable


class JobTooLarge(Invalid):
    """The job asks for more than the whole machine has: it could wait for ever."""

    code = "job.too_large"

    def __init__(self, what: str, asked: str, offered: str) -> None:
        super().__init__(
            _("This job asks for %(asked)s of %(what)s; the whole machine has %(offered)s.")
            % {"what": what, "asked": asked, "offered": offered},
            hint=_("Ask for less, or choose a larger cluster."),
            fields={f"resources.{what}": asked},
        )


class BadSpecification(Invalid):
    """The job's specification cannot be right on any machine."""

    code = "job.bad_specification"

    def __init__(self, field: str, why: str) -> None:
        super().__init__(
            _("This job cannot run as it is described: %(field)s: %(why)s.") % {"field": field, "why": why},
            hint=_("Correct it and submit it again."),
            fields={field: why},
        )


class BadInputPath(Invalid):
    """An input would lie outside the places that are for inputs."""

    code = "job.bad_input_path"

    def __init__(self, path: str) -> None:
        super().__init__(
            _("An input cannot be placed at %(path)r.") % {"path": path},
            hint=_("Inputs lie under program/ or in/, or are parameters.json; each has its own path without '..'."),
            fields={"inputs": path},
        )


class InputDamaged(Refusal):
    """The stored bytes are not those that the job names."""

    code = "job.input_damaged"
    status = HTTPStatus.CONFLICT

    def __init__(self, path: str) -> None:
        super().__init__(
            _("The bytes stored for the input %(path)s are not the ones that this job names.") % {"path": path},
            hint=_("Tell the operator: the store of the factory is damaged, or the job names a wrong size."),
            fields={"inputs": path},
        )


class BadOutputPath(Invalid):
    """Only what a job left under out/ or report/ can be read."""

    code = "job.bad_output_path"

    def __init__(self, path: str) -> None:
        super().__init__(
            _("A job leaves nothing at %(path)r.") % {"path": path},
            hint=_("Outputs lie under out/ or report/."),
            fields={"path": path},
        )


class JobStillThere(Refusal):
    """A job that has not ended cannot be forgotten."""

    code = "job.not_ended"
    transient = True

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The job %(name)s has not ended.") % {"name": name},
            hint=_("Cancel it, or wait until it has ended."),
        )


class AnotherScheduler(Unavailable):
    """One process alone may schedule the jobs of a root."""

    code = "scheduler.taken"

    def __init__(self, root: str) -> None:
        super().__init__(
            _("Another process schedules the jobs under %(root)s.") % {"root": root},
            hint=_("Stop the other factory first, or give this one its own home."),
        )
