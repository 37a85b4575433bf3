"""The pages of data."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
