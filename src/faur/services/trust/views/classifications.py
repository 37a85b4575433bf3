"""The page of a classification: what the model is under the AI Act, why, what follows from when, what is open."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from faur.kernel.api import Request
from faur.portal.asking import for_people
from faur.services.projects.public import build_trail
from faur.services.trust import queries
from faur.services.trust.actions.classify_model import may_classify
from faur.services.trust.answers import readable_answers
from faur.services.trust.question_forms import answers_in_words
from faur.services.trust.rulesets import shipped
from faur.services.trust.tiers import duties_of, findings_of, points_of, shown_tiers


@require_safe
@for_people
def classification(request: Request, uid: str) -> HttpResponse:
    found = queries.classification(request.actor, uid)
    language = get_language() or "en"
    explained = queries.explained(found, language)
    context = {
        "classification": found,
        "tiers": shown_tiers(found.tiers, language),
        "explained": explained,
        "findings": findings_of(explained["findings"], language),
        "possible": findings_of(explained["possible"], language),
        "upcoming": findings_of(explained["upcoming"], language),
        "duties": duties_of(explained),
        "contested": points_of(explained["contested"]),
        "rules_changed": found.ruleset != shipped().digest,
        "answers": answers_in_words(shipped(), readable_answers(shipped(), found.answers)),
        "place": queries.classified_at(found),
        "may": may_classify(request.actor, found.model),
        "trail": build_trail(request.actor, found.project.uid, focus=found.model.uid),
    }
    return render(request, "trust/classification.html", context)
