"""The style sheet: one file to the browser, one a part to us, and colours from the tokens alone."""

from pathlib import Path

from django.core.files.storage import FileSystemStorage

import faur.portal
from faur.portal.stylesheet import joined_sheet

SHEETS = Path(faur.portal.__file__).parent / "static/portal"


def test_joining_leaves_no_import_and_no_part_behind():
    storage = FileSystemStorage(SHEETS)
    found = {f"portal/{path.name}": (storage, path.name) for path in SHEETS.glob("*.css")}
    joined = joined_sheet(found)
    assert "@import" not in joined
    parts = [path.read_text() for path in SHEETS.glob("*.css") if path.name != "portal.css"]
    assert all(part.strip() in joined for part in parts)


def test_colours_stand_in_the_tokens_alone():
    for sheet in SHEETS.glob("*.css"):
        if sheet.name != "tokens.css":
            words = sheet.read_text().replace(";", " ").replace("(", " ").replace(",", " ").split()
            assert not [word for word in words if word.startswith("#") and len(word) in (4, 7)], sheet.name
