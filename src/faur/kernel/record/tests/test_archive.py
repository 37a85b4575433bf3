import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faur.kernel.record import archive, verify
from faur.kernel.record.archive import Archive
from faur.kernel.record.errors import BundleTooLarge

NAMES = st.text("abcdefgh/._-", min_size=1, max_size=20)


def packed(content: dict[str, bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    made = Archive(stream)
    for name, data in content.items():
        made.add(name, [data[:5], data[5:]])
    made.close()
    return stream


@given(st.dictionaries(NAMES, st.binary(max_size=50), max_size=8))
def test_other_programs_read_what_is_packed(content):
    with zipfile.ZipFile(packed(content)) as read:
        assert {name: read.read(name) for name in read.namelist()} == content
        assert read.testzip() is None


@given(st.dictionaries(NAMES, st.binary(max_size=50), min_size=1, max_size=8))
def test_the_verifier_knows_every_byte_of_it(content):
    stream = packed(content)
    read = verify._Archive(stream)
    assert read.directory_intact
    assert list(read.changed()) == []
    assert {name: read.read(name) for name in read.names} == content
    assert list(verify._Archive(io.BytesIO(stream.getvalue() + b"\0")).changed()) != []


def test_the_same_content_gives_the_same_bytes_and_says_nothing_of_when_and_where():
    content = {"a": b"1", "b/c": b"2"}
    assert packed(content).getvalue() == packed(content).getvalue()
    with zipfile.ZipFile(packed(content)) as read:
        assert {info.date_time for info in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in read.infolist()} == {zipfile.ZIP_STORED}


def test_a_member_is_described_by_size_and_digest():
    member = Archive(io.BytesIO()).add("a", [b"abc"])
    assert (member.size, member.sha256[:8], member.crc) == (3, "ba7816bf", 0x352441C2)


def test_more_than_65535_members_are_packed_and_read_by_all():
    content = {f"{number:06d}": b"" for number in range(65_600)}
    stream = packed(content)
    assert len(zipfile.ZipFile(stream).namelist()) == 65_600
    read = verify._Archive(stream)
    assert read.directory_intact
    assert list(read.changed()) == []


def test_an_archive_that_would_outgrow_the_format_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "_LARGEST", 1_000)
    made = Archive(io.BytesIO())
    made.add("a", [b"x" * 900])
    with pytest.raises(BundleTooLarge):
        made.close() or made.add("b", [b"x" * 900])
