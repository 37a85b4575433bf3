"""Compiled translations are made at start, not kept in the repository."""

from pathlib import Path

from faur.kernel.files import replacing


def compile_translations(locale: Path) -> None:
    """Make each `.mo` that is missing or older than its `.po`."""
    for source in locale.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    from babel.messages.mofile import write_mo  # 6 MiB that most starts do not need
    from babel.messages.pofile import read_po

    with source.open("rb") as lines:
        catalogue = read_po(lines, locale=source.parts[-3])
    with replacing(target, mode=0o644) as out:
        write_mo(out, catalogue)
