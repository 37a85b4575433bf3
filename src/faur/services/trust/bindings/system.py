"""Annex IV, point 1: what the system is, and how it reaches those who use it."""

from faur.services.trust.content import Draft
from faur.services.trust.evidence import Evidence, ModelVersion, Tensor


def intended_purpose(evidence: Evidence, draft: Draft) -> None:
    """1a: purpose, provider, version and what came before."""
    _provider(evidence, draft)
    model = evidence.model
    if model is None:
        draft.lacks("model")
        return
    version = [("name", model.title or model.name), ("version", str(model.number)), ("digest", model.digest)]
    draft.facts(draft.words("document.system"), version, model.ref)
    purpose(model, draft)
    if not (model.purpose and model.purpose_ref):
        draft.lacks("purpose")
    earlier_versions(model, draft)


def interaction(evidence: Evidence, draft: Draft) -> None:
    """1b: where the model answers, as far as the factory serves it; the rest a person must say."""
    endpoints(evidence, draft)


def software_versions(evidence: Evidence, draft: Draft) -> None:
    """1c: the software environment of the training run, by its lock."""
    environment = evidence.run.environment if evidence.run else None
    if environment is None:
        draft.lacks("environment")
        return
    sandbox = environment.sandbox or draft.words("fact.no_sandbox")
    lines = [("interpreter", environment.interpreter), ("lock", environment.lock), ("sandbox", sandbox)]
    draft.facts(draft.words("fact.software"), lines, environment.ref)
    packages = sorted(environment.packages)
    draft.grid(draft.words("fact.packages"), ("package", "version"), packages, environment.ref)


def forms_on_market(evidence: Evidence, draft: Draft) -> None:
    """1d: endpoints and files."""
    endpoints(evidence, draft)
    if evidence.model:
        model_files(evidence.model, draft)
    if not evidence.endpoints and not (evidence.model and evidence.model.files):
        draft.lacks("supply")


def hardware(evidence: Evidence, draft: Draft) -> None:
    """1e: what it is served on; what it was trained on stands beside it for comparison."""
    serving = [(endpoint.name, endpoint.engine, endpoint.hardware) for endpoint in evidence.endpoints]
    refs = [endpoint.ref for endpoint in evidence.endpoints]
    draft.grid(draft.words("fact.serving_hardware"), ("endpoint", "engine", "hardware"), serving, *refs)
    if not serving:
        draft.lacks("serving_hardware")
    usage = evidence.run.usage if evidence.run else None
    if usage:
        lines = [("cores", draft.words.whole(usage.cores)), ("gpus", draft.words.whole(usage.gpus))]
        memory = [("memory", draft.words.size(usage.memory))] if usage.memory else []
        draft.facts(draft.words("fact.training_hardware"), [*lines, *memory], usage.ref)


def instructions_for_use(evidence: Evidence, draft: Draft) -> None:
    """1h: what the record gives of Art. 13(3): purpose and signature; a person writes the instructions."""
    model = evidence.model
    if model is None:
        draft.lacks("model")
        return
    purpose(model, draft)
    signature(model, draft)


def purpose(model: ModelVersion, draft: Draft) -> None:
    """The intended purpose as a person wrote it; nothing where no one did."""
    if model.purpose and model.purpose_ref:
        draft.quote(model.purpose, draft.words("fact.purpose"), model.purpose_ref)


def endpoints(evidence: Evidence, draft: Draft) -> None:
    """A table of the endpoints; nothing where there are none."""
    draft.grid(
        draft.words("fact.endpoints"),
        ("endpoint", "protocol", "state"),
        [
            (endpoint.name, endpoint.protocol, draft.words.term("state", endpoint.state))
            for endpoint in evidence.endpoints
        ],
        *(endpoint.ref for endpoint in evidence.endpoints),
    )


def model_files(model: ModelVersion, draft: Draft) -> None:
    """A table of the files of the model."""
    rows = [(file.path, draft.words.size(file.size), file.digest) for file in model.files]
    draft.grid(draft.words("fact.files"), ("file", "size", "digest"), rows, model.ref, numeric=(1,))


def earlier_versions(model: ModelVersion, draft: Draft) -> None:
    """A table of the versions before this one, or the sentence that there are none."""
    if not model.earlier:
        draft.sentence("first_version", model.ref)
        return
    rows = [
        (str(version.number), draft.words.term("state", version.state), version.digest) for version in model.earlier
    ]
    refs = [version.ref for version in model.earlier]
    draft.grid(draft.words("fact.earlier_versions"), ("version", "state", "digest"), rows, *refs, numeric=(0,))


def signature(model: ModelVersion, draft: Draft) -> None:
    """Tables of what the model takes and gives."""
    for caption, tensors in (("inputs", model.inputs), ("outputs", model.outputs)):
        rows = [_tensor(tensor) for tensor in tensors]
        draft.grid(draft.words(f"fact.{caption}"), ("name", "kind", "shape", "meaning"), rows, model.ref)


def _tensor(tensor: Tensor) -> tuple[str, ...]:
    return (tensor.name, tensor.kind, tensor.shape, tensor.meaning)


def _provider(evidence: Evidence, draft: Draft) -> None:
    provider = evidence.provider
    if provider is None:
        draft.lacks("provider")
        return
    lines = [("provider", provider.name), ("country", provider.country), ("identifier", provider.identifier)]
    draft.facts(draft.words("document.provider"), lines, provider.ref)
