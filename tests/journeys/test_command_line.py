"""The command line against a real factory: the page of first steps as it stands, and what goes wrong at a terminal."""

import json
import secrets
import signal
import subprocess
import time
import tomllib
from pathlib import Path

import httpx
import pytest
from typer.core import TyperCommand

from faur.cli import orders
from faur.site.reference.commands import commands
from tests.journeys.factory import FAUR, Walked
from tests.journeys.terminal import Terminal, lines_of, terminal_at

pytestmark = pytest.mark.road

PAGE = Path(__file__).resolve().parents[2] / "docs" / "first-steps.md"
NOT_TYPED = ("make up", ". .venv/bin/activate")
"""The factory runs already, and this Python is the environment."""
THERE_ALREADY = {"faur clusters register local": "cluster.exists"}
"""The demo has registered the machine."""
OPERATOR = "faur login --email operator@faur.local"
PASSWORD = "four words in a row"


@pytest.fixture(scope="module")
def page(walked: Walked, tmp_path_factory: pytest.TempPathFactory) -> tuple[Terminal, dict[str, str]]:
    """A terminal at which the whole page was typed, and what each line answered."""
    mine = secrets.token_hex(4)
    terminal = terminal_at(walked, tmp_path_factory.mktemp("person"), FAUR_PASSWORD=PASSWORD)
    terminal.others = {"example.org": f"{mine}.example.org", "night-reader": f"night-reader-{mine}"}
    operator = json.loads((walked.home / "operator.json").read_text(encoding="utf-8"))["password"]
    said = {}
    for line in lines_of(PAGE):
        if line in NOT_TYPED:
            continue
        terminal.environment["FAUR_PASSWORD"] = operator if line == OPERATOR else PASSWORD
        done = terminal.type(line)
        if line in THERE_ALREADY:
            assert (done.returncode, THERE_ALREADY[line] in done.stderr) == (1, True), done.stderr
        else:
            assert done.returncode == 0, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        said[line] = done.stdout
    return terminal, said


@pytest.fixture
def engineer(walked: Walked, tmp_path: Path) -> Terminal:
    """The demo's engineer, with a token in the environment."""
    return terminal_at(walked, tmp_path, FAUR_TOKEN=walked.token("engineer"))


def test_the_page_of_first_steps_leads_to_a_served_model_and_to_evidence(page):
    terminal, said = page
    answers = {line.split("…")[0].strip(): answer for line, answer in said.items()}
    assert "eligible:  yes" in said["faur applications eligibility app_…"]
    assert "stands between:  nothing" in answers["faur model gate mdv_"]
    assert said["faur endpoint call night-reader --file request.json"].startswith("label:")
    assert said["faur verify evidence.zip"].startswith("SOUND:")
    files = {path.name for path in (terminal.folder / "technical-file").iterdir()}
    assert files == {f"technical-file.{kind}" for kind in ("html", "pdf", "docx", "json")}
    assert (terminal.folder / "engineer.login").stat().st_mode & 0o777 == 0o600


def test_no_secret_of_the_page_stands_in_an_argument_or_is_said_again(page):
    terminal, said = page
    kept = json.loads((terminal.folder / "engineer.login").read_text(encoding="utf-8"))
    (known,) = kept["factories"].values()
    (key,) = known["keys"].values()
    assert not [line for line, answer in said.items() if known["token"] in answer]
    assert [line for line, answer in said.items() if key in answer] == ["faur keys new night-reader my-program --keep"]


def test_a_row_is_asked_for_by_the_names_of_its_features(page):
    terminal, _said = page
    export = ("export FAUR_CREDENTIALS=engineer.login",)
    assert terminal.type(*export).returncode == 0
    version = json.loads(terminal.run("faur", "model", "show", terminal.seen["mdv"], "--json").stdout)
    row = [f"--row={feature['name']}={feature['minimum']}" for feature in version["signature"]["features"]]
    answer = terminal.run("faur", "endpoint", "call", terminal.others["night-reader"], *row, "--json")
    outputs = {output["name"]: output["data"] for output in json.loads(answer.stdout)["outputs"]}
    assert outputs["label"] == ["benign"], "the smallest nucleus of all"
    assert sum(outputs["probabilities"]) == pytest.approx(1, abs=1e-5)


def test_the_questionnaire_can_be_answered_in_the_terminal(page):
    terminal, _said = page
    asked = terminal.run("faur", "classify", terminal.seen["mdl"], "--ask", "--json", said="\n" * 100)
    assert asked.returncode == 0, asked.stderr
    assert "undetermined" in json.loads(asked.stdout)["tiers"], "whoever knows nothing is told nothing lighter"


def test_a_download_that_broke_off_goes_on_with_the_gateway(engineer, walked):
    version = json.loads(
        engineer.run("faur", "model", "show", walked.summary["made"]["model_version"], "--json").stdout
    )
    file = next(file for file in version["files"] if file["path"].endswith(".onnx"))
    whole = httpx.get(walked.url + file["link"]).content
    digest = file["digest"].removeprefix("sha256:")
    (engineer.folder / f".{file['path']}.{digest[:16]}.part").write_bytes(whole[:1000])
    done = engineer.run("faur", "model", "fetch", version["id"], "--to", ".")
    assert done.returncode == 0, done.stderr
    assert (engineer.folder / file["path"]).read_bytes() == whole
    assert not list(engineer.folder.glob(".*.part"))


