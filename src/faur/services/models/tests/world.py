"""Runs that ended with a small classifier, and versions registered from them, by the verbs that make real ones."""

import hashlib
import json
from typing import Any

from django.db import transaction
from onnx import TensorProto, helper

from faur.kernel import clock
from faur.kernel.actors.actor import SYSTEM
from faur.kernel.blobs import ManifestFile, blobs, put_manifest
from faur.kernel.record import Entry, Statement, Subject, append
from faur.kernel.tasks import drain
from faur.services.compute.actions.end_job import Ending, Kept, end_job
from faur.services.compute.announcements import job_ended
from faur.services.compute.rules import State
from faur.services.compute.tests.world import World
from faur.services.data.models import DatasetVersion
from faur.services.models.actions.register_model import Naming, register_model
from faur.services.models.actions.screen_model import accept_model
from faur.services.models.models import ModelVersion
from faur.services.models.ports import Screened
from faur.services.training.actions.start_run import start_run
from faur.services.training.models import Run
from faur.services.training.tests.world import order

PURPOSE = "Orders the work list of a pathologist, who decides."
FEATURES = ("size", "weight")
CLASSES = ["benign", "malignant"]


def classifier(bias: float = 0.0) -> bytes:
    """An ONNX model of two numbers: malignant the likelier, the larger the size is above thirty."""
    nodes = [
        helper.make_node(
            "LinearClassifier",
            ["input"],
            ["label", "scores"],
            domain="ai.onnx.ml",
            coefficients=[-0.2, 0.0, 0.2, 0.0],
            intercepts=[6.1 - bias, bias - 6.1],
            classlabels_strings=CLASSES,
        ),
        helper.make_node("Softmax", ["scores"], ["probabilities"]),
    ]
    inputs = [helper.make_tensor_value_info("input", TensorProto.FLOAT, [None, 2])]
    outputs = [
        helper.make_tensor_value_info("label", TensorProto.STRING, [None]),
        helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, 2]),
    ]
    graph = helper.make_graph(nodes, "classifier", inputs, outputs)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 3)]
    made: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=10).SerializeToString()
    return made


def _feature(index: int, name: str) -> dict[str, Any]:
    seen = {"missing": 0, "minimum": 0.0, "maximum": 59.0}
    return {"name": name, "input": "input", "index": index, "kind": "number", "dtype": "float32", **seen}


def description(weights: bytes, **changes: Any) -> dict[str, Any]:
    """What `classifier` says of itself, in the form of the tabular recipes."""
    return {
        "format": "faur.tabular-model/1",
        "task": "tabular-classification",
        "file": "model.onnx",
        "sha256": hashlib.sha256(weights).hexdigest(),
        "framework": "by hand",
        "family": "logistic_regression",
        "settings": {},
        "features": [_feature(index, name) for index, name in enumerate(FEATURES)],
        "inputs": [{"name": "input", "datatype": "FP32", "shape": [-1, 2]}],
        "outputs": [
            {"name": "label", "datatype": "BYTES", "shape": [-1]},
            {"name": "probabilities", "datatype": "FP32", "shape": [-1, 2]},
        ],
        "target": {"name": "diagnosis"},
        "classes": CLASSES,
        "positive_class": "malignant",
        "threshold": 0.5,
        "training_rows_by_class": {"benign": 62, "malignant": 58},
        "opset": {"ai.onnx": 18, "ai.onnx.ml": 3},
        "training_rows": 120,
        "seed": 7,
        "libraries": {"python": "3.11.7", "onnx": "1.23.2"},
        **changes,
    }


def ended_run(
    world: World,
    version: DatasetVersion,
    *,
    weights: bytes = b"",
    described: bytes = b"",
    state: State = State.COMPLETED,
) -> Run:
    """A run whose job ended so, and left these two files."""
    run = start_run(world.lead, world.project, order(world, version))
    weights = weights or classifier()
    described = described or json.dumps(description(weights)).encode()
    files = (_kept("out/model.json", described, "application/json"), _kept("out/model.onnx", weights))
    kept = Kept(files=files, manifest=put_manifest(blobs(), files).digest)
    job_ended.announce(end_job(SYSTEM, run.job, Ending(state, elapsed=3, exit_code=0, kept=kept)))
    drain()
    return Run.objects.with_job().get(pk=run.pk)


def naming(name: str = "second-reader", title: str = "Second reader", purpose: str = PURPOSE) -> Naming:
    return Naming(name, title, purpose)


def registered(world: World, run: Run, named: Naming | None = None) -> ModelVersion:
    """A version that was let in, as if an inspector had found nothing against it."""
    version = register_model(world.lead, run, naming=named or naming())
    files = [
        ManifestFile(file.path.removeprefix("out/"), file.digest, file.size, file.media_type)
        for file in run.job.outputs
    ]
    described = json.loads(b"".join(blobs().open(files[0].digest)))
    accept_model(SYSTEM, version, files=files, screened=Screened(format="onnx"), signature=described)
    return ModelVersion.objects.with_origin().get(pk=version.pk)


def evaluated(version: ModelVersion, *, chain: str = "", **claims: Any) -> Entry:
    """What trust writes when an evaluation ends, as far as the gate reads it."""
    said = {"verdict": "passed", "committed_before_run": True, **claims}
    subjects = [version, Subject(version.manifest, digest=version.manifest)]
    return _written("trust.finish_evaluation", chain or version.model.project.uid, subjects, said)


def classified(version: ModelVersion, *tiers: str) -> Entry:
    """What trust writes when a model is classified, as far as the gate reads it."""
    said = {"tiers": list(tiers or ["high_risk"])}
    return _written("trust.classify", version.model.project.uid, [version.model], said)


def _written(verb: str, chain: str, subjects: list[object], claims: dict[str, Any]) -> Entry:
    with transaction.atomic():
        return append("usr_x", verb, Statement(chain=chain, subjects=subjects, claims=claims), at=clock.now())


def _kept(path: str, content: bytes, media_type: str = "application/octet-stream") -> ManifestFile:
    stored = blobs().put([content])
    return ManifestFile(path, stored.digest, stored.size, media_type)
