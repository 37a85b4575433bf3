"""The HTML page: whole in itself, no script, structure that a screen reader can walk, text that is only text."""

import json
import re
from itertools import pairwise
from xml.etree.ElementTree import Element

import lxml.html
import pytest

from faur.adapters.documents.document import read_document
from faur.adapters.documents.in_html import render
from faur.adapters.documents.tests.recorded import LANGUAGES, hostile, recorded


def page(content: bytes) -> Element:
    return lxml.html.document_fromstring(render(read_document(json.loads(content))).decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_its_language_and_needs_nothing_from_elsewhere(language: str) -> None:
    found = page(recorded(language))
    assert found.get("lang") == language
    assert found.xpath("//script | //link | //img | //iframe | //object | //@onclick | //@style") == []
    assert [link for link in found.xpath("//@href") if not link.startswith("#")] == []
    assert "url(" not in found.xpath("string(//style)")


def test_its_own_policy_allows_its_own_style_and_nothing_else() -> None:
    (policy,) = page(recorded()).xpath("//meta[@http-equiv]/@content")
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'", policy)


def test_headings_never_skip_a_level_and_tables_have_heads() -> None:
    found = page(recorded())
    levels = [int(heading.tag[1]) for heading in found.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert found.xpath("//table[not(.//th[@scope])]") == []


def test_gaps_come_first_and_lead_to_their_items() -> None:
    found = page(recorded())
    gaps = json.loads(recorded())["gaps"]
    assert found.xpath("//main/section[1]//a/@href") == [f"#item-{gap}" for gap in gaps]
    assert [link for link in found.xpath("//a/@href") if not found.xpath(f"//*[@id='{link[1:]}']")] == []


def test_every_item_shows_its_status_as_word_and_shape() -> None:
    found = page(recorded())
    tree = json.loads(recorded())
    for item in tree["items"]:
        (mark,) = found.xpath(f"//article[@id='item-{item['id']}']//span[contains(@class, 'status')]")
        assert tree["words"][f"status.{item['status']}"] in mark.text_content()
        assert mark.xpath("span[@aria-hidden='true']")[0].text in "●◐○◇"


def test_what_people_write_is_text() -> None:
    found = page(hostile())
    text = found.text_content()
    assert found.xpath("//script | //b | //@onclick") == []
    assert "<script>alert(1)</script><b onclick=x>&amp;&lt;</b> ]]> <!-- --> </style>" in text
    assert "[U+202E]" in text
    assert not re.search("[\x00-\x08\u202e\ud800]", text)


def test_the_same_document_gives_the_same_bytes() -> None:
    first, second = (render(read_document(json.loads(recorded()))) for _ in range(2))
    assert first == second
