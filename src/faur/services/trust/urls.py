"""The pages of trust."""

from django.urls import URLPattern, path

from faur.services.trust.views import (
    bundles,
    classifications,
    evaluations,
    questionnaire,
    technical_files,
    thresholds,
)

urlpatterns: list[URLPattern] = [
    path("thresholds/", thresholds.thresholds_list, name="thresholds-list"),
    path("thresholds/new/", thresholds.thresholds_new, name="thresholds-new"),
    path("thresholds/<str:uid>/", thresholds.thresholds, name="thresholds"),
    path("evaluations/new/", evaluations.evaluation_new, name="evaluation-new"),
    path("evaluations/<str:uid>/", evaluations.evaluation, name="evaluation"),
    path("questionnaire/", questionnaire.questionnaire, name="questionnaire"),
    path("questionnaire/check/", questionnaire.questionnaire_check, name="questionnaire-check"),
    path("classifications/<str:uid>/", classifications.classification, name="classification"),
    path("technical-files/new/", technical_files.technical_file_new, name="technical-file-new"),
    path("technical-files/<str:uid>/", technical_files.technical_file, name="technical-file"),
    path("technical-files/<str:uid>/<slug:kind>/", technical_files.technical_file_fetch, name="technical-file-fetch"),
    path("bundles/new/", bundles.bundle_new, name="bundle-new"),
    path("bundles/<str:uid>/", bundles.bundle, name="bundle"),
]
