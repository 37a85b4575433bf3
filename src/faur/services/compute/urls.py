"""The pages of compute."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
