"""The verifier as a command that stands alone, and bundles made to hurt it."""

import ast
import json
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from faur.kernel.record import verify
from faur.kernel.record.signing import SigningKey, signing_key
from faur.kernel.record.tests.tampering import pack, unpack
from faur.kernel.record.verify import verify_bundle

FORGER = SigningKey(Ed25519PrivateKey.generate())


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-I", verify.__file__, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_on_the_command_line_a_sound_bundle_ends_with_0_and_shows_the_key(bundle):
    done = run(bundle)
    assert (done.returncode, done.stderr) == (0, "")
    assert "SOUND" in done.stdout
    assert signing_key().id in done.stdout
    assert "compare it with what the factory publishes" in done.stdout
    assert "which is the key you trust" in run(bundle, "--key", signing_key().id).stdout


def test_on_the_command_line_a_changed_bundle_ends_with_1_and_names_the_entry(bundle):
    data = bundle.read_bytes()
    at = data.index(b'"step":2')
    bundle.write_bytes(data[: at + 7] + b"9" + data[at + 8 :])
    done = run(bundle)
    assert done.returncode == 1
    assert "REFUSED" in done.stdout
    assert "prj_1#3" in done.stdout
    told = json.loads(run(bundle, "--json").stdout)
    assert (told["ok"], told["findings"][0]["entry"]) == (False, "prj_1#3")


def test_on_the_command_line_what_cannot_be_checked_ends_with_2(bundle, tmp_path):
    for arguments in ((tmp_path / "none.zip",), (tmp_path,), (bundle, "--key", "nonsense"), ()):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr


def test_names_with_odd_characters_do_not_reach_the_terminal(bundle):
    content = unpack(bundle)
    pack(bundle, {**content, "\x1b[2Jfiles\u0103": b""})
    done = run(bundle)
    assert done.returncode == 1
    assert all(character.isprintable() or character == "\n" for character in done.stdout)
    assert done.stdout.isascii()


def test_the_verifier_needs_nothing_but_the_standard_library_and_cryptography():
    tree = ast.parse(Path(verify.__file__).read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} - sys.stdlib_module_names == {"cryptography"}
    assert all(node.level == 0 for node in imports if isinstance(node, ast.ImportFrom))


def test_the_verifier_is_reached_without_django():
    program = "import sys, faur.kernel.record.verify; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("hostile", [b"\n" * 4_000_000, b"[" + b"[]," * 3_000_000 + b"[]]", b"[" * 3_000_000])
@pytest.mark.parametrize("name", ["entries.jsonl", "checkpoints.jsonl", "manifest.json", "keys.json"])
def test_a_hostile_bundle_is_refused_with_bounded_findings_memory_and_time(bundle, tmp_path, name, hostile):
    pack(tmp_path / "hostile.zip", {**unpack(bundle), name: hostile})
    began = time.monotonic()
    tracemalloc.start()
    report = verify_bundle(tmp_path / "hostile.zip")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not report.ok
    assert len(report.findings) <= 1001
    assert peak < 6 * len(hostile) + 16 * 1024 * 1024
    assert time.monotonic() - began < 10
