"""Every command says in one line what it does, answers in JSON, and ends with an honest status."""

import json
import os
import subprocess
import sys

import pytest
import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from faur.cli.main import app
from faur.cli.tests.scripted import Answer, refusal

FAUR = [sys.executable, "-m", "faur.cli.main"]


def _commands(name: str = "faur", command: object = None):
    command = command or typer.main.get_command(app)
    if isinstance(command, TyperGroup):
        for word, below in command.commands.items():
            yield from _commands(f"{name} {word}", below)
    elif isinstance(command, TyperCommand):
        yield name, command


ALL = dict(_commands())
LOCAL = {name for name, command in ALL.items() if command.rich_help_panel in {"Start here", "Run a factory"}}
"""They start programs of the site, which answer in their own way."""


def _options(command: TyperCommand) -> set[str]:
    return {option for one in command.params if isinstance(one, TyperOption) for option in one.opts}


@pytest.mark.parametrize("name", ALL)
def test_a_command_says_in_one_line_what_it_does(name):
    said = ALL[name].help or ""
    assert said.endswith((".", ".`")), said
    assert "\n" not in said
    assert len(said) <= 110, said


@pytest.mark.parametrize("name", ALL)
def test_every_option_says_what_it_is(name):
    silent = [one.name for one in ALL[name].params if isinstance(one, TyperOption) and not one.help]
    assert not silent


@pytest.mark.parametrize("name", [name for name in ALL if name not in LOCAL])
def test_every_answer_can_be_had_in_json(name):
    assert "--json" in _options(ALL[name])


@pytest.mark.parametrize("name", [name for name in ALL if name.endswith(" list") and name != "faur keys list"])
def test_every_list_comes_in_pages(name):
    assert {"--page", "--size"} <= _options(ALL[name])


def test_no_secret_is_an_argument():
    """An argument stands in the list of processes; a file that holds the secret may be named there."""
    named = {
        (name, one.name)
        for name, command in ALL.items()
        for one in command.params
        if isinstance(one, TyperOption | TyperArgument)
        and set((one.name or "").split("_")) & {"password", "secret", "token", "key"}
    }
    files = {(name, given) for name, given in named if given.endswith("_file")}
    names = {
        ("faur tokens revoke", "token"),
        ("faur keys revoke", "key"),
        ("faur verify", "key"),
        ("faur runs metrics", "key"),
    }
    assert named - files == names, "identifiers, and the name of a public key"


def _faur(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    known = {**os.environ, **environment}
    return subprocess.run([*FAUR, *arguments], env=known, capture_output=True, text=True, check=False, timeout=30)


def test_nouns_are_found_in_the_singular_and_the_plural(factory):
    factory.says["GET", "/api/v1/jobs/job_x"] = Answer({"id": "job_x", "state": "running"})
    for noun in ("job", "jobs"):
        done = _faur(noun, "show", "job_x", FAUR_URL=factory.url, FAUR_TOKEN="faur_a")
        assert (done.returncode, "running" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize("arguments", [("--json", "jobs", "show", "job_x"), ("jobs", "show", "job_x", "--json")])
def test_json_may_be_asked_for_before_and_behind_the_verb(factory, arguments):
    factory.says["GET", "/api/v1/jobs/job_x"] = Answer({"id": "job_x", "title": ""})
    done = _faur(*arguments, FAUR_URL=factory.url, FAUR_TOKEN="faur_a")
    assert json.loads(done.stdout) == {"id": "job_x", "title": ""}


def test_a_refusal_is_a_sentence_a_hint_and_a_code_and_status_1(factory):
    factory.says["GET", "/api/v1/jobs/job_x"] = refusal(404, "not_found", title="It is not there.", hint="Look again.")
    done = _faur("jobs", "show", "job_x", FAUR_URL=factory.url, FAUR_TOKEN="faur_a")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "It is not there.\nLook again.\n(not_found)\n"


def test_a_refusal_for_programs_is_the_problem_document(factory):
    factory.says["GET", "/api/v1/jobs/job_x"] = refusal(404, "not_found", title="It is not there.")
    done = _faur("jobs", "show", "job_x", "--json", FAUR_URL=factory.url, FAUR_TOKEN="faur_a")
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads(done.stderr)["title"] == "It is not there."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("jobs", "show"), "Missing argument"),
        (("jobs", "explode"), "No such command"),
        (("jobs", "list", "--size", "0"), "--size"),
        (("run", "x", "--input", "train"), "not of the form name=value"),
        (("endpoint", "call", "x"), "--file or --row"),
        (("login", "--email", "a@b.example", "--url", "nowhere"), "nobody to ask"),
    ],
)
def test_wrong_usage_is_status_2(arguments, said):
    done = subprocess.run([*FAUR, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_usage_for_programs_is_a_document_too():
    done = _faur("jobs", "show", "--json")
    assert done.returncode == 2
    assert json.loads(done.stderr)["code"] == "usage"


def test_who_stops_reading_gets_no_stack_trace(factory):
    items = [{"id": f"job_{n}", "title": "x" * 1000} for n in range(200)]
    factory.says["GET", "/api/v1/jobs"] = Answer({"items": items, "total": 200, "page": 1, "size": 200})
    known = {**os.environ, "FAUR_URL": factory.url, "FAUR_TOKEN": "faur_a"}
    command = f"{sys.executable} -m faur.cli.main jobs list --json | head -1"
    done = subprocess.run(["bash", "-c", command], env=known, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "wanted"), [("faur mod", "model"), ("faur model pro", "promote"), ("faur jobs li", "list")]
)
def test_the_shell_completes_commands(words, wanted):
    known = {"_FAUR_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    program = "import sys; sys.argv[0] = 'faur'; from faur.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **known}, capture_output=True, text=True, check=False
    )
    assert wanted in done.stdout.split(), done.stderr
