"""The pages of the portal itself."""

from django.urls import URLPattern, path
from django.views.i18n import set_language

from faur.portal import views

urlpatterns: list[URLPattern] = [
    path("preferences/theme/", views.theme, name="theme"),
    path("preferences/language/", set_language, name="set_language"),
    path("styleguide/", views.style_page, name="styleguide"),
]
