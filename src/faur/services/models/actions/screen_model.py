"""What screening found: the bytes are fit to be loaded, or they are refused."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import ManifestFile, blobs, put_manifest
from faur.kernel.record import Statement
from faur.services.data.public import digest_of_json
from faur.services.models.models import ModelVersion
from faur.services.models.ports import Screened


def _only_the_factory(actor: Actor, _: ModelVersion) -> bool:
    return actor.is_system


@action("models.accept_model", may=_only_the_factory)
def accept_model(
    actor: Actor, version: ModelVersion, *, files: list[ManifestFile], screened: Screened, signature: dict[str, object]
) -> Statement[None]:
    """The version's bytes are these, in a format that loads without running code."""
    files = sorted(files, key=lambda file: file.path)
    version.manifest = put_manifest(blobs(), files).digest
    version.files = [
        {"path": file.path, "digest": file.digest, "size": file.size, "media_type": file.media_type} for file in files
    ]
    version.format = screened.format
    version.signature = signature
    version.state = ModelVersion.State.REGISTERED
    version.save()
    run = version.run
    return Statement(
        chain=version.model.project.uid,
        subjects=[version, version.model, run],
        claims={
            "model_version": version.uid,
            "model": version.model.uid,
            "version": version.number,
            "manifest": version.manifest,
            "files": version.files,
            "format": version.format,
            "signature_digest": digest_of_json(signature),
            "run": run.uid,
            "recipe": {"name": run.recipe_name, "version": run.recipe_version, "manifest": run.recipe_manifest},
            "datasets": run.inputs,
        },
    )


@action("models.refuse_model", may=_only_the_factory)
def refuse_model(actor: Actor, version: ModelVersion, *, code: str, sentence: str) -> Statement[None]:
    """The version's bytes are not let in, for the reason that its page shows."""
    version.state = ModelVersion.State.REFUSED
    version.refusal_code = code[:60]
    version.refusal = sentence[:1000]
    version.save()
    return Statement(
        chain=version.model.project.uid,
        subjects=[version, version.model, version.run],
        claims={"model_version": version.uid, "code": code},
    )
