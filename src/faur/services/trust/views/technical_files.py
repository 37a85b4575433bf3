"""The technical file: asked for, shown item by item with its gaps first, and completed by what a person declares."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, NotFound, Refusal
from faur.portal.asking import asked, for_people
from faur.portal.refusals import show_in_form
from faur.services.models.public import version_for
from faur.services.projects.public import build_trail
from faur.services.trust import queries
from faur.services.trust.actions.declare_item import declare_item, may_declare
from faur.services.trust.actions.write_technical_file import ask_technical_file, may_ask
from faur.services.trust.errors import NotWritten
from faur.services.trust.forms import DeclarationForm, FileForm
from faur.services.trust.items import shelves_of
from faur.services.trust.models import TechnicalFile
from faur.services.trust.ports import DocumentFormat

State = TechnicalFile.State


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def technical_file_new(request: Request) -> HttpResponse:
    """Has a file of `?version=` written; the language of the page is proposed."""
    version = version_for(request.actor, asked(request, "version"))
    if not may_ask(request.actor, version):
        raise Forbidden("trust.ask_technical_file")
    form = FileForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_technical_file(request.actor, version, language=form.cleaned_data["language"])
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            return redirect("technical-file", made.uid)
    context = {"version": version, "form": form}
    return render(request, "trust/technical_file_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def technical_file(request: Request, uid: str) -> HttpResponse:
    """Shows the file; while it is written, looks again by itself. A person declares an item here."""
    found = queries.technical_file(request.actor, uid)
    item = request.POST.get("item", "")
    form = DeclarationForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            declare_item(request.actor, found.model_version.model, item=item, **form.cleaned_data)
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("It is declared, and will stand in the next file that is written."))
            return HttpResponseRedirect(f"{reverse('technical-file', args=[uid])}#item-{item}")
    response = render(request, "trust/technical_file.html", _shown(request, found, form, item))
    response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None else HTTPStatus.OK
    if "HX-Request" in request.headers and found.state != State.WRITING:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@for_people
def technical_file_fetch(request: Request, uid: str, kind: str) -> HttpResponse:
    """Leads to the bytes of the file in one format."""
    found = queries.technical_file(request.actor, uid)
    if kind not in set(DocumentFormat):
        raise NotFound(kind)
    if link := queries.file_link(found, kind):
        return HttpResponseRedirect(link)
    raise NotWritten(found.state)


def _shown(request: Request, found: TechnicalFile, form: DeclarationForm | None, item: str) -> dict[str, object]:
    version = found.model_version
    declarations = list(queries.declarations(request.actor, model=version.model.uid)[:500])
    ready = found.state == State.READY
    return {
        "file": found,
        "writing": found.state == State.WRITING,
        "shelves": shelves_of(request.actor, found, declarations) if ready else [],
        "formats": [kind for kind in DocumentFormat if kind in found.formats],
        "form": form,
        "empty_form": DeclarationForm(auto_id=False),
        "wrong_item": item if form is not None else "",
        "may": may_declare(request.actor, version.model),
        "place": queries.written_at(found),
        "trail": build_trail(request.actor, found.project.uid, focus=found.uid),
    }
