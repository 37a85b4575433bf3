import io
import json
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from faur.kernel.record import export_bundle
from faur.kernel.record.signing import FILE_NAME, SigningKey, public_pem, signing_key
from faur.kernel.record.tests.conftest import DOCUMENT
from faur.kernel.record.tests.tampering import change_lines, entry_line, pack, relist, unpack
from faur.kernel.record.verify import KeyUnreadable, verify_bundle

FORGER = SigningKey(Ed25519PrivateKey.generate())


def codes(report):
    return {finding.code for finding in report.findings}


def touched(report):
    return {finding.entry for finding in report.findings}


def test_a_bundle_as_it_was_written_is_sound(bundle):
    report = verify_bundle(bundle)
    assert report.ok
    assert report.findings == ()
    assert (report.chain, report.entries, report.checkpoints) == ("prj_1", 6, 3)
    assert (report.files, report.unnamed) == (("files/technical-file.txt",), ())
    assert (report.key, report.key_given) == (signing_key().id, False)


def test_a_document_that_no_entry_names_is_said_to_be_no_evidence(write, tmp_path):
    write()
    export_bundle("prj_1", tmp_path / "b.zip", {"other.txt": [DOCUMENT]})
    report = verify_bundle(tmp_path / "b.zip")
    assert (report.ok, report.unnamed) == (True, ("files/other.txt",))


def test_the_key_that_one_trusts_can_be_given_by_name_or_as_a_file(bundle, tmp_path):
    pem = tmp_path / "factory.pem"
    pem.write_text(public_pem(signing_key().public))
    for key in (signing_key().id, signing_key().id.upper(), f"sha256:{signing_key().id}", str(pem)):
        report = verify_bundle(bundle, key)
        assert (report.ok, report.key_given) == (True, True)


def test_a_bundle_of_another_key_than_the_trusted_is_refused(bundle, tmp_path):
    pem = tmp_path / "factory.pem"
    pem.write_text(public_pem(FORGER.public))
    for key in (FORGER.id, str(pem)):
        report = verify_bundle(bundle, key)
        assert (report.ok, codes(report), report.key_given) == (False, {"key.other"}, False)


@pytest.mark.parametrize("key", ["abc", "no/such/file.pem", "README.md"])
def test_a_trusted_key_that_is_none_is_an_error(key, bundle):
    with pytest.raises(KeyUnreadable):
        verify_bundle(bundle, key)


def test_a_record_written_again_by_another_key_is_only_told_by_the_trusted_one(write, bundle, home, tmp_path):
    honest = signing_key().id
    (home / "keys" / FILE_NAME).unlink()
    export_bundle("prj_1", tmp_path / "again.zip", {"technical-file.txt": [DOCUMENT]})
    assert verify_bundle(tmp_path / "again.zip").key == signing_key().id != honest
    assert codes(verify_bundle(tmp_path / "again.zip", honest)) == {"key.other"}


CHANGES = [
    ("an entry says something else", lambda lines: [*lines[:2], entry_line(lines[2], verb="a.b"), *lines[3:]], 3),
    ("an entry is taken out", lambda lines: [*lines[:2], *lines[3:]], 3),
    ("the first entry is taken out", lambda lines: lines[1:], 1),
    ("the last entry is taken out", lambda lines: lines[:-1], 6),
    ("all entries are taken out", lambda lines: [], 1),
    ("two entries change places", lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], 2),
    ("an entry stands twice", lambda lines: [*lines[:3], lines[2], *lines[3:]], 3),
    ("an entry is put in", lambda lines: [*lines[:2], entry_line(lines[1], seq=3, verb="a.b"), *lines[2:]], 3),
    ("an entry is added", lambda lines: [*lines, entry_line(lines[5], seq=7)], 7),
    ("an entry of another chain", lambda lines: [*lines[:3], entry_line(lines[3], chain="prj_2"), *lines[4:]], 4),
    ("an entry loses its time", lambda lines: [*lines[:3], lines[3].replace(b'"at":', b'"ta":'), *lines[4:]], 4),
    ("a line that is nothing", lambda lines: [*lines[:3], b"", *lines[4:]], 4),
    ("a line that is nested without end", lambda lines: [*lines[:3], b"[" * 500_000, *lines[4:]], 4),
    ("an entry with blanks", lambda lines: [*lines[:3], lines[3].replace(b",", b", ", 1), *lines[4:]], 4),
]


@pytest.mark.parametrize("relisted", [False, True])
@pytest.mark.parametrize(("why", "change", "seq"), CHANGES, ids=[why for why, _, _ in CHANGES])
def test_a_changed_chain_is_refused_and_the_entry_named(why, change, seq, relisted, bundle):
    content = unpack(bundle)
    change_lines(content, "entries.jsonl", change)
    if relisted:
        relist(content)
    report = verify_bundle(pack(bundle, content))
    assert not report.ok
    assert f"prj_1#{seq}" in touched(report)


@pytest.mark.parametrize("name", ["keys.json", "manifest.sig.json"])
def test_a_forger_who_relists_and_signs_is_refused(name, bundle):
    content = unpack(bundle)
    content["files/technical-file.txt"] = b"Another technical file."
    relist(content, FORGER)
    if name == "keys.json":
        keys = json.loads(content["keys.json"])["keys"]
        keys.append({"keyid": FORGER.id, "pem": public_pem(FORGER.public)})
        content["keys.json"] = json.dumps({"keys": keys}, separators=(",", ":"), sort_keys=True).encode()
        relist(content, FORGER)
    report = verify_bundle(pack(bundle, content), signing_key().id)
    assert not report.ok
    assert "key.other" in codes(report)


