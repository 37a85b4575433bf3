"""A model's files in a folder, where an engine can read them: fetched once, whole or not at all."""

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from faur.kernel import files
from faur.kernel.blobs import Digest, blobs
from faur.kernel.config import config


def model_folder(manifest: str, members: Iterable[tuple[str, str]]) -> Path:
    """The folder of the set of files that `manifest` names; `members` are the path and digest of each.

    Several may fetch the same at once, in one gateway or in several: the first whole folder stays.

    Raises:
        BlobNotFound: the store has lost one of them.
        OSError: the disk is full.
    """
    folder = config().root / "engines" / manifest.removeprefix("sha256:")
    if folder.exists():
        return folder
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    try:
        for path, digest in members:
            _fetch(Digest(digest), draft / path)
        _place(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _fetch(digest: Digest, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("xb") as copy:
        copy.writelines(blobs().open(digest))
        copy.flush()
        os.fsync(copy.fileno())


def _place(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)
    except OSError:
        if not folder.exists():  # somebody else was first
            raise
    files.sync_folder(folder.parent)
