"""A refusal that an action gave to a form, put beside the fields that it is about."""

from django import forms

from faur.kernel.errors import Forbidden, Refusal


def show_in_form(refusal: Refusal, form: forms.BaseForm) -> None:
    """Each named field gets its sentence; the refusal's own sentence and hint stand on top of the form.

    Raises Forbidden: nothing that could be written into the form would help.
    """
    if isinstance(refusal, Forbidden):
        raise refusal
    if not hasattr(form, "cleaned_data"):
        form.full_clean()
    sentence = " ".join(part for part in (refusal.message, refusal.hint) if part)
    form.add_error(None, forms.ValidationError(sentence, code=refusal.code))
    for name, wrong in refusal.fields.items():
        if name in form.fields:
            form.add_error(name, wrong)
