"""Which paths a job may name: inputs lie in their places, outputs in theirs, and none leads out of them."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from faur.adapters.local.errors import BadInputPath, BadOutputPath
from faur.adapters.local.folder import INPUTS, LEFT, PARAMETERS, PROGRAM
from faur.services.compute.ports import InputFile

_LONGEST_PATH = 1024
_LONGEST_NAME = 255


def check_inputs(inputs: Sequence[InputFile]) -> None:
    """Raises BadInputPath where an input would leave its place, or lie in or on another."""
    files: set[PurePosixPath] = set()
    folders: set[PurePosixPath] = set()
    for file in inputs:
        path = _checked(file.path)
        if path in files or path in folders or not files.isdisjoint(path.parents):
            raise BadInputPath(file.path)
        files.add(path)
        folders.update(path.parents)


def output_names(path: str) -> list[str]:
    """The names on the way to a file under out/ or report/.

    Raises:
        BadOutputPath: the path leads elsewhere.
    """
    names = path.split("/")
    if names[0] not in LEFT or len(names) < 2 or "\0" in path or any(name in {"", ".", ".."} for name in names):
        raise BadOutputPath(path)
    return names


def _checked(text: str) -> PurePosixPath:
    names = text.split("/")
    plain = text.isprintable() and all(name not in {"", ".", ".."} for name in names)
    placed = text == PARAMETERS or (len(names) > 1 and names[0] in {PROGRAM, INPUTS})
    if not (plain and placed and _fits(text)):
        raise BadInputPath(text)
    return PurePosixPath(text)


def _fits(text: str) -> bool:
    return len(text.encode()) <= _LONGEST_PATH and all(len(name.encode()) <= _LONGEST_NAME for name in text.split("/"))
