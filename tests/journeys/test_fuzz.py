"""Whatever is sent to the API, it answers as its description says: no 500, no status or shape that is not declared.

Schemathesis, with a fixed seed, against a copy of the walked factory that serves in a process of its own: once as the
lead of the project with the identifiers of real things, once as the operator with whatever comes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.copies import copied, served
from tests.journeys.people import World
from tests.journeys.targets import BEFORE, SAID

pytestmark = [pytest.mark.road, pytest.mark.fuzz]

SEED = 20261128
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
NOT_SENT = ("revoke_token", "dismiss_person", "remove_member")
"""What could take the caller's own rights away, after which every answer would be the same 401."""

ONLY_ITS_METHODS = "phases.coverage.unexpected-methods = []"


@pytest.fixture(scope="module")
def address(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(copied(world.walked.home, tmp_path_factory.mktemp("fuzz") / "home")) as url:
        yield url


@pytest.mark.parametrize(
    ("role", "phases", "examples"), [("engineer", "coverage,fuzzing", 1), ("operator", "fuzzing", 3)]
)
def test_the_api_answers_as_it_says(
    world: World, address: str, tmp_path: Path, role: str, phases: str, examples: int
) -> None:
    (tmp_path / "schemathesis.toml").write_text(_settings(world) if role == "engineer" else "", encoding="utf-8")
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", "schemathesis.toml"),
            *("run", f"{address}/api/v1/openapi.json", "--header", f"Authorization: Bearer {world.token(role)}"),
            *("--seed", str(SEED), "--phases", phases, "--max-examples", str(examples), "--checks", ",".join(CHECKS)),
            *(
                "--suppress-health-check",
                "all",
                "--no-shrink",
                "--continue-on-failure",
                "--warnings",
                "off",
                "--no-color",
            ),
            *(part for name in NOT_SENT for part in ("--exclude-operation-id", name)),
        ],
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.journeys.fuzz_hooks", **_known(world, role)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-20_000:] + ended.stderr[-2000:]


def _known(world: World, role: str) -> dict[str, str]:
    root = Path(__file__).resolve().parents[2]
    made = {**world.made, "version": world.made["dataset_version"]} if role == "engineer" else {}
    return {"FAUR_FUZZ_MADE": json.dumps(made), "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"}


def _settings(world: World) -> str:
    """What stands in the addresses: the things of the walk."""
    lines = [f'"path.{name}" = "{uid}"' for name, uid in {**world.made, **SAID}.items()]
    versions = [(path, world.made[BEFORE[path]]) for path in ("dataset-versions", "model-versions")]
    operations = [
        f'[[operations]]\ninclude-path-regex = "/{path}/"\nparameters = {{ "path.version" = "{uid}" }}'
        for path, uid in versions
    ]
    return "\n".join([ONLY_ITS_METHODS, "[parameters]", *lines, *operations])
