"""The technical files that trust recorded, and one in which everything that a person may write is hostile."""

import json
from pathlib import Path
from typing import Any

import faur

RECORDED = Path(faur.__file__).parent / "services" / "trust" / "tests" / "recorded"
LANGUAGES = ("en", "ro", "bg")

HOSTILE = [
    "#set page(width: 1pt) #panic(1) ]]] #sys.inputs.document",
    "*not bold* _not italic_ $not maths$ `not code` = no heading @nowhere <no-label> // no comment /* nor this",
    "<script>alert(1)</script><b onclick=x>&amp;&lt;</b> ]]> <!-- --> </style>",
    "NUL \x00 bell \x07 escape \x1b[31m delete \x7f next line \x85 separator \u2028",
    "overridden \u202e gnirts \u202c and \u2066isolated\u2069",
    "שלום עולם و العربية",
    "日本語 😀 👩\u200d👩\u200d👧 \ue000 \ufdd0 \U0010ffff",
    "half a pair \ud800 alone",
    "W" * 3000,
    "sha256:" + "0" * 64 + "0" * 400,
    "e\u0301\u0301\u0301\u0323 \u0301 ก\u0e33 ⁛\u0eb3",
    "one\n\n\n\n\n\ntwo\r\nthree\tfour",
    "%(lacks)s %s {0} {{x}} ${x} \\n \\u{41} \\",
    "",
]


def recorded(language: str = "en") -> bytes:
    return (RECORDED / f"technical-file.{language}.json").read_bytes()


def hostile() -> bytes:
    """The recorded file with hostile text wherever a person's text can stand."""
    tree: dict[str, Any] = json.loads(recorded())
    tree["system"] |= {
        "name": HOSTILE[0],
        "purpose": "\n\n".join(HOSTILE),
        "project": HOSTILE[2],
        "version": HOSTILE[3],
    }
    tree["provider"] |= {"name": HOSTILE[4], "country": HOSTILE[5]}
    blocks = [block for item in tree["items"] for block in item["blocks"]]
    for place, block in enumerate(blocks):
        text = HOSTILE[place % len(HOSTILE)]
        if block["kind"] == "paragraph":
            block["text"], block["by"] = text, HOSTILE[(place + 1) % len(HOSTILE)]
        else:
            block["caption"] = text
            block["rows"] = [
                [HOSTILE[(place + row + column) % len(HOSTILE)] for column in range(len(cells))]
                for row, cells in enumerate(block["rows"])
            ]
    return json.dumps(tree).encode()
