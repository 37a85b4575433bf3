"""The pages of data."""

from django.urls import URLPattern, path

from faur.services.data.views import contracts, datasets, versions

urlpatterns: list[URLPattern] = [
    path("datasets/", datasets.datasets, name="datasets"),
    path("datasets/new/", datasets.dataset_new, name="dataset-new"),
    path("datasets/<str:uid>/", datasets.dataset, name="dataset"),
    path("datasets/<str:uid>/edit/", datasets.dataset_edit, name="dataset-edit"),
    path("datasets/<str:uid>/versions/new/", versions.version_new, name="version-new"),
    path("dataset-versions/<str:uid>/", versions.version, name="dataset-version"),
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/<str:uid>/", contracts.contract, name="contract"),
    path("contracts/<str:uid>/approve/", contracts.contract_approve, name="contract-approve"),
    path("contracts/<str:uid>/decline/", contracts.contract_decline, name="contract-decline"),
]
