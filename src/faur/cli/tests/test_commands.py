"""Every command says in one line what it does, answers in JSON, and ends with an honest status."""

import io
import json
import os
import subprocess
import sys

import pytest
import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from faur.cli.main import app, main
from faur.cli.tests.scripted import Answer, refusal

JOB = ("GET", "/api/v1/jobs/job_x")


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


@pytest.fixture
def faur(factory, monkeypatch, capsys):
    """Runs a command in this process; gives its status, and what it wrote on both streams."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setenv("FAUR_URL", factory.url)
        monkeypatch.setenv("FAUR_TOKEN", "faur_a")
        monkeypatch.setattr(sys, "argv", ["faur", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return int(ended.value.code or 0), written.out, written.err

    return run


@pytest.mark.parametrize("noun", ["job", "jobs"])
def test_nouns_are_found_in_the_singular_and_the_plural(factory, faur, noun):
    factory.says[JOB] = Answer({"id": "job_x", "state": "running"})
    assert faur(noun, "show", "job_x") == (0, "id:     job_x\nstate:  running\n", "")


@pytest.mark.parametrize("arguments", [("--json", "jobs", "show", "job_x"), ("jobs", "show", "job_x", "--json")])
def test_json_may_be_asked_for_before_and_behind_the_verb(factory, faur, arguments):
    factory.says[JOB] = Answer({"id": "job_x", "title": ""})
    assert json.loads(faur(*arguments)[1]) == {"id": "job_x", "title": ""}


def test_a_refusal_is_a_sentence_a_hint_and_a_code_and_status_1(factory, faur):
    factory.says[JOB] = refusal(404, "not_found", title="It is not there.", hint="Look again.")
    assert faur("jobs", "show", "job_x") == (1, "", "It is not there.\nLook again.\n(not_found)\n")


def test_a_refusal_for_programs_is_the_problem_document(factory, faur):
    factory.says[JOB] = refusal(404, "not_found", title="It is not there.")
    status, out, err = faur("jobs", "show", "job_x", "--json")
    assert (status, out, json.loads(err)["title"]) == (1, "", "It is not there.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("jobs", "show"), "Missing argument"),
        (("jobs", "explode"), "No such command"),
        (("jobs", "list", "--size", "0"), "--size"),
        (("run", "x", "--input", "train"), "not of the form name=value"),
        (("run", "x", "-r", "speed=9"), "No resource is called speed"),
        (("endpoint", "call", "x"), "--file or --row"),
        (("login", "--email", "a@b.example"), "nobody to ask"),
        (("use", "nowhere"), "no address"),
    ],
)
def test_wrong_usage_is_status_2(faur, arguments, said):
    status, out, err = faur(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert err.rstrip().endswith(")"), "the code stands last"


def test_wrong_usage_for_programs_is_a_document_too(faur):
    status, _out, err = faur("jobs", "show", "--json")
    assert (status, json.loads(err)["code"]) == (2, "usage")


def test_a_draft_that_is_not_eligible_stays_and_the_person_learns_how_to_go_on(factory, faur, tmp_path):
    one = {"items": [{"id": "call_x", "title": "A"}], "total": 1, "page": 1, "size": 10}
    factory.says["GET", "/api/v1/calls"] = factory.says["GET", "/api/v1/organisations"] = Answer(one)
    factory.says["POST", "/api/v1/applications"] = Answer({"id": "app_x"}, 201)
    factory.says["POST", "/api/v1/applications/app_x/submit"] = refusal(409, "application.not_eligible")
    (tmp_path / "wish.yaml").write_text("title: A\nhours: 1\n")
    status, _out, err = faur("apply", "--file", str(tmp_path / "wish.yaml"))
    assert status == 1
    assert "faur applications save app_x" in err


def test_a_password_is_asked_of_the_environment_and_the_token_is_kept(factory, faur, monkeypatch, credentials):
    factory.says["POST", "/api/v1/tokens"] = Answer({"token": "faur_new"}, 201)
    factory.says["GET", "/api/v1/me"] = Answer({"name": "Ion"})
    monkeypatch.setenv("FAUR_PASSWORD", "four words in a row")
    status, out, err = faur("login", "--email", "ion@example.org", "--url", factory.url)
    assert (status, out, err) == (0, f"You are Ion at {factory.url}.\n", "")
    assert json.loads(factory.asked[0].body)["password"] == "four words in a row"
    assert "faur_new" in credentials.read_text()


def test_a_version_that_is_refused_is_shown_with_the_reason_and_status_1(factory, faur, tmp_path):
    version = {"id": "dsv_x", "state": "refused", "refusal": "It is empty.", "refusal_code": "data.empty"}
    factory.says["GET", "/api/v1/datasets/dts_x"] = Answer({"id": "dts_x", "project": "prj_x"})
    factory.says["PUT", "/api/v1/bytes"] = Answer({"receipt": "r"}, 201)
    factory.says["POST", "/api/v1/datasets/dts_x/versions"] = Answer({"id": "dsv_x", "state": "checking"}, 201)
    factory.says["GET", "/api/v1/dataset-versions/dsv_x"] = Answer(version)
    for split in ("train", "test"):
        (tmp_path / split).mkdir()
        (tmp_path / split / "data.csv").write_text("a\n1\n")
    parts = [f"{split}={tmp_path / split / 'data.csv'}" for split in ("train", "test")]
    status, out, err = faur("data", "push", *parts, "--dataset", "dts_x")
    assert (status, "refused" in out, err) == (1, True, "It is empty.\n(data.empty)\n")
    sent = next(asked for asked in factory.asked if asked.method == "POST")
    assert [one["path"] for one in json.loads(sent.body)["files"]] == ["train/data.csv", "test/data.csv"]


def test_a_run_is_ordered_in_bytes_and_seconds_whatever_units_were_written(factory, faur):
    one = {"items": [{"id": "x", "title": "A"}], "total": 1, "page": 1, "size": 10}
    factory.says["GET", "/api/v1/projects"] = factory.says["GET", "/api/v1/allocations"] = Answer(one)
    factory.says["POST", "/api/v1/runs"] = Answer({"id": "run_x", "job": "job_x"}, 201)
    wanted = ("-r", "cores=2", "-r", "memory=4GiB", "-r", "duration=30m")
    assert faur("run", "a-recipe", "-i", "train=dsv_x:night", "-k", "seed=7", *wanted)[0] == 0
    assert json.loads(factory.asked[-1].body) == {
        "project": "x",
        "allocation": "x",
        "recipe": "a-recipe",
        "recipe_version": "",
        "title": "a-recipe",
        "inputs": {"train": {"version": "dsv_x", "split": "night"}},
        "parameters": {"seed": 7},
        "resources": {"cores": 2, "memory": 4 << 30, "duration": 1800},
    }


def test_who_stops_reading_gets_no_stack_trace(factory):
    items = [{"id": f"job_{n}", "title": "x" * 1000} for n in range(200)]
    factory.says["GET", "/api/v1/jobs"] = Answer({"items": items, "total": 200, "page": 1, "size": 200})
    known = {**os.environ, "FAUR_URL": factory.url, "FAUR_TOKEN": "faur_a"}
    command = f"{sys.executable} -m faur.cli.main jobs list --json | head -1"
    done = subprocess.run(["bash", "-c", command], env=known, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("words", "wanted"), [("faur mod", "model"), ("faur model pro", "promote")])
def test_the_shell_completes_commands(words, wanted):
    known = {"_FAUR_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    program = "import sys; sys.argv[0] = 'faur'; from faur.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **known}, capture_output=True, text=True, check=False
    )
    assert wanted in done.stdout.split(), done.stderr
