"""Tables and fields for people, JSON for programs, and nothing that steers the terminal."""

import io
import json
from collections.abc import Iterator

import pytest
from rich.console import Console

from faur.cli import output
from faur.cli.output import as_text, form, plain, show, show_list, show_pages
from faur.cli.tests.scripted import Answer, Asked

ROWS = [{"id": f"job_{'0' * 25}{n}", "title": "Malignant or benign", "used": n, "more": {"a": n}} for n in range(3)]


@pytest.fixture
def terminal(monkeypatch) -> Iterator[io.StringIO]:
    """A terminal of eighty columns; what is written to it."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80, highlight=False, markup=False, emoji=False)
    monkeypatch.setattr(output, "console", console)
    return screen


def test_a_list_for_programs_is_an_object_a_line_and_whole(capsys):
    form.as_json = True
    show_list(ROWS, ["id"])
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == ROWS


def test_a_list_in_a_pipe_is_a_row_a_line_however_long(capsys):
    show_list([{"id": "a", "title": "long " * 100}, {"id": "bb", "title": "two\nlines"}], ["id", "title"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["id", "a", "bb"]
    assert lines[2] == "bb  two lines"


def test_an_empty_list_says_so_to_people_and_nothing_to_programs(capsys):
    show_list([], ["id"])
    assert capsys.readouterr().out == "Nothing here yet.\n"
    form.as_json = True
    show_list([], ["id"])
    assert capsys.readouterr().out == ""


def test_an_identifier_is_never_folded_on_a_terminal(terminal):
    show_list(ROWS, ["id", "title", "used"])
    assert all(row["id"] in terminal.getvalue() for row in ROWS)


def test_a_table_too_wide_for_the_terminal_becomes_fields(terminal):
    row = dict.fromkeys(("id", "one", "two", "three", "four", "five", "six"), "x" * 30)
    show_list([row], list(row))
    assert all(len(line) <= 80 for line in output.Text.from_ansi(terminal.getvalue()).plain.splitlines())
    assert "x" * 30 in terminal.getvalue()


def test_markup_and_control_codes_of_others_are_only_text(terminal):
    show_list([{"id": "[red]x[/]", "title": "\x1b]0;owned\x07\x1b[2J"}], ["id", "title"])
    assert "[red]x[/]" in terminal.getvalue()
    assert "\x1b]0" not in terminal.getvalue()
    assert "\x1b[2J" not in terminal.getvalue()
    assert plain("a\x1bb\x9bc\nd") == "a\ufffdb\ufffdc\nd"


def test_one_thing_is_a_line_a_field_without_what_is_empty(capsys):
    show({"id": "x", "title": "", "refusal": None, "held": 0, "is_on": False, "tiers": ["a", "b"]})
    assert capsys.readouterr().out == "id:     x\nheld:   0\nis on:  no\ntiers:  a, b\n"


def test_the_lists_of_a_thing_are_tables_below_it(capsys):
    show({"id": "x", "files": [{"path": "a", "link": "/secret", "size": 1}]}, without={"id"})
    assert capsys.readouterr().out == "\nfiles\npath  size\na     1\n"


def test_one_thing_for_programs_is_as_it_came(capsys):
    form.as_json = True
    thing = {"id": "x", "title": "", "files": [{"link": "/a"}]}
    show(thing, without={"files"})
    assert json.loads(capsys.readouterr().out) == thing


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (0.123456789, "0.123457"),
        ([0.1, 0.2], "0.1, 0.2"),
        ({"a": 1, "b": None, "c": [2, 3]}, "a: 1, c: 2, 3"),
        ("2026-11-29", "2026-11-29"),
    ],
)
def test_values_read_as_words(value, text):
    assert as_text(value) == text


def test_a_moment_is_shown_in_the_readers_time_to_the_minute():
    assert len(as_text("2026-11-29T00:33:06.684Z")) == len("2026-11-29 00:33")


def _paged(asked: Asked) -> Answer:
    page, size = int(asked.query["page"][0]), int(asked.query["size"][0])
    return Answer({"items": ROWS[(page - 1) * size : page * size], "total": 3, "page": page, "size": size})


def test_people_see_a_page_and_how_to_see_the_next(factory, api, capsys):
    factory.says["GET", "/api/v1/jobs"] = _paged
    form.size = 2
    show_pages(api, "/jobs", ["id"])
    shown = capsys.readouterr()
    assert shown.out.count("job_") == 2
    assert "2 of 3" in shown.err
    assert "--page 2" in shown.err
    form.page = 2
    show_pages(api, "/jobs", ["id"])
    shown = capsys.readouterr()
    assert (shown.out.count("job_"), shown.err) == (1, "")


def test_programs_see_all_pages_unless_they_ask_for_one(factory, api, capsys):
    factory.says["GET", "/api/v1/jobs"] = _paged
    form.as_json = True
    show_pages(api, "/jobs", ["id"])
    assert len(capsys.readouterr().out.splitlines()) == 3
    form.page, form.size = 2, 2
    show_pages(api, "/jobs", ["id"])
    assert len(capsys.readouterr().out.splitlines()) == 1
