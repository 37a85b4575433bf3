"""One style sheet to the browser, one file a part to us: collecting joins what `portal.css` imports."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import ContentFile
from django.core.files.storage import Storage

ENTRY = "portal/portal.css"
_BEFORE, _AFTER = '@import "', '";'

Found = Mapping[str, tuple[Storage, str]]
"""Where each collected file comes from, in Django's terms."""


class JoinedStyleSheet(StaticFilesStorage):
    """Mix in before a storage that hashes. Uncollected, the browser follows the imports itself."""

    def post_process(
        self,
        paths: dict[str, tuple[Storage, str]],
        dry_run: bool = False,
        **options: Any,  # Any: Django's own
    ) -> Iterator[tuple[str, str, bool]]:
        if ENTRY in paths and not dry_run:
            joined = joined_sheet(paths)
            self.delete(ENTRY)
            self.save(ENTRY, ContentFile(joined.encode()))
            paths = {**paths, ENTRY: (self, ENTRY)}
        yield from super().post_process(paths, dry_run=dry_run, **options)  # type: ignore[misc]  # the next in line


def joined_sheet(found: Found) -> str:
    """The entry with each part in the place of its import; an entry holds imports and comments alone."""
    lines = (line.strip() for line in _read(found, ENTRY).splitlines())
    parts = [line.removeprefix(_BEFORE).removesuffix(_AFTER) for line in lines if line.startswith(_BEFORE)]
    return "\n".join(_read(found, f"portal/{part}").strip() for part in parts) + "\n"


def _read(found: Found, name: str) -> str:
    storage, path = found[name]
    with storage.open(path) as file:
        return bytes(file.read()).decode()
