"""The questionnaire of the AI Act: one question a screen, the answers once more, and the classification."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from faur.kernel import clock
from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, NotFound, Refusal
from faur.portal.asking import asked, for_people
from faur.portal.refusals import show_in_form
from faur.services.models.public import Model
from faur.services.models.public import model as model_for
from faur.services.trust import queries
from faur.services.trust.actions.classify_model import classify_model, may_classify
from faur.services.trust.answers import as_json
from faur.services.trust.drafts import KNOWN, Draft
from faur.services.trust.question_forms import QuestionForm, answers_in_words
from faur.services.trust.ruleset import Question
from faur.services.trust.rulesets import shipped


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def questionnaire(request: Request) -> HttpResponse:
    """Asks the next question about `?model=`, or `?question=` again; at the end leads to all answers."""
    model, draft = _begun(request)
    question = _asked(asked(request, "question")) or draft.next
    if question is None:
        return redirect(_page("questionnaire-check", model))
    form = QuestionForm(question, request.POST or None, draft.answers.get(question.id, ""))
    if request.method == "POST" and form.is_valid():
        try:
            draft.answer(question, form.answer)
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            return redirect(_page("questionnaire", model))
    back = draft.before(question)
    context = {
        "model": model,
        "form": form,
        "citation": question.citation.in_language(get_language() or "en") if question.citation else "",
        "number": len([one for one in draft.answered if one.id != question.id]) + 1,
        "back": _page("questionnaire", model, question=back.id) if back else "",
    }
    return render(request, "trust/questionnaire.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def questionnaire_check(request: Request) -> HttpResponse:
    """All answers once more; classifies by them, or begins anew."""
    model, draft = _begun(request)
    if "again" in request.POST:
        draft.clear()
        return redirect(_page("questionnaire", model))
    if draft.next is not None:
        return redirect(_page("questionnaire", model))
    if request.method == "POST":
        made = classify_model(request.actor, model, answers=as_json(draft.answers), on=clock.today())
        draft.forget()
        return redirect("classification", made.uid)
    answers = [
        (text, said, _page("questionnaire", model, question=one.id), one.id in KNOWN)
        for one, text, said in answers_in_words(shipped(), draft.answers)
    ]
    return render(request, "trust/questionnaire_check.html", {"model": model, "answers": answers})


def _begun(request: Request) -> tuple[Model, Draft]:
    """The model asked about, and what was answered already. Raises NotFound and Forbidden."""
    model = model_for(request.actor, asked(request, "model"))
    if not may_classify(request.actor, model):
        raise Forbidden("trust.classify")
    last = queries.classifications(request.actor, model=model.uid).first()
    return model, Draft(request.session, shipped(), model, last)


def _asked(name: str) -> Question | None:
    """Raises NotFound: there is no such question."""
    try:
        return shipped().question(name) if name else None
    except KeyError:
        raise NotFound(name) from None


def _page(name: str, model: Model, **more: str) -> str:
    return f"{reverse(name)}?{urlencode({'model': model.uid, **more})}"
