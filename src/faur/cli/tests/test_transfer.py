"""Bytes move whole or not at all, and a download that broke off goes on."""

import hashlib

import pytest

from faur.cli.refusal import Refused
from faur.cli.tests.scripted import Answer, Asked, refusal
from faur.cli.transfer import download, inside, upload

CONTENT = bytes(range(256)) * 4096
LINK = "/api/v1/bytes/signed"


def _etag(content: bytes) -> dict[str, str]:
    return {"ETag": f'"sha256:{hashlib.sha256(content).hexdigest()}"'}


def _store(content: bytes, cut: int | None = None):
    """What the gateway answers: a range where one is asked for; the whole, as far as `cut`, where none is."""

    def answer(asked: Asked) -> Answer:
        if not (asked_range := asked.headers.get("range")):
            return Answer(content, headers=_etag(content), cut=cut)
        start = int(asked_range.removeprefix("bytes=").removesuffix("-"))
        return Answer(content[start:], 206, {**_etag(content), "Content-Range": f"bytes {start}-/{len(content)}"})

    return answer


def test_a_file_appears_when_it_is_whole(factory, api, tmp_path):
    factory.says["GET", LINK] = _store(CONTENT)
    seen: list[int] = []
    download(api, LINK, tmp_path / "deep" / "file", seen=seen.append)
    assert (tmp_path / "deep" / "file").read_bytes() == CONTENT
    assert seen[-1] == len(CONTENT)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["file"]


def test_a_download_that_broke_off_leaves_the_file_as_it_was_and_goes_on(factory, api, tmp_path):
    target = tmp_path / "file"
    target.write_bytes(b"older")
    factory.says["GET", LINK] = _store(CONTENT, cut=600_000)
    with pytest.raises(Refused, match="does not answer"):
        download(api, LINK, target)
    assert target.read_bytes() == b"older"
    (part,) = (path for path in tmp_path.iterdir() if path.suffix == ".part")
    assert CONTENT.startswith(part.read_bytes())
    begun = part.stat().st_size
    assert begun > 0
    factory.says["GET", LINK] = _store(CONTENT)
    download(api, LINK, target)
    assert target.read_bytes() == CONTENT
    assert factory.asked[-1].headers["range"] == f"bytes={begun}-"
    assert not part.exists()


def test_other_bytes_under_the_same_name_do_not_go_on_from_the_older_ones(factory, api, tmp_path):
    factory.says["GET", LINK] = _store(CONTENT, cut=600_000)
    with pytest.raises(Refused):
        download(api, LINK, tmp_path / "file")
    newer = b"newer" * 100_000
    factory.says["GET", LINK] = _store(newer)
    download(api, LINK, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == newer


def test_a_store_without_ranges_is_read_from_the_beginning(factory, api, tmp_path):
    factory.says["GET", LINK] = [_store(CONTENT, cut=600_000), Answer(CONTENT, headers=_etag(CONTENT))]
    with pytest.raises(Refused):
        download(api, LINK, tmp_path / "file")
    download(api, LINK, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_damaged_bytes_are_refused_and_not_kept(factory, api, tmp_path):
    factory.says["GET", LINK] = Answer(b"damaged", headers=_etag(CONTENT))
    with pytest.raises(Refused, match="Other bytes came") as refused:
        download(api, LINK, tmp_path / "file")
    assert refused.value.code == "download.damaged"
    assert list(tmp_path.glob("*file*")) == []


def test_a_link_that_is_refused_writes_nothing(factory, api, tmp_path):
    factory.says["GET", LINK] = refusal(410, "link.expired", title="The link has expired.")
    with pytest.raises(Refused, match="has expired"):
        download(api, LINK, tmp_path / "file")
    assert list(tmp_path.glob("*file*")) == []


def test_a_place_that_cannot_be_written_is_a_sentence(factory, api, tmp_path):
    factory.says["GET", LINK] = _store(CONTENT)
    (tmp_path / "plain").write_text("a file")
    with pytest.raises(Refused, match="cannot be written"):
        download(api, LINK, tmp_path / "plain" / "file")


@pytest.mark.parametrize("path", ["../up", "/etc/passwd", "a/../../b", "", "a\\b"])
def test_no_file_goes_outside_the_folder(tmp_path, path):
    with pytest.raises(Refused, match="no path inside"):
        inside(tmp_path, path)


def test_a_file_goes_to_its_place_in_the_folder(tmp_path):
    assert inside(tmp_path, "out/model.onnx") == tmp_path / "out" / "model.onnx"


def test_an_upload_sends_every_byte_under_the_files_name(factory, api, tmp_path):
    factory.says["PUT", "/api/v1/bytes"] = Answer({"receipt": "r"}, 201)
    (tmp_path / "ă b&c.csv").write_bytes(CONTENT)
    seen: list[int] = []
    assert upload(api, tmp_path / "ă b&c.csv", "prj_x", seen=seen.append) == {"receipt": "r"}
    (asked,) = factory.asked
    assert asked.body == CONTENT
    assert asked.query == {"project": ["prj_x"], "filename": ["ă b&c.csv"]}
    assert seen[-1] == len(CONTENT)


def test_a_file_that_cannot_be_read_is_a_sentence(api, tmp_path):
    with pytest.raises(Refused, match="cannot be read"):
        upload(api, tmp_path / "missing.csv", "prj_x")