def test_a_statement_signed_by_another_key_is_refused_and_the_entry_named(bundle):
    content = unpack(bundle)
    envelope = json.loads(content["statements/000004.dsse.json"])
    envelope["signatures"][0]["keyid"] = FORGER.id
    content["statements/000004.dsse.json"] = json.dumps(envelope, separators=(",", ":")).encode()
    report = verify_bundle(pack(bundle, content))
    assert ("statement.changed", "prj_1#4") in {(finding.code, finding.entry) for finding in report.findings}


def test_a_changed_document_is_refused_and_the_entry_that_names_it_is_named(bundle):
    content = unpack(bundle)
    content["files/technical-file.txt"] = DOCUMENT.replace(b"The", b"the")
    report = verify_bundle(pack(bundle, content))
    assert [(finding.code, finding.entry) for finding in report.findings] == [("file.changed", "prj_1#6")]


CHECKPOINTS = [
    ("one is taken out", lambda lines: lines[:-1]),
    ("all are taken out", lambda lines: []),
    ("they change places", lambda lines: [lines[1], lines[0], lines[2]]),
    ("one stands twice", lambda lines: [lines[0], *lines]),
    ("its head is another", lambda lines: [*lines[:2], lines[2].replace(b'"seq":6', b'"seq":5')]),
    ("its way is another", lambda lines: [*lines[:2], lines[2].replace(b'"right"', b'"left"')]),
    ("it is nothing", lambda lines: [*lines[:2], b"{}"]),
]


@pytest.mark.parametrize(("why", "change"), CHECKPOINTS, ids=[why for why, _ in CHECKPOINTS])
def test_changed_checkpoints_are_refused(why, change, bundle):
    content = unpack(bundle)
    change_lines(content, "checkpoints.jsonl", change)
    relist(content)
    report = verify_bundle(pack(bundle, content))
    assert codes(report) & {"checkpoint.changed", "checkpoint.missing"}


def test_no_file_can_be_taken_out_emptied_or_moved(bundle):
    whole = unpack(bundle)
    for name in whole:
        rest = {other: data for other, data in whole.items() if other != name}
        for content in (rest, {**whole, name: b""}, {**rest, name: whole[name]}, {name: whole[name], **rest}):
            report = verify_bundle(pack(bundle, content))
            assert report.ok == (list(content.items()) == list(whole.items())), name
            if name.startswith("statements/") and content.get(name) != whole[name]:
                assert f"prj_1#{int(name[11:17])}" in touched(report)


def test_no_file_can_be_added(bundle):
    whole = unpack(bundle)
    for name in ("statements/000007.dsse.json", "files/more.txt", "x"):
        assert "file.unknown" in codes(verify_bundle(pack(bundle, {**whole, name: b"{}"})))


@pytest.mark.parametrize("name", ["files/../../x", "files//etc/x", "files/.x", "files/a\\b", "files/"])
def test_a_file_that_would_unpack_elsewhere_is_refused_whoever_signed_it(name, bundle):
    content = unpack(bundle)
    content = {(name if old.startswith("files/") else old): data for old, data in content.items()}
    relist(content, signing_key())
    assert codes(verify_bundle(pack(bundle, content))) == {"file.unknown"}


@pytest.mark.parametrize("share", [0, 1, 10, 50, 90, 99])
def test_a_bundle_that_was_cut_off_is_refused(share, bundle):
    data = bundle.read_bytes()
    bundle.write_bytes(data[: len(data) * share // 100])
    assert "archive.damaged" in codes(verify_bundle(bundle))


def test_a_bundle_cut_off_between_statements_names_the_entries_that_lost_theirs(bundle):
    data = bundle.read_bytes()
    bundle.write_bytes(data[: data.index(b"statements/000005") - 30])
    assert touched(verify_bundle(bundle)) >= {"prj_1#5", "prj_1#6"}


def test_the_same_content_in_another_archive_is_refused(bundle):
    content = unpack(bundle)
    for compression in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(bundle, "w", compression) as made:
            for name, data in content.items():
                made.writestr(name, data)
        assert not verify_bundle(bundle).ok


def test_what_stands_before_or_behind_a_bundle_is_refused(bundle):
    data = bundle.read_bytes()
    for changed in (b"MZ" + data, data + b"\n", data + data):
        bundle.write_bytes(changed)
        assert not verify_bundle(bundle).ok


def test_a_compressed_bomb_is_not_unpacked(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("entries.jsonl", b"0" * 20_000_000)
    (tmp_path / "bomb.zip").write_bytes(stream.getvalue())
    assert not verify_bundle(tmp_path / "bomb.zip").ok


@given(data=st.binary(max_size=300) | st.binary(max_size=300).map(lambda data: data + b"PK\x05\x06" + b"\0" * 18))
def test_any_bytes_at_all_get_an_answer(data, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "any.zip"
    path.write_bytes(data)
    assert not verify_bundle(path).ok


@pytest.mark.parametrize(
    "name", ["entries.jsonl", "checkpoints.jsonl", "keys.json", "manifest.json", "manifest.sig.json"]
)
@pytest.mark.parametrize(
    "value", [b"1", b"[]", b'{"a":1}', b'{"keys":[1]}', b'{"keys":[{"keyid":"","pem":""}]}', b"\xff"]
)
def test_json_of_another_shape_gets_an_answer(name, value, bundle):
    content = unpack(bundle)
    content[name] = value
    assert not verify_bundle(pack(bundle, content)).ok
