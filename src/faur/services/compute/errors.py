"""What compute refuses, each in words for the person who asked."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid, Refusal


class ClusterExists(Refusal):
    """A cluster of this name or kind is registered already: one place must not be handed out twice."""

    code = "cluster.exists"

    def __init__(self) -> None:
        super().__init__(
            _("A cluster of this name or kind is registered already."), hint=_("Use the one that is there.")
        )


class ClusterUnknown(Invalid):
    """This site has no adapter for such a cluster."""

    code = "cluster.kind_unknown"

    def __init__(self, kind: str) -> None:
        message = _("This factory cannot reach a cluster of the kind “%(kind)s”.") % {"kind": kind}
        super().__init__(message, hint=_("Choose “local”, or wire another adapter."), fields={"kind": message})


class ClusterMissing(Refusal):
    """The pool of the allocation names a cluster that nobody registered."""

    code = "cluster.missing"

    def __init__(self) -> None:
        super().__init__(
            _("The cluster of this allocation is not registered."), hint=_("Ask the operator to register it.")
        )


class JobTooLarge(Invalid):
    """More than the whole cluster has: it would wait for ever."""

    code = "job.too_large"

    def __init__(self, beyond: Mapping[str, str]) -> None:
        super().__init__(
            _("No place on this cluster is large enough for this job."),
            hint=_("Ask for less; the page of the cluster says what it has."),
            fields={f"resources.{name}": text for name, text in beyond.items()},
        )


class WrongUnit(Invalid):
    """The allocation counts another thing than the job uses."""

    code = "job.wrong_unit"

    def __init__(self, *, gpus: bool) -> None:
        if gpus:
            message = _("This allocation counts GPU hours, and the job asks for no GPU.")
            hint = _("Ask for at least one GPU, or take an allocation of core hours.")
        else:
            message = _("This allocation counts core hours, and the job asks for GPUs.")
            hint = _("Ask for cores only, or take an allocation of GPU hours.")
        super().__init__(message, hint=hint, fields={"allocation": message})


class VariableUnusable(Invalid):
    """A name in the environment that no program could read, or that the executor sets itself."""

    code = "job.variable_unusable"

    def __init__(self, names: list[str]) -> None:
        message = _("These names cannot be variables of the environment: %(names)s.") % {
            "names": ", ".join(names)[:200]
        }
        super().__init__(message, hint=_("Use letters, digits and underscores."), fields={"environment": message})


class JobEnded(Refusal):
    """An ended job stays as it is."""

    code = "job.ended"

    def __init__(self) -> None:
        super().__init__(_("This job has ended already."), hint=_("There is nothing left to cancel."))


class JobEnding(Refusal):
    """Somebody cancelled the job a moment ago."""

    code = "job.ending"

    def __init__(self) -> None:
        super().__init__(_("This job is being cancelled already."), hint=_("It ends within a minute."))
