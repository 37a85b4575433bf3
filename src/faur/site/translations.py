"""Compiled translations are made at start, not kept in the repository."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_translations(locale: Path) -> None:
    """Make each `.mo` that is missing or older than its `.po`."""
    for source in locale.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parts[-3])
        made = target.with_suffix(f".{os.getpid()}.new")  # several processes may start at once
        with made.open("wb") as out:
            write_mo(out, catalogue)
        made.replace(target)
