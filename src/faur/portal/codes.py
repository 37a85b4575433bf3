"""What the stable code of a program's or an inspector's refusal means, in the language of the page.

Programs speak English alone, and of the very row and column; their own words stand below the sentence from here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SENTENCES: dict[str, Promise] = {
    "data.column_missing": _("A column that is needed is not in the data."),
    "data.column_type": _("A column is of a type that cannot be used there."),
    "data.columns_differ": _("The files do not have the same columns."),
    "data.duplicate_column": _("The data names a column more than once."),
    "data.empty": _("A file is empty, or has no rows."),
    "data.no_features": _("There is no column to learn from."),
    "data.not_finite": _("The data holds values that are not finite numbers."),
    "data.single_class": _("All rows are of the same class."),
    "data.single_value": _("The target has the same value in all rows."),
    "data.too_few_rows": _("There are too few rows."),
    "data.too_many_classes": _("There are too many classes."),
    "data.too_many_columns": _("There are too many columns."),
    "data.too_many_rows": _("There are too many rows."),
    "data.unchecked": _("The files could not be looked into."),
    "data.unknown_class": _("The data has a class that the model does not know."),
    "data.unreadable": _("A file cannot be read."),
    "file.too_costly": _("Looking into the file takes more time or memory than it may."),
    "inspection.failed": _("The file could not be looked into now."),
    "model.digest_differs": _("The files of the model do not belong together."),
    "model.disagrees": _("No model could be written that agrees with the one that was trained."),
    "model.external_data": _("The model keeps a part of itself outside its file."),
    "model.format_refused": _("The model is not in a format that is taken here."),
    "model.not_finite": _("The model answers with values that are not finite numbers."),
    "model.screening_failed": _("The model could not be looked into."),
    "model.signature_invalid": _("What the model says of itself is not true of it."),
    "model.unknown_operator": _("The model uses an operator that is not part of the standard."),
    "model.unreadable": _("The model cannot be read."),
    "model.unsafe_format": _("The file could run code when it is loaded."),
    "parameter.missing": _("A parameter is missing."),
    "parameter.out_of_range": _("A parameter has a value that cannot be used."),
    "parameter.type": _("A parameter is not of the right type."),
    "parameter.unknown": _("There is a parameter that the program does not know."),
    "parameter.unreadable": _("The parameters cannot be read."),
}


def code_sentence(code: str) -> str:
    """The sentence for a code; empty for one that the factory does not know."""
    return str(_SENTENCES.get(code, ""))
