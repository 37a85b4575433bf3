"""No byte of a bundle can be changed unnoticed; where it belongs to an entry, the entry is named."""

import random
import re
import zipfile

import pytest

from faur.kernel.record import verify
from faur.kernel.record.verify import verify_bundle

SAMPLE = 500


def owners(bundle) -> list[str]:
    """For each byte of the bundle the entry that it belongs to; empty where it belongs to none."""
    data = bundle.read_bytes()
    found = [""] * len(data)
    with zipfile.ZipFile(bundle) as read:
        for info in read.infolist():
            begin = info.header_offset + 30 + len(info.filename)
            if statement := re.search(r"statements/(\d+)", info.filename):
                found[begin : begin + info.file_size] = [f"prj_1#{int(statement[1])}"] * info.file_size
            if info.filename.startswith("files/"):
                found[begin : begin + info.file_size] = ["prj_1#6"] * info.file_size
            if info.filename == "entries.jsonl":
                for seq, line in enumerate(read.read(info).splitlines(), 1):
                    found[begin : begin + len(line)] = [f"prj_1#{seq}"] * len(line)
                    begin += len(line) + 1
    return found


def missed(bundle, places: list[int], dice: random.Random) -> list[tuple[int, int]]:
    """The places at which one flipped bit was not noticed, or not ascribed to its entry."""
    data, due = bundle.read_bytes(), owners(bundle)
    found = []
    for place in places:
        bit = dice.randrange(8)
        bundle.write_bytes(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
        report = verify_bundle(bundle)
        if report.ok or (due[place] and due[place] not in {finding.entry for finding in report.findings}):
            found.append((place, bit))
    return found


def test_a_flipped_bit_at_any_of_many_places_is_noticed(bundle):
    dice = random.Random(20261128)
    size = bundle.stat().st_size
    assert missed(bundle, [dice.randrange(size) for _ in range(SAMPLE)], dice) == []


def test_a_flipped_bit_anywhere_between_the_files_is_noticed(bundle):
    archive = verify._Archive(bundle.open("rb"))
    content = [range(member.begin, member.begin + member.size) for member in archive.members.values()]
    between = [place for place in range(bundle.stat().st_size) if not any(place in part for part in content)]
    dice = random.Random(8785)
    assert missed(bundle, dice.sample(between, SAMPLE), dice) == []


@pytest.mark.slow
def test_a_flipped_bit_in_each_byte_is_noticed(bundle):
    assert missed(bundle, list(range(bundle.stat().st_size)), random.Random(6962)) == []
