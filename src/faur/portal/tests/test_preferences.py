"""The reader's choices: a theme and a language, without a script and without an account."""

import pytest
from django.test import Client, RequestFactory

from faur.portal.context import languages, nav, theme_of


def test_a_theme_is_kept_and_the_reader_goes_back_to_the_page():
    client = Client()
    answer = client.post("/preferences/theme/", {"theme": "dark", "next": "/styleguide/?a=1"})
    assert answer.headers["Location"] == "/styleguide/?a=1"
    assert b'data-theme="dark"' in client.get("/styleguide/").content


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_nobody_is_led_elsewhere(next_page):
    assert Client().post("/preferences/theme/", {"theme": "dark", "next": next_page}).headers["Location"] == "/"


def test_an_unknown_theme_changes_nothing():
    answer = Client().post("/preferences/theme/", {"theme": "<script>"})
    assert "theme" not in answer.cookies
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = "<script>"
    assert theme_of(request) == "system"


def test_a_theme_is_not_changed_by_following_a_link():
    assert Client().get("/preferences/theme/").status_code == 405


def test_a_language_is_kept():
    client = Client()
    client.post("/preferences/language/", {"language": "bg", "next": "/styleguide/"})
    assert b'<html lang="bg"' in client.get("/styleguide/").content


def test_each_language_stands_under_its_own_name():
    assert [(choice.code, choice.name, choice.chosen) for choice in languages("ro")] == [
        ("en", "English", False),
        ("ro", "Română", True),
        ("bg", "Български", False),
    ]


def test_the_word_of_the_page_is_marked():
    items = nav("/nowhere/")
    assert not any(item.active for item in items)
    assert all(item.url.startswith("/") for item in items)
