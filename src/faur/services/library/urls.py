"""The pages of the library."""

from django.urls import path

from faur.services.library import views

urlpatterns = [
    path("library/", views.recipes, name="recipes"),
    path("library/version/<str:uid>/", views.recipe_version, name="recipe-version"),
    path("library/<slug:name>/", views.recipe, name="recipe"),
]
