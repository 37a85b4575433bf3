"""One version: its state, its files, what is in them, who may use it for what; and the form that publishes one."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faur.kernel.actors.actor import Actor
from faur.kernel.api import Request
from faur.kernel.blobs import blobs, receipt
from faur.kernel.errors import Forbidden, NotFound, Refusal
from faur.portal.asking import for_people
from faur.portal.refusals import show_in_form
from faur.portal.several_forms import SeveralForms
from faur.services.data import queries
from faur.services.data.actions.agree_contract import agree_contract
from faur.services.data.actions.publish_version import Uploaded, publish_version
from faur.services.data.forms import MOST_BYTES, PARTS, File, NoteForm, PartFormSet
from faur.services.data.models import Dataset, DatasetVersion
from faur.services.data.offers import offers_on
from faur.services.data.profiles import profile_of
from faur.services.data.rights import may_edit
from faur.services.data.rules import Purpose
from faur.services.data.showing import shown
from faur.services.data.wording import policy_lines
from faur.services.projects.public import project_visible

MOST_FILES, MOST_PROFILES, MOST_CONTRACTS = 100, 20, 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def version(request: Request, uid: str) -> HttpResponse:
    """A version; the buttons `agree` bind a project to its policy, for the purpose that their value names."""
    found = queries.version(request.actor, uid)
    if request.method == "POST":
        return _agree(request, found)
    told = shown(request.actor, found)
    contracts = list(queries.contracts_on(request.actor, found)[:MOST_CONTRACTS])
    offers = offers_on(request.actor, found, contracts)
    context = {
        "version": found,
        "files": told.files[:MOST_FILES],
        "more_files": max(0, len(told.files) - MOST_FILES),
        "profiles": [profile_of(one) for one in told.profile[:MOST_PROFILES]],
        "more_profiles": max(0, len(told.profile) - MOST_PROFILES),
        "reads": told.may_read_files,
        "contracts": contracts,
        "offers": offers,
        "may_agree": any(choice.value for offer in offers for choice in offer.choices),
        "may_run": any(choice.in_force for offer in offers for choice in offer.choices),
        "policy": policy_lines(found.dataset.terms, found.dataset.policy),
        "may_edit": may_edit(request.actor, found.dataset),
    }
    response = render(request, "data/version.html", context)
    if "HX-Request" in request.headers and found.state != DatasetVersion.State.CHECKING:
        response["HX-Refresh"] = "true"  # it waited for this: the whole page is another one now
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def version_new(request: Request, uid: str) -> HttpResponse:
    """Takes the files of a new version, part by part."""
    found = queries.dataset(request.actor, uid)
    if not may_edit(request.actor, found):
        raise Forbidden("data.publish_version")
    sent = request.method == "POST"
    form = NoteForm(request.POST if sent else None)
    parts = PartFormSet(
        request.POST if sent else None,
        request.FILES if sent else None,
        initial=[{"split": name} for name in PARTS],
        prefix="parts",
    )
    if sent and form.is_valid() & parts.is_valid():
        try:
            files = _stored(request.actor, found, parts.chosen)
            made = publish_version(request.actor, found, files=files, note=form.cleaned_data["note"])
        except Refusal as refusal:
            show_in_form(_with_names(refusal, parts.chosen), form)
        else:
            messages.success(request, _("The files are here. Each is looked into before the version is published."))
            return redirect("dataset-version", made.uid)
    whole = SeveralForms(form, *parts.forms, non_form_errors=[str(error) for error in parts.non_form_errors()])
    context = {"dataset": found, "form": whole, "note": form["note"], "parts": parts, "most": MOST_BYTES}
    return render(request, "data/version_new.html", context, status=422 if sent else 200)


def _agree(request: Request, found: DatasetVersion) -> HttpResponse:
    """Raises NotFound: no such project, or no such purpose."""
    uid, _separator, purpose = request.POST.get("agree", "").partition(":")
    project = project_visible(request.actor, uid)
    made = agree_contract(request.actor, project, version=found, purpose=_purpose(purpose))
    messages.success(request, _("The contract is concluded.") if made.state == "active" else _("The contract waits."))
    return redirect("contract", made.uid)


def _purpose(text: str) -> Purpose:
    """Raises NotFound: there is no such purpose."""
    if text not in set(Purpose):
        raise NotFound(text)
    return Purpose(text)


def _with_names(refusal: Refusal, chosen: Sequence[tuple[str, File]]) -> Refusal:
    """The same refusal with the files' own names in its sentence: the page has no field for each file."""
    named = []
    for place, sentence in refusal.fields.items():
        number = place.split(".")[1] if place.startswith("files.") else ""
        name = chosen[int(number)][1].name if number.isdecimal() else place
        named.append(sentence if name == "files" or str(name) in sentence else f"{name}: {sentence}")
    return Refusal(" ".join([refusal.message, *named]), hint=refusal.hint)


def _stored(actor: Actor, dataset: Dataset, chosen: Sequence[tuple[str, File]]) -> list[Uploaded]:
    """Every file in the store, with the receipt that lets its sender use it in this project."""
    project = dataset.project.uid
    return [
        Uploaded(name, split, receipt(actor.uid, blobs().put(file.chunks()), name, project))
        for split, file in chosen
        for name in (file.name or "file",)
    ]
