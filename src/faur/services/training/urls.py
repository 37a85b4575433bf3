"""The pages of training."""

from django.urls import URLPattern, path

from faur.services.training.views import runs, starting

urlpatterns: list[URLPattern] = [
    path("runs/", runs.runs, name="runs"),
    path("runs/new/", starting.run_new, name="run-new"),
    path("runs/compare/", runs.compare, name="runs-compare"),
    path("runs/<str:uid>/", runs.run, name="run"),
    path("runs/<str:uid>/now/", runs.run_now, name="run-now"),
]
