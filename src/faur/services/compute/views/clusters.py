"""The places where jobs run: what they have, and for operators how busy they are."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from faur.kernel.actors.actor import FACTORY
from faur.kernel.api import Request
from faur.kernel.errors import Forbidden, Refusal
from faur.portal.asking import for_people, shown_page
from faur.portal.refusals import show_in_form
from faur.services.compute import queries
from faur.services.compute.actions.register_cluster import may_register, register_cluster


class ClusterForm(forms.Form):
    use_required_attribute = False
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    name = forms.RegexField(
        label=gettext_lazy("Name"),
        regex=r"^[a-z0-9][a-z0-9-]*\Z",
        max_length=40,
        help_text=gettext_lazy("Lower-case letters, digits and hyphens."),
    )
    kind = forms.RegexField(
        label=gettext_lazy("Kind"),
        regex=r"^[a-z]+\Z",
        max_length=20,
        initial="local",
        help_text=gettext_lazy("“local” is the machine on which this factory runs."),
    )


@require_safe
@for_people
def clusters(request: Request) -> HttpResponse:
    context = {
        "page": shown_page(queries.clusters(request.actor), request),
        "may_register": may_register(request.actor, FACTORY),
    }
    return render(request, "compute/clusters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def cluster_new(request: Request) -> HttpResponse:
    if not may_register(request.actor, FACTORY):
        raise Forbidden("compute.register_cluster")
    form = ClusterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = register_cluster(request.actor, FACTORY, **form.cleaned_data)
        except Refusal as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("The cluster is registered."))
            return redirect("cluster", made.uid)
    return render(request, "compute/cluster_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@for_people
def cluster(request: Request, uid: str) -> HttpResponse:
    found = queries.cluster(request.actor, uid)
    use = queries.in_use(found) if request.actor.sees_all else None
    return render(request, "compute/cluster.html", {"cluster": found, "place": found.place, "use": use})
