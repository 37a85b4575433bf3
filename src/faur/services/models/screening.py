"""After registration: the bytes of a version are looked into, and it is let in or refused."""

from django.db import transaction
from django.utils.translation import gettext as _

from faur.kernel.actors.actor import SYSTEM
from faur.kernel.blobs import ManifestFile, blobs
from faur.kernel.tasks import Retry, task
from faur.kernel.wiring import wired
from faur.services.models.models import ModelVersion
from faur.services.models.ports import ModelInspector, Screened
from faur.services.models.signatures import LARGEST, Json, SignatureFault, check_signature, read_signature
from faur.services.training.public import outputs_of

WEIGHTS, SIGNATURE = "out/model.onnx", "out/model.json"


def _not_screened(pk: int) -> None:
    """No try is left: a version must not be screened for ever."""
    sentence = _("The model could not be looked into. Register the run again; if it stays, tell the operator.")
    _refuse(pk, Screened(code="model.screening_failed", sentence=sentence))


@task(retry=Retry(times=5), gave_up=_not_screened)
def screen_version(pk: int) -> None:
    """Screen one version; done already is done."""
    version = ModelVersion.objects.with_origin().get(pk=pk)
    if version.state == ModelVersion.State.SCREENING:
        _screen(version)


def _screen(version: ModelVersion) -> None:
    files = {file.path: file for file in outputs_of(version.run)}
    weights, described = files[WEIGHTS], files[SIGNATURE]
    screened = wired(ModelInspector).inspect(weights.digest, "model.onnx")
    if screened.code:
        _refuse(version.pk, screened)
        return
    try:
        signature = _signature(described, weights, screened)
    except SignatureFault as fault:
        _refuse(version.pk, Screened(code="model.signature_invalid", sentence=str(fault)))
        return
    kept = [_renamed(weights, "model.onnx"), _renamed(described, "model.json")]
    _accept(version.pk, kept, screened, signature)


def _accept(pk: int, files: list[ManifestFile], screened: Screened, signature: Json) -> None:
    from faur.services.models.actions.screen_model import accept_model

    with transaction.atomic():
        if version := ModelVersion.objects.still_screened(pk):
            accept_model(SYSTEM, version, files=files, screened=screened, signature=signature)


def _refuse(pk: int, screened: Screened) -> None:
    from faur.services.models.actions.screen_model import refuse_model

    with transaction.atomic():
        if version := ModelVersion.objects.still_screened(pk):
            refuse_model(SYSTEM, version, code=screened.code, sentence=screened.sentence)


def _signature(file: ManifestFile, weights: ManifestFile, screened: Screened) -> Json:
    """The run's own description of its model. Raises SignatureFault."""
    if file.size > LARGEST:
        raise SignatureFault(_("model.json is larger than it may be."))
    described = read_signature(b"".join(blobs().open(file.digest)))
    check_signature(described, weights=weights.digest, found=screened.details)
    return described


def _renamed(file: ManifestFile, path: str) -> ManifestFile:
    return ManifestFile(path, file.digest, file.size, file.media_type)
