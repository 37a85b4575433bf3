"""A refusal that came back from an action, shown where the reader typed."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.test import Client

from faur.kernel.errors import Invalid
from faur.portal.refusals import show_in_form


class Order(forms.Form):
    cores = forms.IntegerField()


def test_each_field_gets_its_sentence_and_the_top_of_the_form_the_whole():
    form = Order({"cores": "4"})
    assert form.is_valid()
    show_in_form(Invalid("Too many.", hint="Ask for fewer.", fields={"cores": "Two at most.", "other": "?"}), form)
    assert form.errors == {"__all__": ["Too many. Ask for fewer."], "cores": ["Two at most."]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("where", "form"),
    [
        ("/login/?next=a%00b", None),
        ("/projects/%00/", None),
        ("/login/", {"email": "a\0@example.org", "password": "x"}),
        ("/login/", {"email": "\u202egro.elpmaxe@a", "password": "x"}),
        ("/login/", {"email\u202e": "a@example.org", "password": "x"}),
    ],
)
def test_text_that_may_not_come_in_is_refused_on_a_page_of_its_own(
    client: Client, where: str, form: dict[str, str] | None
) -> None:
    answer = client.get(where) if form is None else client.post(where, form)
    assert answer.status_code == 422
    assert "portal/refused.html" in [template.name for template in answer.templates]


@pytest.mark.django_db
def test_who_is_sent_to_log_in_comes_back_to_the_whole_address(client: Client) -> None:
    where = "/runs/compare/?run=run_1&run=run_2"
    sent = parse_qs(urlsplit(client.get(where)["Location"]).query)
    assert sent == {"next": [where]}
