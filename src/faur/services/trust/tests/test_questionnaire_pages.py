"""The questionnaire in a browser: one question a screen, nothing sent that was not shown once more."""

import re

from faur.services.trust.actions.classify_model import classify_model
from faur.services.trust.models import RiskClassification
from faur.services.trust.tests.test_documents import today
from faur.services.trust.tests.test_pages import text_of
from faur.services.trust.tests.world import ANSWERS

MOST_QUERIES = 15


def answered(person, model, answers):
    """Walks the questionnaire with these answers, as a browser would; returns where it ended."""
    url = f"/questionnaire/?model={model}"
    for _ in range(60):
        shown = person.get(url)
        if shown.status_code == 302:
            url = shown.url
            if "check" in url:
                return url
            continue
        kind = re.search(r'name="answer"', shown.content.decode())
        assert kind, shown.content.decode()[:500]
        question = shown.context["form"].question.id
        given = answers.get(question, "unknown")
        sent = person.post(url, {"answer": given or ["nothing"]})
        assert sent.status_code == 302, (question, given, text_of(sent))
        url = sent.url
    raise AssertionError("the questionnaire does not end")


def test_the_questionnaire_asks_what_can_matter_and_shows_all_before_it_is_sent(person, model_version):
    model = model_version.model.uid
    first = person.get(f"/questionnaire/?model={model}")
    assert first.context["form"].question.id == "influences", "that it learnt from data is known"
    check = answered(person, model, ANSWERS)
    page = text_of(person.get(check))
    assert "known from the registry" in page
    assert "Provider" in page
    assert not RiskClassification.objects.exists()
    made = person.post(check)
    found = RiskClassification.objects.get()
    assert made.url == f"/classifications/{found.uid}/"
    assert found.tiers == ["minimal"]
    assert found.answers["exclusion"] == []


def test_going_back_and_changing_drops_what_is_asked_no_more(person, model_version):
    model = model_version.model.uid
    answered(person, model, {**ANSWERS, "product": "toys", "product_safety": "yes", "third_party": "yes"})
    page = person.get(f"/questionnaire/?model={model}&question=product_safety").content.decode()
    assert "question=product" in page, "one back"
    changed = person.post(f"/questionnaire/?model={model}&question=product", {"answer": "none"})
    assert changed.status_code == 302
    check = answered(person, model, ANSWERS)
    person.post(check)
    assert not {"product_safety", "third_party"} & RiskClassification.objects.get().answers.keys()


def test_what_cannot_be_an_answer_is_refused_and_nothing_is_kept(person, model_version):
    path = f"/questionnaire/?model={model_version.model.uid}"
    for question, answer in (
        ("role", ["provider", "unknown"]),
        ("role", ["nothing", "provider"]),
        ("role", ["king"]),
        ("influences", "perhaps"),
        ("influences", ""),
        ("training_flop", "much"),
        ("training_flop", "-1"),
        ("training_flop", ""),
    ):
        assert person.post(f"{path}&question={question}", {"answer": answer}).status_code == 422, (question, answer)
    assert person.get(f"{path}&question=unheard").status_code == 404
    assert "answer" not in str(dict(person.session))


def test_a_number_may_be_unknown_or_very_large(person, model_version):
    path = f"/questionnaire/?model={model_version.model.uid}"
    assert person.post(f"{path}&question=training_flop", {"answer": "", "unknown": "on"}).status_code == 302
    assert person.post(f"{path}&question=training_flop", {"answer": "1e25"}).status_code == 302


def test_a_second_time_begins_with_the_last_answers_or_anew(person, world, model_version):
    model = model_version.model
    classify_model(world.lead, model, answers=ANSWERS, on=today())
    begun = person.get(f"/questionnaire/?model={model.uid}")
    assert begun.url.startswith("/questionnaire/check/")
    assert "Provider" in text_of(person.get(begun.url))
    again = person.post(begun.url, {"again": "1"})
    assert person.get(again.url).context["form"].question.id == "influences"


def test_unknown_answers_are_shown_as_open_and_lead_to_their_questions(person, world, model_version):
    made = classify_model(world.lead, model_version.model, answers={**ANSWERS, "product": "unknown"}, on=today())
    page = person.get(f"/classifications/{made.uid}/").content.decode()
    assert "Still open" in page
    assert f"/questionnaire/?model={model_version.model.uid}&amp;question=product" in page
    assert "What cannot be ruled out" in page
    RiskClassification.objects.update(ruleset="sha256:" + "0" * 64, answers={"gone": True, **made.answers})
    assert "The rules have changed since" in text_of(person.get(f"/classifications/{made.uid}/"))
