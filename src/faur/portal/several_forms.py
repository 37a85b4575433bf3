"""Several forms in one on a page: what is wrong in any of them stands in one summary on top."""

from collections.abc import Iterator, Sequence

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict


class SeveralForms:
    """As `<c-errors>` reads a form; `non_form_errors` are those of a formset as a whole."""

    def __init__(self, *several: forms.BaseForm, non_form_errors: Sequence[str] = ()) -> None:
        self.several = several
        self.non_form_errors = list(non_form_errors)

    def __iter__(self) -> Iterator[BoundField]:
        return (field for form in self.several for field in form)

    @property
    def errors(self) -> list[ErrorDict | str]:
        """Empty where nothing is wrong."""
        return [*self.non_form_errors, *(form.errors for form in self.several if form.errors)]

    def non_field_errors(self) -> list[str]:
        return [*self.non_form_errors, *(str(error) for form in self.several for error in form.non_field_errors())]
