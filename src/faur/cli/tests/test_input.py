"""What people hand to a command is read as they meant it, or refused in a sentence."""

import io
import sys
from pathlib import Path

import pytest

from faur.cli.input import asked, named, pairs, read_document, seconds_of, secret, size_of, the_only
from faur.cli.refusal import Misused, Refused
from faur.cli.tests.scripted import Answer


@pytest.fixture
def written(tmp_path):
    def write(content: str | bytes) -> Path:
        path = tmp_path / "document.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_yaml_and_json_are_read_alike(written):
    assert read_document(written("title: A\nitems: [1, 2.5]\n")) == {"title": "A", "items": [1, 2.5]}
    assert read_document(written('\ufeff{"title": "A"}')) == {"title": "A"}


def test_a_country_is_no_truth_and_a_day_is_no_object(written):
    text = "country: NO\ninfers: yes\ncivilian: true\non: 2027-01-01\ntitle: True colours\n"
    said = {"country": "NO", "infers": "yes", "civilian": True, "on": "2027-01-01", "title": "True colours"}
    assert read_document(written(text)) == said


@pytest.mark.parametrize(
    "content",
    [
        "title: [unclosed",
        "a: 1\n\tb: 2",
        b"\xff\xfe\x00",
        "value: .nan",
        "value: !!binary aGVsbG8=",
        "value: !!python/object/apply:os.system [ls]",
        "title: a\ntitle: b",
        "[" * 2000,
    ],
)
def test_what_cannot_be_read_is_refused(written, content):
    with pytest.raises(Refused, match="cannot be read") as refused:
        read_document(written(content))
    assert refused.value.code == "file.unreadable"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"missing\.yaml cannot be read"):
        read_document(tmp_path / "missing.yaml")
    with pytest.raises(Refused, match="cannot be read"):
        read_document(tmp_path)


@pytest.mark.parametrize("content", ["", "just words", "- a\n- b", "1: one", "null"])
def test_what_is_no_mapping_is_refused(written, content):
    with pytest.raises(Refused, match="must hold a mapping"):
        read_document(written(content))


def test_a_field_that_nobody_would_look_at_is_refused_and_the_known_ones_are_named(written):
    with pytest.raises(Refused, match="nothing is called polcy") as refused:
        read_document(written("title: A\npolcy: {}"), ("title", "policy"))
    assert "policy, title" in refused.value.in_words()


def test_standard_input_is_a_document_too(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("title: A"))
    assert read_document(Path("-")) == {"title": "A"}


def test_a_value_that_is_json_is_taken_as_json():
    given = ["seed=7", "family=auto", "quick=true", "features=[1,2]", 'text="7"', "formula=a=b", "big=1e999", "odd=NaN"]
    assert pairs(given) == {
        "seed": 7,
        "family": "auto",
        "quick": True,
        "features": [1, 2],
        "text": "7",
        "formula": "a=b",
        "big": "1e999",
        "odd": "NaN",
    }


@pytest.mark.parametrize(
    ("texts", "code"), [(["seed"], "not_a_pair"), (["=7"], "not_a_pair"), (["a=1", "a=2"], "twice")]
)
def test_what_is_no_pair_is_wrong_usage(texts, code):
    with pytest.raises(Misused) as refused:
        named(texts)
    assert (refused.value.code, refused.value.exit_status) == (f"argument.{code}", 2)


@pytest.mark.parametrize(
    ("text", "size"), [("1024", 1024), ("4GiB", 4 << 30), ("512 MiB", 512 << 20), ("1.5gib", 3 << 29), ("0.1B", 1)]
)
def test_sizes_are_bytes(text, size):
    assert size_of(text) == size


@pytest.mark.parametrize(("text", "seconds"), [("90", 90), (90, 90), ("30m", 1800), ("2h", 7200), ("01:30:05", 5405)])
def test_times_are_seconds(text, seconds):
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "-1", "4GB", "four", "1e3", "GiB"])
def test_what_is_no_size_is_wrong_usage(text):
    with pytest.raises(Misused, match="is not a size"):
        size_of(text)


def _page(*items: dict[str, str]) -> Answer:
    return Answer({"items": list(items), "total": len(items), "page": 1, "size": 10})


def test_the_only_project_need_not_be_named(factory, api):
    factory.says["GET", "/api/v1/projects"] = _page({"id": "prj_a", "title": "A"})
    assert the_only(api, "/projects", "") == "prj_a"
    assert the_only(api, "/projects", "prj_b") == "prj_b"


def test_of_several_a_person_must_choose_and_sees_them(factory, api):
    factory.says["GET", "/api/v1/projects"] = _page({"id": "prj_a", "title": "A"}, {"id": "prj_b", "title": "B"})
    with pytest.raises(Misused, match="There are 2 projects") as refused:
        the_only(api, "/projects", "")
    assert "prj_a (A), prj_b (B)" in refused.value.in_words()


def test_of_none_nobody_can_mean_one(factory, api):
    factory.says["GET", "/api/v1/projects"] = _page()
    with pytest.raises(Misused, match="no projects yet"):
        the_only(api, "/projects", "")


def test_a_secret_comes_from_a_file_before_the_environment_before_what_is_kept(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\nand more\n")
    monkeypatch.setenv("FAUR_KEY", "from the environment")
    assert secret("FAUR_KEY", "Key", path=tmp_path / "secret", kept="kept") == "from the file"
    assert secret("FAUR_KEY", "Key", kept="kept") == "from the environment"
    monkeypatch.delenv("FAUR_KEY")
    assert secret("FAUR_KEY", "Key", kept="kept") == "kept"


def test_where_nobody_can_be_asked_it_is_wrong_usage(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("not a person"))
    with pytest.raises(Misused, match="nobody to ask"):
        secret("FAUR_KEY", "Key")
    with pytest.raises(Misused, match="nobody to ask"):
        asked("Name", "")
    assert asked("Name", "Ion") == "Ion"