def test_a_job_of_ones_own_is_followed_and_interrupted_and_cancelled(engineer):
    program = "import time; print('one', flush=True); time.sleep(60)"
    order = {
        "name": "Wait",
        "executable": "python3",
        "arguments": ["-c", program],
        "attributes": {"duration": "00:02:00"},
    }
    (engineer.folder / "job.yaml").write_text(json.dumps(order), encoding="utf-8")
    job = json.loads(engineer.run("faur", "jobs", "submit", "--file", "job.yaml", "--json").stdout)["id"]
    following = subprocess.Popen(
        [*FAUR, "logs", "-f", job], env=engineer.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert following.stdout is not None
    assert following.stdout.readline() == "one\n"
    following.send_signal(signal.SIGINT)
    out, err = following.communicate(timeout=20)
    assert (following.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert f"faur jobs cancel {job}" in err
    assert engineer.run("faur", "job", "cancel", job).returncode == 0
    until = time.monotonic() + 30
    while (state := json.loads(engineer.run("faur", "job", "show", job, "--json").stdout)["state"]) != "cancelled":
        assert time.monotonic() < until, state
    assert engineer.run("faur", "logs", job).stdout.startswith("one\n")


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        ("jobs show job_00000000000000000000000000", 1, "not_found"),
        ("jobs show ../../me", 1, "not_found"),
        ("apply --file missing.yaml", 1, "file.unreadable"),
        ("apply --file broken.yaml", 1, "file.unreadable"),
        ("apply --file odd.yaml", 1, "file.unknown_field"),
        ("data push train=missing.parquet --sheet odd.yaml", 1, "file.missing"),
        ("run no-such-recipe --input train=dsv_x", 1, "not_found"),
        ("logs -f job_x", 1, "not_found"),
        ("model promote mdv_x because", 1, "not_found"),
        ("endpoint call second-reader --file odd.yaml --key-file missing.key", 1, "file.unreadable"),
        ("pools open --file pool.yaml", 1, "forbidden"),
        ("verify missing.zip", 2, "file.missing"),
        ("roles list", 1, "forbidden"),
        ("jobs list --state", 2, "usage"),
    ],
)
def test_what_is_wrong_ends_in_a_sentence_and_its_code(engineer, words, status, code):
    (engineer.folder / "broken.yaml").write_text("title: [", encoding="utf-8")
    (engineer.folder / "odd.yaml").write_text("titel: A\n", encoding="utf-8")
    (engineer.folder / "pool.yaml").write_text("title: A\ncapacity_hours: 1\ndays: 1\n", encoding="utf-8")
    done = engineer.run("faur", *words.split())
    assert (done.returncode, done.stdout) == (status, ""), done.stderr
    assert done.stderr.rstrip().endswith(f"({code})"), done.stderr


def test_a_token_that_is_none_is_refused(engineer):
    engineer.environment["FAUR_TOKEN"] = "faur_wrong"
    done = engineer.run("faur", "projects", "list", "--json")
    assert (done.returncode, json.loads(done.stderr)["code"]) == (1, "unauthenticated")


def test_a_factory_that_is_not_running_is_said_to_be_away(engineer):
    engineer.environment["FAUR_URL"] = "http://127.0.0.1:1"
    done = engineer.run("faur", "projects", "list")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("http://127.0.0.1:1 does not answer.")


def test_everything_that_the_api_does_has_a_command(walked):
    said = tomllib.loads((Path(__file__).parent / "commands.toml").read_text(encoding="utf-8"))
    document = httpx.get(f"{walked.url}/api/v1/openapi.json").json()
    operations = {one["operationId"] for methods in document["paths"].values() for one in methods.values()}
    known: dict[str, TyperCommand] = dict(commands())
    assert operations == set(said)
    assert not [name for name in said.values() if f"faur {name}" not in known]


@pytest.mark.parametrize(
    ("schema", "known", "more"),
    [
        ("OrganisationIn", orders.ORGANISATION, set()),
        ("PoolIn", orders.POOL, {"capacity_hours", "days"}),
        ("CallIn", orders.CALL, {"max_hours", "days"}),
        ("WishIn", orders.WISH, {"hours"}),
        ("ApplicationIn", orders.APPLICATION, {"hours"}),
        ("DatasetIn", orders.DATASET, set()),
        ("DescriptionIn", orders.DESCRIPTION, set()),
        ("ThresholdsIn", orders.THRESHOLDS, set()),
        ("JobIn", orders.JOB, {"name", "attributes"}),
    ],
)
def test_a_file_may_hold_what_the_api_takes_and_nothing_else(walked, schema, known, more):
    document = httpx.get(f"{walked.url}/api/v1/openapi.json").json()
    assert set(known) - more == set(document["components"]["schemas"][schema]["properties"])
