"""What training refuses, each in words for the person who asked."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from faur.kernel.errors import Invalid


class InputsInvalid(Invalid):
    """The recipe needs an input that was not given, or knows none of that name."""

    code = "run.inputs_invalid"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(
            _("These inputs do not fit the recipe."),
            hint=_("Choose a data set version for each input that the recipe names."),
            fields=fields,
        )


class TypeUnsuitable(Invalid):
    """The recipe cannot read files of that type."""

    code = "data.unsuitable_type"

    def __init__(self, name: str, found: str, read: Sequence[str]) -> None:
        message = _("The recipe cannot read files of the type %(type)s.") % {"type": found}
        super().__init__(
            message, hint=_("It reads: %(types)s.") % {"types": ", ".join(read)}, fields={f"inputs.{name}": message}
        )


class TooManyFiles(Invalid):
    """More files than a run may be given."""

    code = "run.too_many_files"

    def __init__(self, most: int) -> None:
        super().__init__(
            _("A run is given %(most)d files at most.") % {"most": most},
            hint=_("Publish the data in fewer, larger files."),
        )


class ColumnMissing(Invalid):
    """A parameter names a column that the data does not have."""

    code = "data.column_missing"

    def __init__(self, parameter: str, column: str, columns: Sequence[str]) -> None:
        message = _("The data has no column “%(column)s”.") % {"column": column}
        shown = ", ".join(columns[:30]) + (", …" if len(columns) > 30 else "")
        super().__init__(
            message,
            hint=_("Its columns are: %(columns)s.") % {"columns": shown},
            fields={f"parameters.{parameter}": message},
        )


class SingleClass(Invalid):
    """There is nothing to tell apart where every row has the same value."""

    code = "data.single_class"

    def __init__(self, parameter: str, column: str) -> None:
        message = _("Every row has the same value in the column “%(column)s”.") % {"column": column}
        super().__init__(
            message,
            hint=_("Choose a column with at least two classes, or publish data that has rows of both."),
            fields={f"parameters.{parameter}": message},
        )
