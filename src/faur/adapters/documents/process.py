"""The renderers behind trust's port: each document in a process of its own, bounded in time and memory."""

import os
import subprocess
import sys
from dataclasses import dataclass

from faur.adapters.documents.__main__ import CPU_SECONDS, MEMORY
from faur.kernel.units import GIB, Bytes
from faur.services.trust.ports import DocumentFormat, DocumentNotRendered, RendererTooSlow

_PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_KILLED_BY_CPU_LIMIT = (-9, -24)


@dataclass(frozen=True, slots=True)
class ProcessRenderer:
    """Fulfils `Renderer`. `seconds` bounds the clock and the processor's time, `memory` the address space."""

    seconds: float = 60
    memory: Bytes = Bytes(2 * GIB)

    def render(self, document: bytes, document_format: DocumentFormat) -> bytes:
        """The document in that format; see `Renderer`."""
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "faur.adapters.documents", document_format.value],
                input=document,
                capture_output=True,
                timeout=self.seconds,
                check=False,
                env=self._environment(),
            )
        except subprocess.TimeoutExpired:
            raise RendererTooSlow(document_format.value, self.seconds) from None
        if done.returncode in _KILLED_BY_CPU_LIMIT:
            raise RendererTooSlow(document_format.value, self.seconds)
        if done.returncode:
            raise DocumentNotRendered(document_format.value, _last_line(done.stderr))
        return done.stdout

    def _environment(self) -> dict[str, str]:
        """No secret of the factory is in the environment of a process that reads what anyone may have written."""
        kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        limits = {MEMORY: str(self.memory), CPU_SECONDS: str(max(1, int(self.seconds)))}
        return kept | limits | {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "RAYON_NUM_THREADS": "1"}


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1][:500] if lines else "it ended without a word"
