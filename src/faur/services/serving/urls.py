"""The pages of serving."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
