"""The pages of trust."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
