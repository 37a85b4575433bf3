"""The pages of the portal itself."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
