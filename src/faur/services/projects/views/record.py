"""The record, entry by entry: a project's chain, the factory's, and one entry with all that it says."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from faur.kernel.api import Request
from faur.kernel.errors import NotFound
from faur.kernel.record import FACTORY_CHAIN
from faur.portal.asking import asked, for_people, shown_page
from faur.services.projects import queries
from faur.services.projects.entry_facts import read
from faur.services.projects.models import Project
from faur.services.projects.verb_words import in_words


@require_safe
@for_people
def project_record(request: Request, uid: str) -> HttpResponse:
    found = queries.project_visible(request.actor, uid)
    return _chain(request, found.uid, found)


@require_safe
@for_people
def factory_record(request: Request) -> HttpResponse:
    if not request.actor.sees_all:
        raise NotFound(FACTORY_CHAIN)
    return _chain(request, FACTORY_CHAIN, None)


@require_safe
@for_people
def entry(request: Request, chain: str, seq: int) -> HttpResponse:
    found = queries.entry_for(request.actor, chain, seq)
    project = None if chain == FACTORY_CHAIN else queries.project_visible(request.actor, chain)
    (shown,) = read([found])
    context = {
        "read": shown,
        "project": project,
        "before": reverse("entry", args=[chain, seq - 1]) if seq > 1 else "",
        "after": reverse("entry", args=[chain, seq + 1]) if seq < queries.last_seq(chain) else "",
    }
    return render(request, "projects/entry.html", context)


def _chain(request: Request, chain: str, project: Project | None) -> HttpResponse:
    page = shown_page(queries.on_chain(chain, verb=asked(request, "verb")), request)
    verbs = [(verb, in_words(verb)) for verb in queries.verbs_on(chain)]
    context = {"page": page, "entries": read(list(page.object_list)), "verbs": verbs, "project": project}
    return render(request, "projects/record.html", context)
