"""The pages of models."""

from django.urls import URLPattern, path

from faur.services.models.views import registry, versions

urlpatterns: list[URLPattern] = [
    path("models/", registry.models, name="models"),
    path("models/new/", registry.model_register, name="model-register"),
    path("models/<str:uid>/", registry.model, name="model"),
    path("model-versions/<str:uid>/", versions.model_version, name="model-version"),
    path("model-versions/<str:uid>/evidence/", versions.model_version_evidence, name="model-version-evidence"),
    path("model-versions/<str:uid>/promote/", versions.model_promote, name="model-promote"),
    path("model-versions/<str:uid>/retire/", versions.model_retire, name="model-retire"),
]
