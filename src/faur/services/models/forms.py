"""The forms of the registry's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from faur.services.models.actions.register_model import Naming


class RegisterForm(forms.Form):
    """How a model is called, and what it is meant for."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Name"),
        max_length=50,
        help_text=_(
            "Lower-case letters, digits and hyphens. The same name again makes the next version of that model."
        ),
    )
    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("As people call it."))
    intended_purpose = forms.CharField(
        label=_("Intended purpose"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "For what, by whom, on whom, with which decision left to a person. "
            "The AI Act judges a system by this; it stands in the technical file word for word."
        ),
    )

    def naming(self) -> Naming:
        """What a valid form says."""
        return Naming(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why a person decides so."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays in the record, under your name."),
    )
