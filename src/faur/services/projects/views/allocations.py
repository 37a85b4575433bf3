"""What was awarded and where it went: an allocation with its statement, and the pools from which awards are made."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.actors.actor import FACTORY
from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.kernel.ledger import holds_of
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.refusals import show_in_form
from faur.services.projects import queries, rules
from faur.services.projects.actions.open_pool import open_pool
from faur.services.projects.forms import PoolForm
from faur.services.projects.statements import held_lines, statement_lines

HOLDS = 20


@require_safe
@for_people
def allocation(request: Request, uid: str) -> HttpResponse:
    found = queries.allocation_for(request.actor, uid)
    page = shown_page(queries.postings_of(found), request)
    context = {
        "allocation": found,
        "holds": held_lines(holds_of(found.account)[:HOLDS]),
        "page": page,
        "lines": statement_lines(page.object_list),
    }
    return render(request, "projects/allocation.html", context)


@require_safe
@for_people
def pools(request: Request) -> HttpResponse:
    found = queries.pools_of(request.actor, search=asked(request, "q"))
    context = {"page": shown_page(found, request), "may_open": rules.may_operate(request.actor, FACTORY)}
    return render(request, "projects/pools.html", context)


@require_safe
@for_people
def pool(request: Request, uid: str) -> HttpResponse:
    found = queries.pools_of(request.actor).get_by_uid(uid)
    page = shown_page(queries.allocations_of(request.actor).filter(pool=found), request)
    return render(request, "projects/pool.html", {"pool": found, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def pool_new(request: Request) -> HttpResponse:
    """Opens a pool; `?cluster=` fills the cluster in."""
    if not rules.may_operate(request.actor, FACTORY):
        raise Forbidden("projects.open_pool")
    form = PoolForm(request.POST or None, initial={"cluster": asked(request, "cluster")})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("pool", open_pool(request.actor, FACTORY, form.facts()).uid)
        except Refusal as refusal:
            show_in_form(refusal, form)
    return render(request, "projects/pool_new.html", {"form": form}, status=422 if form.errors else 200)
