import base64
import io
import json
import os
import shutil
import subprocess
import tracemalloc
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from faur.kernel.record import Checkpoint, Subject, checkpoint, export_bundle
from faur.kernel.record.errors import ChainEmpty, FileNameUnsafe
from faur.kernel.record.signing import FILE_NAME, signing_key
from faur.kernel.record.tests.conftest import DOCUMENT
from faur.kernel.record.verify import verify_bundle

SECRET = "prj_secret"


def test_a_bundle_holds_the_chain_its_proofs_and_its_documents(bundle):
    with zipfile.ZipFile(bundle) as read:
        assert read.namelist() == [
            "README.txt",
            "checkpoints.jsonl",
            "entries.jsonl",
            "files/technical-file.txt",
            "keys.json",
            *(f"statements/00000{seq}.dsse.json" for seq in range(1, 7)),
            "manifest.json",
            "manifest.sig.json",
        ]
        assert read.read("files/technical-file.txt") == DOCUMENT
        listed = {one["name"]: one["sha256"] for one in json.loads(read.read("manifest.json"))["members"]}
        assert listed == {name: sha256(read.read(name)).hexdigest() for name in read.namelist()[:-2]}


def test_each_entry_is_an_in_toto_statement_about_itself_and_what_has_a_digest(bundle):
    with zipfile.ZipFile(bundle) as read:
        envelope = json.loads(read.read("statements/000006.dsse.json"))
        line = json.loads(read.read("entries.jsonl").splitlines()[5])
    statement = json.loads(base64.b64decode(envelope["payload"]))
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicateType"] == "urn:faur:record:trust.write_technical_file:v1"
    assert statement["predicate"] == line["body"]
    assert statement["subject"] == [
        {"name": "prj_1#6", "digest": {"sha256": line["hash"]}},
        {"name": "tef_1", "digest": {"sha256": sha256(DOCUMENT).hexdigest()}},
    ]


def test_the_same_record_gives_the_same_bundle_whatever_happens_on_other_chains(bundle, write):
    def export() -> bytes:
        stream = io.BytesIO()
        export_bundle("prj_1", stream, {"technical-file.txt": [DOCUMENT]})
        return stream.getvalue()

    assert export() == bundle.read_bytes()
    write(SECRET)
    checkpoint()
    assert export() == bundle.read_bytes()


def test_a_bundle_says_nothing_of_other_chains(write, tmp_path):
    for chain in (SECRET, "factory", "prj_1", SECRET, "prj_1"):
        write(chain, Subject(f"job_of_{chain}"), claims={"of": chain})
        checkpoint()
    export_bundle("prj_1", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as read:
        content = b"".join(read.read(name) for name in read.namelist())
        payloads = [json.loads(line)["checkpoint"]["payload"] for line in read.read("checkpoints.jsonl").splitlines()]
    content += b"".join(base64.b64decode(payload) for payload in payloads)
    assert b"prj_1" in content
    assert b"secret" not in content
    assert b'"factory"' not in content


def test_an_export_makes_the_checkpoint_that_it_needs_and_no_more(write, tmp_path):
    write()
    export_bundle("prj_1", tmp_path / "b.zip")
    export_bundle("prj_1", tmp_path / "b.zip")
    assert Checkpoint.objects.count() == 1
    assert verify_bundle(tmp_path / "b.zip").ok


def test_a_bundle_says_what_it_holds(write, tmp_path):
    write()
    last = write()
    exported = export_bundle("prj_1", tmp_path / "b.zip")
    assert (exported.chain, exported.entries, exported.head) == ("prj_1", 2, last.hash)
    assert exported.key == signing_key().id


def test_an_empty_chain_is_refused_and_leaves_nothing(write, tmp_path):
    write("prj_2")
    with pytest.raises(ChainEmpty):
        export_bundle("prj_1", tmp_path / "b.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_document_that_breaks_off_leaves_no_half_bundle(write, tmp_path):
    def broken():
        yield b"the first half"
        raise OSError("the disk is gone")

    write()
    (tmp_path / "b.zip").write_bytes(b"the bundle of yesterday")
    with pytest.raises(OSError, match="gone"):
        export_bundle("prj_1", tmp_path / "b.zip", {"a.txt": broken()})
    assert (tmp_path / "b.zip").read_bytes() == b"the bundle of yesterday"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "home"]


@pytest.mark.parametrize(
    "names",
    [
        [""],
        ["/etc/passwd"],
        ["../a"],
        ["a/../b"],
        ["a//b"],
        ["a/"],
        [".hidden"],
        ["a\\b"],
        ["c:a"],
        ["a b"],
        ["\u0103.txt"],
        ["a\n"],
        ["x" * 201],
        ["a", "A"],
        ["a", "a/b"],
    ],
)
def test_a_name_that_is_not_the_same_harmless_file_everywhere_is_refused(names, write, tmp_path):
    write()
    with pytest.raises(FileNameUnsafe):
        export_bundle("prj_1", tmp_path / "b.zip", {name: [b""] for name in names})
    assert not Checkpoint.objects.exists()


def test_large_documents_pass_in_flat_memory(write, tmp_path):
    write()
    chunk = b"x" * 1024 * 1024
    tracemalloc.start()
    export_bundle("prj_1", tmp_path / "b.zip", {"large": (chunk for _ in range(200))})
    assert verify_bundle(tmp_path / "b.zip").ok
    assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    tracemalloc.stop()


@pytest.mark.parametrize("rows", [1, 30])
def test_queries_do_not_grow_with_the_chain(rows, write, tmp_path, django_assert_num_queries):
    for _ in range(rows):
        write()
        checkpoint()
    with django_assert_num_queries(8):  # five of them to see that no new checkpoint is needed
        export_bundle("prj_1", tmp_path / "b.zip")


def test_after_a_change_of_key_old_checkpoints_are_still_proved(write, home, tmp_path):
    write()
    checkpoint()
    (home / "keys" / FILE_NAME).unlink()
    write()
    exported = export_bundle("prj_1", tmp_path / "b.zip")
    report = verify_bundle(tmp_path / "b.zip", exported.key)
    assert (report.findings, report.checkpoints, report.key_given) == ((), 2, True)


@pytest.mark.skipif(not all(map(shutil.which, ("openssl", "sha256sum", "base64"))), reason="needs openssl, coreutils")
def test_the_readme_is_right_about_checking_by_hand(bundle, tmp_path):
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(bundle) as read:
        read.extractall(folder)
        third = json.loads(read.read("entries.jsonl").splitlines()[2])["hash"]
    commands = [line.strip() for line in (folder / "README.txt").read_text().splitlines() if line.startswith("     ")]
    done = subprocess.run(
        ["sh", "-e"], input="\n".join(commands), cwd=folder, env=os.environ, capture_output=True, text=True, check=True
    )
    digest = sha256((folder / "entries.jsonl").read_bytes()).hexdigest()
    assert [line.split()[0] for line in done.stdout.splitlines()] == [third, digest, "Signature", signing_key().id]
    assert "Signature Verified Successfully" in done.stdout
    assert Path(folder / "key.pem").read_text().endswith("-----END PUBLIC KEY-----\n")
