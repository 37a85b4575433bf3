"""After registration: the bytes of a version are looked into, and it is let in or refused."""

import json

from faur.kernel.actors.actor import SYSTEM
from faur.kernel.blobs import ManifestFile, blobs
from faur.kernel.tasks import Retry, task
from faur.kernel.wiring import wired
from faur.services.models.models import ModelVersion
from faur.services.models.ports import ModelInspector, Screened
from faur.services.training.public import outputs_of

WEIGHTS, SIGNATURE = "out/model.onnx", "out/model.json"
LARGEST_SIGNATURE = 4 * 1024 * 1024


@task(retry=Retry(times=5))
def screen_version(pk: int) -> None:
    """Screen one version; done already is done."""
    from faur.services.models.actions.screen_model import accept_model, refuse_model

    version = ModelVersion.objects.with_origin().get(pk=pk)
    if version.state != ModelVersion.State.SCREENING:
        return
    files = {file.path: file for file in outputs_of(version.run)}
    weights, signature = files[WEIGHTS], files[SIGNATURE]
    screened = wired(ModelInspector).inspect(weights.digest, "model.onnx")
    described = _signature(signature) if not screened.code else {}
    if described is None:
        screened = Screened(code="model.signature_unreadable", sentence="model.json is not a JSON object.")
    if screened.code:
        refuse_model(SYSTEM, version, code=screened.code, sentence=screened.sentence)
        return
    kept = [_renamed(weights, "model.onnx"), _renamed(signature, "model.json")]
    accept_model(SYSTEM, version, files=kept, screened=screened, signature=described or {})


def _signature(file: ManifestFile) -> dict[str, object] | None:
    """The run's own description of its model; None where it is none."""
    if file.size > LARGEST_SIGNATURE:
        return None
    try:
        described = json.loads(b"".join(blobs().open(file.digest)))
    except ValueError:
        return None
    return described if isinstance(described, dict) else None


def _renamed(file: ManifestFile, path: str) -> ManifestFile:
    return ManifestFile(path, file.digest, file.size, file.media_type)
