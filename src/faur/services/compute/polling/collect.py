"""Takes what an ended job left into the blobs, a piece at a time, within bounds."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from mimetypes import guess_type
from typing import Any

from faur.kernel.blobs import Manifest, ManifestFile, ManifestInvalid, blobs, put_manifest
from faur.kernel.blobs.paths import check_paths
from faur.kernel.errors import Unavailable
from faur.kernel.units import MIB
from faur.services.compute.actions.end_job import Kept
from faur.services.compute.ports import Handle, OutputFile, Scheduler
from faur.services.compute.rules import Keeping

PIECE = 1 * MIB
PATIENCE = 60.0
"""Seconds to wait for one piece."""

KNOWN_REPORTS = frozenset({"report/metrics.jsonl", "report/refusal.json", "report/progress.json"})

Read = Callable[[int], Coroutine[Any, Any, bytes]]  # Any: what a coroutine awaits is its own affair


class Stopping(Unavailable):
    """The factory stops; what was begun is begun again at the next start."""

    code = "job.collecting_stopped"


class Collector:
    """Threads that store bytes, fed from the loop on which the scheduler answers."""

    def __init__(self, scheduler: Scheduler, stop: threading.Event) -> None:
        self._scheduler = scheduler
        self._stop = stop
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="poller-collect")

    async def collect(self, handle: Handle, keeping: Keeping) -> tuple[Kept, str]:
        """What is kept of the job, and the code of the reason why other files are not.

        Raises:
            Unavailable: the store has no room, the scheduler does not answer, or the factory stops; try again later.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._store, loop, handle, keeping)

    def close(self) -> None:
        self._threads.shutdown()

    def _store(self, loop: asyncio.AbstractEventLoop, handle: Handle, keeping: Keeping) -> tuple[Kept, str]:
        log = blobs().put(self._pieces(loop, lambda offset: self._scheduler.log(handle, offset, PIECE)))
        try:
            files, reason = self._files(loop, handle, keeping.files), keeping.reason
            manifest = put_manifest(blobs(), files)
        except ManifestInvalid:
            known = [file for file in keeping.files if file.path in KNOWN_REPORTS]
            files, reason = self._files(loop, handle, known), "job.names_not_portable"
            manifest = put_manifest(blobs(), files)
        return Kept(files, manifest.digest, log), reason

    def _files(self, loop: asyncio.AbstractEventLoop, handle: Handle, files: Sequence[OutputFile]) -> Manifest:
        check_paths(sorted(file.path for file in files))
        return tuple(self._file(loop, handle, file) for file in files)

    def _file(self, loop: asyncio.AbstractEventLoop, handle: Handle, file: OutputFile) -> ManifestFile:
        def read(offset: int) -> Coroutine[Any, Any, bytes]:  # Any: as above
            return self._scheduler.read(handle, file.path, offset, min(PIECE, max(0, file.size - offset)))

        stored = blobs().put(self._pieces(loop, read))
        return ManifestFile(
            file.path, stored.digest, stored.size, guess_type(file.path)[0] or "application/octet-stream"
        )

    def _pieces(self, loop: asyncio.AbstractEventLoop, read: Read) -> Iterator[bytes]:
        offset = 0
        while not self._stop.is_set():
            piece = asyncio.run_coroutine_threadsafe(read(offset), loop).result(PATIENCE)
            if not piece:
                return
            yield piece
            offset += len(piece)
        raise Stopping("")
