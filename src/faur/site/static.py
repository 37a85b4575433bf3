"""Static files under names that hold their content's hash, laid out anew where their sources changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

from faur.kernel import files
from faur.portal.stylesheet import JoinedStyleSheet


class HashedFiles(JoinedStyleSheet, CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Joined, hashed and compressed. Where nothing was collected, names are served plain: tests need no collection."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name


def lay_out_static_files() -> None:
    """Collect all static files, unless that was done to its end from these very sources.

    What was begun and not finished is removed first: Django would take half a file that is new for a whole one.
    """
    stamp = Path(settings.STATIC_ROOT).with_name("static.sources")
    sources = _sources()
    if stamp.exists() and stamp.read_text(encoding="ascii") == sources:
        return
    from django.contrib.staticfiles.management.commands.collectstatic import Command as Collect
    from django.core.management import call_command

    stamp.unlink(missing_ok=True)
    call_command(Collect(), interactive=False, verbosity=0, clear=True)
    files.replace(stamp, sources.encode())


def _sources() -> str:
    """A digest that changes with the sources; their times tell, as they do for make."""
    lines = sorted([*_found(), *map(_line, Path(__file__).parent.glob("*.py"))])
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _found() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield _line(Path(storage.path(path)))


def _line(path: Path) -> str:
    status = path.stat()
    return f"{path} {status.st_size} {status.st_mtime_ns}"
