"""The pages of access."""

from django.urls import URLPattern, path

from faur.services.access.views import applications, calls, decisions, writing

urlpatterns: list[URLPattern] = [
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.call_new, name="call-new"),
    path("calls/<str:uid>/", calls.call, name="call"),
    path("calls/<str:uid>/close/", calls.call_close, name="call-close"),
    path("applications/", applications.applications, name="applications"),
    path("applications/new/", writing.application_new, name="application-new"),
    path("applications/<str:uid>/", applications.application, name="application"),
    path("applications/<str:uid>/edit/", writing.application_edit, name="application-edit"),
    path("applications/<str:uid>/check/", applications.application_check, name="application-check"),
    path("applications/<str:uid>/withdraw/", applications.application_withdraw, name="application-withdraw"),
    path("applications/<str:uid>/assess/", decisions.application_assess, name="application-assess"),
    path("applications/<str:uid>/award/", decisions.application_award, name="application-award"),
    path("applications/<str:uid>/decline/", decisions.application_decline, name="application-decline"),
]
