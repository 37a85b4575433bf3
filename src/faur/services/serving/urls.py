"""The pages of serving."""

from django.urls import path

from faur.services.serving import views

urlpatterns = [
    path("endpoints/", views.endpoints, name="endpoints"),
    path("endpoints/new/", views.endpoint_new, name="endpoint-new"),
    path("endpoints/<str:uid>/", views.endpoint, name="endpoint"),
    path("endpoints/<str:uid>/try/", views.endpoint_try, name="endpoint-try"),
    path("endpoints/<str:uid>/stop/", views.endpoint_stop, name="endpoint-stop"),
    path("endpoints/<str:uid>/keys/", views.key_new, name="key-new"),
    path("keys/<str:uid>/revoke/", views.key_revoke, name="key-revoke"),
]
