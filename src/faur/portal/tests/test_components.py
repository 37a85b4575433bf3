"""Every part renders, is documented, is shown on the style page, and keeps the policy of the page: nothing inline."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.utils import translation
from django_cotton import render_component

import faur.portal
from faur.kernel import clock
from faur.kernel.errors import Invalid
from faur.portal.schema_forms import SchemaForm

PORTAL = Path(faur.portal.__file__).parent
REFERENCE = PORTAL.parents[2] / "docs/reference/portal-parts.md"
PARTS = sorted(path.stem for path in (PORTAL / "templates/cotton").glob("*.html"))
MISTAKES = "/styleguide/?check=1&folds=500&families=linear&seed=x"


class Reader(HTMLParser):
    """Gathers what a strict policy forbids, and every identifier."""

    def __init__(self) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.forbidden += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.forbidden.append(tag)
        if "id" in given:
            self.ids.append(given["id"])


def rendered(part: str, query: str = "", **attributes: object) -> str:
    return render_component(RequestFactory().get(f"/jobs/{query}"), part, attributes)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_documented_and_shown(part):
    used = "".join(path.read_text() for path in (PORTAL / "templates").rglob("*.html"))
    assert f"<c-{part}" in used
    assert f"`<c-{part}>`" in REFERENCE.read_text()


@pytest.mark.parametrize("language", ["en", "ro", "bg"])
@pytest.mark.parametrize("page", ["/styleguide/", MISTAKES])
def test_the_style_page_keeps_the_policy_in_every_language(page, language):
    response = Client().get(page, headers={"accept-language": language})
    reader = Reader()
    reader.feed(response.content.decode())
    assert response.status_code == 200
    assert reader.forbidden == []
    assert len(reader.ids) == len(set(reader.ids))
    assert f'<html lang="{language}"'.encode() in response.content


def test_a_state_is_a_word_a_shape_and_a_colour():
    assert '<span class="state tone-bad">out of memory</span>' in rendered("state", of="out_of_memory")


def test_a_time_is_relative_to_read_and_absolute_to_look_up():
    html = rendered("time", at=clock.now())
    assert "just now" in html
    assert "datetime=" in html
    assert "title=" in html
    assert rendered("time", at=None).strip() == ""


def test_a_quantity_keeps_its_exact_number():
    html = rendered("quantity", amount=44_640, unit="core-seconds")
    assert 'value="44640"' in html
    assert "12.4 core hours" in html


@pytest.mark.parametrize("part", ["button", "figure", "notice", "answer", "progress", "refusal"])
def test_text_from_outside_stays_text(part):
    evil = '"><script>alert(1)</script>'
    attributes = dict.fromkeys(
        ("href", "label", "title", "value", "name", "question", "note", "words", "hint", "code", "data-x"), evil
    )
    assert "<script" not in rendered(part, **attributes)


def test_a_refusal_says_what_its_code_means_and_keeps_the_words_of_the_program():
    with translation.override("bg"):
        html = rendered(
            "refusal", code="data.single_class", words="The target 'y' is 0 in all 9 rows.", hint="Add rows."
        )
    assert "Всички редове са от един и същи клас." in html
    assert '<p lang="en">The target &#x27;y&#x27; is 0 in all 9 rows. Add rows.</p>' in html
    html = rendered("refusal", code="own.code", words="The oven's too hot.")
    assert html.count("too hot") == 1


def test_a_button_that_changes_something_posts_with_a_token():
    html = rendered("button", post="/jobs/job_1/cancel/", kind="danger")
    assert 'method="post"' in html
    assert "csrfmiddlewaretoken" in html


def test_a_column_sorts_upwards_first_then_downwards_and_keeps_the_filter():
    assert 'href="?q=x&amp;sort=name"' in rendered("column", "?q=x&page=4", sort="name")
    again = rendered("column", "?q=x&sort=name", sort="name")
    assert 'aria-sort="ascending"' in again
    assert 'href="?q=x&amp;sort=-name"' in again


def test_a_pager_keeps_the_filter_and_says_where_one_is():
    html = rendered("pager", "?q=x&page=2", page=Paginator(range(1_000_000), 50).page(2))
    assert "51 to 100 of 1\xa0000\xa0000" in html
    assert 'href="?q=x&amp;page=3"' in html
    assert rendered("pager", page=Paginator(range(3), 50).page(1)).strip() == ""


def test_a_filter_remembers_what_was_asked():
    chosen = rendered("choice", "?state=failed", name="state", options=[("failed", "Failed"), ("lost", "Lost")])
    assert '<option value="failed" selected>' in chosen
    assert 'value="abc"' in rendered("filter", "?q=abc", search="Name", target="jobs")


def test_mistakes_are_summed_up_with_links_to_their_fields():
    schema = {
        "type": "object",
        "required": ["name", "kinds"],
        "properties": {
            "name": {"type": "string", "title": "Name"},
            "kinds": {"type": "array", "title": "Kinds", "items": {"enum": ["a"]}},
        },
    }
    html = rendered("fields", form=SchemaForm(schema, {}))
    assert '<a href="#id_name">Name: This is needed.</a>' in html
    assert '<a href="#id_kinds_0">' in html
    assert 'id="id_kinds_0"' in html


def test_a_log_goes_on_from_where_the_page_ends():
    html = rendered("log", stream="/jobs/job_1/log", offset="42")
    assert 'data-stream="/jobs/job_1/log"' in html
    assert 'data-offset="42"' in html


@pytest.mark.parametrize("page", ["400.html", "500.html"])
def test_an_error_page_needs_neither_a_request_nor_a_database(page):
    assert "<h1>" in get_template(page).template.render(Context())


@pytest.mark.parametrize("page", ["403.html", "403_csrf.html", "404.html"])
def test_an_error_page_says_what_to_do_next_and_its_code(page):
    html = get_template(page).template.render(RequestContext(RequestFactory().get("/"), {}))
    assert 'class="button button-primary"' in html
    assert "<code>" in html


def test_a_refusal_is_a_page_with_its_code_its_fields_and_its_hint():
    refusal = Invalid("There is no such column.", hint="Choose another.", fields={"target": "Unknown."})
    html = get_template("portal/refused.html").render({"refusal": refusal}, RequestFactory().get("/"))
    assert all(
        text in html for text in ("There is no such column.", "Choose another.", "target", "Unknown.", "invalid")
    )
