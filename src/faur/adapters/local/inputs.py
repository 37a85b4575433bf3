"""What a job reads, brought into its folder: whole, checked against its digest, read-only."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from faur.adapters.local.errors import BadInputPath, InputDamaged
from faur.adapters.local.folder import INPUTS, PROGRAM
from faur.kernel import files
from faur.kernel.blobs.ports import Blobs, Digest
from faur.services.compute.ports import InputFile


def fetch(inputs: Sequence[InputFile], box: Path, blobs: Blobs) -> None:
    """Copy `inputs` into `box`; memory stays flat whatever their size.

    Raises:
        BlobNotFound: the store has no such bytes.
        InputDamaged: the bytes or their number are not those that the job names.
    """
    for folder in (PROGRAM, INPUTS):
        (box / folder).mkdir()
    for file in inputs:
        try:
            (box / file.path).parent.mkdir(parents=True, exist_ok=True)
            _copy(file, box / file.path, blobs)
        except (FileExistsError, NotADirectoryError):  # two paths that this file system takes for one
            raise BadInputPath(file.path) from None
    for folder in (PROGRAM, INPUTS):
        _seal(box / folder)


def _copy(file: InputFile, to: Path, blobs: Blobs) -> None:
    mode = 0o555 if file.path.startswith(f"{PROGRAM}/") else 0o444
    seen = hashlib.sha256()
    size = 0
    with to.open("xb") as copy:
        for chunk in blobs.open(Digest(file.digest)):
            copy.write(chunk)
            seen.update(chunk)
            size += len(chunk)
        copy.flush()
        os.fchmod(copy.fileno(), mode)
        os.fsync(copy.fileno())
    if f"sha256:{seen.hexdigest()}" != file.digest or size != file.size:
        raise InputDamaged(file.path)


def _seal(folder: Path) -> None:
    for path, _folders, _files in os.walk(folder):
        files.sync_folder(Path(path))
        Path(path).chmod(0o555)
