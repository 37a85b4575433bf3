"""A refusal that came back from an action, shown where the reader typed."""

from django import forms

from faur.kernel.errors import Invalid
from faur.portal.refusals import show_in_form


class Order(forms.Form):
    cores = forms.IntegerField()


def test_each_field_gets_its_sentence_and_the_top_of_the_form_the_whole():
    form = Order({"cores": "4"})
    assert form.is_valid()
    show_in_form(Invalid("Too many.", hint="Ask for fewer.", fields={"cores": "Two at most.", "other": "?"}), form)
    assert form.errors == {"__all__": ["Too many. Ask for fewer."], "cores": ["Two at most."]}
