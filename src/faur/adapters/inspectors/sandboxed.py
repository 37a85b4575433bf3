"""Looking into untrusted bytes: they are copied out of the store, and a program in the sandbox looks at the copy."""

import json
import sys
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from faur.adapters.local.sandbox import Completed, Limits, run_sandboxed
from faur.adapters.local.scratch import scratch
from faur.kernel.blobs import Digest, blobs
from faur.kernel.errors import Unavailable
from faur.kernel.units import GIB, MIB, Bytes
from faur.services.data.ports import Inspected
from faur.services.models.ports import Screened

Json = dict[str, Any]  # Any: JSON
LIMITS = Limits(wall_seconds=300.0, memory=Bytes(2 * GIB), output=Bytes(16 * MIB))
FOUND, REFUSED = 0, 65


class InspectionFailed(Unavailable):
    """The program that looks into files ended in an unforeseen way."""

    code = "inspection.failed"

    def __init__(self) -> None:
        super().__init__(
            _("The file could not be looked into now."), hint=_("It is tried again; if it stays, tell the operator.")
        )


class SandboxedTableInspector:
    """Fulfils `data.ports.TableInspector` with `faur.adapters.inspectors.tabular`."""

    def inspect(self, digest: Digest, filename: str) -> Inspected:
        return Inspected(**_answer("faur.adapters.inspectors.tabular", digest, filename))


class SandboxedModelInspector:
    """Fulfils `models.ports.ModelInspector` with `faur.adapters.inspectors.sniff` and `.onnx_model`."""

    def inspect(self, digest: Digest, filename: str) -> Screened:
        kind = Screened(**_answer("faur.adapters.inspectors.sniff", digest, filename))
        if kind.code:
            return kind
        if kind.format != "onnx":
            return Screened(code="model.format_refused", sentence=_("This is no ONNX model."))
        return Screened(**_answer("faur.adapters.inspectors.onnx_model", digest, filename))


def _answer(module: str, digest: Digest, filename: str) -> Json:
    """What the program says of the file: code, sentence and findings, as the ports name them.

    Raises:
        InspectionFailed: it said nothing that can be read.
    """
    with tempfile.TemporaryDirectory(prefix="inspect-", dir=scratch()) as folder:
        path = Path(folder) / (PurePosixPath(filename).name or "file")
        with path.open("wb") as copy:
            copy.writelines(blobs().open(digest))
        ended = run_sandboxed([sys.executable, "-m", module, str(path)], readable=[path], limits=LIMITS)
    if ended.exceeded:
        return {"code": "file.too_costly", "sentence": _too_costly(ended)}
    if ended.exit_code not in {FOUND, REFUSED}:
        raise InspectionFailed
    try:
        answer: Json = json.loads(ended.stdout)
    except ValueError:
        raise InspectionFailed from None
    return answer


def _too_costly(ended: Completed) -> str:
    return _("Looking into the file took more than it may (%(limit)s).") % {"limit": ended.exceeded}
