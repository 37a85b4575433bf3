"""Whatever people write is shown as they wrote it, and as nothing else: on pages, in the technical file, in answers."""

import io
import json
import secrets
import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from faur.cli.road.road import told
from tests.journeys.browsers import logged_in
from tests.journeys.people import World
from tests.journeys.users import TRACES, caller, made, refused, until_ended

pytestmark = pytest.mark.road

SCRIPT = "<script>alert('faur')</script>"
MARKS = "\U0001f600\U0001f469\u200d\U0001f4bb שלום مرحبا Z\u0351\u036b\u0343a\u0321"
HOSTILE = f'{SCRIPT}"><img src=x onerror=alert(1)> {{{{7*7}}}} {{% debug %}} ${{x}} &amp; {MARKS}'
"""Markup, templates, pictures of several code points, right to left, marks above marks."""


@pytest.fixture(scope="module")
def engineer(world: World) -> httpx.Client:
    return caller(world, "engineer")


@pytest.fixture(scope="module")
def browser(world: World) -> httpx.Client:
    return logged_in(world, "engineer")


@pytest.fixture(scope="module")
def written(world: World, engineer: httpx.Client) -> Mapping[str, str]:
    """Pages of things whose every free text is hostile, by what they are."""
    project, application = world.made["project"], told("application")
    company = {**told("company"), "name": HOSTILE[:200], "legal_form": SCRIPT}
    organisation = made(engineer.post("/organisations", json=company))["id"]
    wish = {"call": world.made["call"], "organisation": organisation, "title": HOSTILE[:200], "amount": 3600}
    answers = {**application["answers"], "abstract": HOSTILE}
    applied = made(engineer.post("/applications", json={**wish, "months": 1, "answers": answers}))["id"]
    sheet = dict.fromkeys(told("dataset")["sheet"], HOSTILE) | {"personal_data": "none"}
    described = {"title": HOSTILE[:200], "description": HOSTILE, "licence": SCRIPT, "sheet": sheet}
    name = f"hostile-{secrets.token_hex(4)}"
    dataset = made(engineer.post("/datasets", json={**told("dataset"), **described, "project": project, "name": name}))
    promise = {**told("thresholds"), "project": project, "title": HOSTILE[:200]}
    thresholds = made(engineer.post("/thresholds", json=promise))["id"]
    job = made(engineer.post("/jobs", json=_job(world)))["id"]
    until_ended(engineer, f"/jobs/{job}")
    model = {"project": project, "run": world.made["run"], "name": name, "title": HOSTILE[:200]}
    version = made(engineer.post("/models", json={**model, "intended_purpose": HOSTILE}))
    until_ended(engineer, f"/model-versions/{version['id']}")
    return {
        "organisations": organisation,
        "applications": applied,
        "datasets": dataset["id"],
        "thresholds": thresholds,
        "jobs": job,
        "models": version["model"],
        "model-versions": version["id"],
    }


def _job(world: World) -> dict[str, Any]:
    """Its title and its log are hostile, and its log tries to speak to a terminal besides."""
    said = f"print({HOSTILE!r}, '\\x1b]0;owned\\x07\\x1b[2J\\x00')"
    body = {name: world.made[name] for name in ("project", "allocation")}
    return {**body, "title": HOSTILE[:200], "executable": "python3", "arguments": ["-c", said], "duration": 20}


KINDS = ("organisations", "applications", "datasets", "thresholds", "jobs", "models", "model-versions")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_shows_what_was_written_and_runs_nothing(
    browser: httpx.Client, written: Mapping[str, str], kind: str
) -> None:
    for path in (f"/{kind}/{written[kind]}/", *([f"/{kind}/"] if kind != "model-versions" else [])):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert SCRIPT not in answer.text
        assert "<img src=x" not in answer.text
        assert "&lt;script&gt;" in answer.text
        assert "\x1b" not in answer.text


def test_the_record_of_a_project_shows_what_was_written(
    world: World, browser: httpx.Client, written: Mapping[str, str]
) -> None:
    page = browser.get(f"/projects/{world.made['project']}/record/").text
    assert SCRIPT not in page
    assert written["thresholds"] in page or "&lt;script&gt;" in page


@pytest.fixture(scope="module")
def documents(engineer: httpx.Client, written: Mapping[str, str]) -> Mapping[str, bytes]:
    """The technical file about a model of which everything that a person says is hostile."""
    for item in told("declarations"):
        made(engineer.post("/declarations", json={"model": written["models"], "item": item, "text": HOSTILE * 3}))
    asked = made(engineer.post("/technical-files", json={"model_version": written["model-versions"]}))
    file = until_ended(engineer, f"/technical-files/{asked['id']}")
    assert file["state"] == "ready", file["message"]
    paths = {kind: f"/technical-files/{asked['id']}/{kind}" for kind in ("html", "pdf", "docx", "json")}
    return {kind: engineer.get(path, follow_redirects=True).content for kind, path in paths.items()}


def test_the_technical_file_as_a_page_runs_nothing(documents: Mapping[str, bytes]) -> None:
    page = documents["html"].decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    assert "שלום" in page
    assert "😀" in page


def test_the_technical_file_for_a_word_processor_is_well_formed(documents: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(documents["docx"])) as parts:
        words = "".join(ElementTree.fromstring(parts.read("word/document.xml")).itertext())
    assert SCRIPT in words
    assert "مرحبا" in words


