"""The list of contracts, one with its terms, and the question whether it shall be approved or declined."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.actors.actor import Actor
from faur.kernel.api import Request
from faur.kernel.errors import Forbidden
from faur.portal.asking import asked, for_people, shown_page
from faur.portal.states import state_word
from faur.services.data import queries
from faur.services.data.actions.approve_contract import approve_contract
from faur.services.data.actions.decline_contract import decline_contract
from faur.services.data.digests import digest_of_json
from faur.services.data.errors import ContractDecided
from faur.services.data.models import Contract
from faur.services.data.rights import may_decide
from faur.services.data.wording import policy_lines, purpose_word


@require_safe
@for_people
def contracts(request: Request) -> HttpResponse:
    found = queries.contracts(request.actor, project=asked(request, "project"), state=asked(request, "state"))
    context = {
        "page": shown_page(found, request),
        "states": [(state.value, state_word(state).text) for state in Contract.State],
    }
    return render(request, "data/contracts.html", context)


@require_safe
@for_people
def contract(request: Request, uid: str) -> HttpResponse:
    found = queries.contract(request.actor, uid)
    dataset = found.version.dataset
    names = queries.names_of([found.agreed_by, found.decided_by])
    context = {
        "contract": found,
        "purpose": purpose_word(found.purpose),
        "policy": policy_lines(dataset.terms, dataset.policy),
        "has_changed": digest_of_json(dataset.policy) != found.policy_digest,
        "agreed_by": names.get(found.agreed_by, found.agreed_by),
        "decided_by": names.get(found.decided_by, found.decided_by),
        "may_decide": found.state == Contract.State.PENDING and may_decide(request.actor, found),
    }
    return render(request, "data/contract.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def contract_approve(request: Request, uid: str) -> HttpResponse:
    return _decide(request, uid, "approve", approve_contract, _("The contract is approved."))


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def contract_decline(request: Request, uid: str) -> HttpResponse:
    return _decide(request, uid, "decline", decline_contract, _("The contract is declined."))


def _decide(
    request: Request, uid: str, verb: str, decide: Callable[[Actor, Contract], Contract], done: str
) -> HttpResponse:
    """Asks first, then decides."""
    found = queries.contract(request.actor, uid)
    if not may_decide(request.actor, found):
        raise Forbidden(f"data.{verb}_contract")
    if found.state != Contract.State.PENDING:
        raise ContractDecided(found.state)
    if request.method == "POST":
        decide(request.actor, found)
        messages.success(request, done)
        return redirect("contract", uid)
    context = {"contract": found, "verb": verb, "purpose": purpose_word(found.purpose)}
    return render(request, "data/contract_decide.html", context)
