"""The forms of serving's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from faur.services.serving.rules import LONGEST_KEY_LIFE


class EndpointForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        label=_("Name"),
        max_length=50,
        help_text=_("Part of the address: lower-case letters, digits and hyphens, as second-reader."),
    )


class KeyForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(label=_("What it is for"), max_length=100)
    days = forms.IntegerField(label=_("Days until it ends"), min_value=1, max_value=LONGEST_KEY_LIFE.days, initial=90)
