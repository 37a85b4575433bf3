"""Whatever JSON stands where the verifier expects JSON, it gives an answer."""

import json
import random
from typing import Any

import pytest

from faur.kernel.record import canonical
from faur.kernel.record.tests.tampering import entry_line, pack, relist, unpack
from faur.kernel.record.verify import verify_bundle

ODD: list[Any] = [None, True, 0, -1, 1.5, 2**53 - 1, "", "x", "0" * 64, "prj_1", [], [1], [[]], {}, {"a": 1}, [{}]]
PLACES = [
    "entries.jsonl",
    "checkpoints.jsonl",
    "keys.json",
    "manifest.json",
    "manifest.sig.json",
    "statements/000002.dsse.json",
]


def graft(value: Any, dice: random.Random) -> Any:
    """`value` with something odd in the place of one part of it, or with a part less or more."""
    if isinstance(value, dict) and value and dice.random() < 0.85:
        name = dice.choice(sorted(value))
        changed = {**value, name: graft(value[name], dice)}
        if dice.random() < 0.1:
            del changed[name]
        return changed if dice.random() < 0.9 else {**changed, "more": 1}
    if isinstance(value, list) and value and dice.random() < 0.85:
        place = dice.randrange(len(value))
        return [*value[:place], graft(value[place], dice), *value[place + 1 :]]
    return dice.choice(ODD)


@pytest.mark.parametrize("name", PLACES)
def test_json_of_any_shape_gets_an_answer(name, bundle):
    whole, dice = unpack(bundle), random.Random(name)
    for _ in range(60):
        lines = whole[name].splitlines()
        place = dice.randrange(len(lines))
        if name == "entries.jsonl":
            body = graft(json.loads(lines[place])["body"], dice)
            lines[place] = entry_line(canonical({"body": {}}), **body) if isinstance(body, dict) else canonical(body)
        else:
            lines[place] = canonical(graft(json.loads(lines[place]), dice))
        content = {**whole, name: b"".join(line + b"\n" for line in lines) if name.endswith("l") else lines[0]}
        if not name.startswith("manifest"):
            try:
                relist(content)
            except (KeyError, TypeError):
                continue
        report = verify_bundle(pack(bundle, content))
        assert report.ok == (content == whole)