def test_the_technical_file_to_print_is_whole(documents: Mapping[str, bytes]) -> None:
    assert documents["pdf"].startswith(b"%PDF-")
    assert documents["pdf"].rstrip().endswith(b"%%EOF")
    assert b"/JavaScript" not in documents["pdf"]


# Text that may not come in.

LONG = "x" * 1_000_000
Body = dict[str, Any]
FIELDS: dict[str, tuple[str, Callable[[World, str], Body]]] = {
    "a person's name": ("/people", lambda _, text: {"email": "a@b.example", "name": text, "password": "x" * 20}),
    "a password": ("/people", lambda _, text: {"email": "a@b.example", "name": "n", "password": text}),
    "an e-mail address": ("/people", lambda _, text: {"email": text, "name": "n", "password": "x" * 20}),
    "a token's name": ("/tokens", lambda _, text: {"name": text, "days": 1}),
    "an organisation's name": ("/organisations", lambda _, text: {**told("company"), "name": text}),
    "a data set's title": ("/datasets", lambda world, text: _dataset(world, title=text)),
    "a data set's description": ("/datasets", lambda world, text: _dataset(world, description=text)),
    "a data sheet": (
        "/datasets",
        lambda world, text: _dataset(world, sheet={**told("dataset")["sheet"], "uses": text}),
    ),
    "a title of thresholds": ("/thresholds", lambda world, text: {**_thresholds(world), "title": text}),
    "a declaration": ("/declarations", lambda world, text: {"model": world.made["model"], "item": "1b", "text": text}),
    "a job's title": ("/jobs", lambda world, text: {**_job(world), "title": text}),
    "a job's argument": ("/jobs", lambda world, text: {**_job(world), "arguments": [text]}),
    "a job's environment": ("/jobs", lambda world, text: {**_job(world), "environment": {"NAME": text}}),
}


def _dataset(world: World, **changed: object) -> Body:
    return {**told("dataset"), "project": world.made["project"], "name": "never-made", **changed}


def _thresholds(world: World) -> Body:
    return {**told("thresholds"), "project": world.made["project"]}


UNFIT = {"half a character": "\ud800", "a NUL": "a\0b", "an override": "\u202egnp.exe", "a million letters": LONG}


@pytest.mark.parametrize("why", UNFIT)
@pytest.mark.parametrize("field", FIELDS)
def test_text_that_no_field_can_hold_is_refused(world: World, engineer: httpx.Client, field: str, why: str) -> None:
    path, body = FIELDS[field]
    content = _escaped(body(world, UNFIT[why]))
    answer = engineer.post(path, content=content, headers={"Content-Type": "application/json"})
    code = refused(answer, 422)
    assert code == "unreadable" or (why == "a million letters" and code.endswith("invalid"))
    assert len(answer.content) < 10_000


def _escaped(body: Body) -> bytes:
    return json.dumps(body).encode("ascii")


DOCUMENTS = {
    "nested without end": b'{"name": ' + b"[" * 100_000,
    "a name that comes twice": b'{"name": "a", "days": 1, "name": "b"}',
    "no number": b'{"name": "a", "days": NaN}',
    "an infinity": b'{"name": "a", "days": 1e999}',
    "a number of many digits": b'{"name": "a", "days": ' + b"9" * 10_000 + b"}",
    "another encoding": '{"name": "a"}'.encode("utf-16"),
}


@pytest.mark.parametrize("why", DOCUMENTS)
def test_a_body_that_cannot_be_read_is_refused_as_a_whole(engineer: httpx.Client, why: str) -> None:
    answer = engineer.post("/tokens", content=DOCUMENTS[why], headers={"Content-Type": "application/json"})
    assert refused(answer, 422) == "unreadable"


def test_an_integer_beyond_64_bits_is_named(world: World, engineer: httpx.Client) -> None:
    answer = engineer.post("/jobs", json={**_job(world), "duration": 10**30})
    assert refused(answer, 422) == "invalid"
    assert list(answer.json()["fields"]) == ["body.duration"]
    sheet = {**told("dataset")["sheet"], "extra": 10**30}
    refused(engineer.post("/datasets", json=_dataset(world, sheet=sheet)), 422)


def test_a_body_of_five_megabytes_is_refused_for_its_size(engineer: httpx.Client) -> None:
    answer = engineer.post("/datasets", content=b" " * (5 * 1024 * 1024), headers={"Content-Type": "application/json"})
    assert refused(answer, 413) == "body.too_large"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'"x"', b'{"inputs": "x"}', b"[" * 100_000, b'{"inputs": [{"name": "\\ud800"}]}']
)
def test_a_prediction_asked_for_in_a_wrong_way_is_refused_and_the_engine_goes_on(world: World, body: bytes) -> None:
    endpoint = world.walked.summary["endpoint"]
    key = {"Authorization": f"Bearer {endpoint['key']}", "Content-Type": "application/json"}
    answer = httpx.post(f"{endpoint['url']}/infer", content=body, headers=key)
    assert (answer.status_code, answer.json()["code"].partition(".")[0]) == (400, "inference")
    assert not [trace for trace in TRACES if trace in answer.text]
    assert httpx.get(f"{endpoint['url']}/ready", headers=key).status_code == 200
