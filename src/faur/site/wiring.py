"""Adapters meet ports here, once, at start."""

import platform
from importlib.metadata import version

from faur.adapters.documents.process import ProcessRenderer
from faur.adapters.files import FileBlobs
from faur.adapters.inspectors.sandboxed import SandboxedModelInspector, SandboxedTableInspector
from faur.adapters.local.capacity import Capacity
from faur.adapters.local.scheduler import LocalScheduler
from faur.adapters.onnxruntime.engine import OnnxEngine
from faur.kernel.blobs.ports import Blobs
from faur.kernel.config import config
from faur.kernel.units import MIB, Bytes
from faur.kernel.wiring import wire
from faur.services.compute.ports import Scheduler
from faur.services.data.ports import TableInspector
from faur.services.models.ports import ModelInspector
from faur.services.serving.ports import EngineKind
from faur.services.trust.ports import Renderer


def wire_everything() -> None:
    """Join what this site has; the local executor starts nothing until a poller uses it."""
    chosen = config()
    store = FileBlobs(chosen.root / "blobs")
    memory = Bytes(chosen.cluster_memory_mib * MIB)
    capacity = Capacity.of_this_machine(chosen.cluster_cores, memory, chosen.cluster_gpus)
    wire(Blobs, store)
    wire(Scheduler, LocalScheduler(chosen.root / "jobs", capacity, store), "local")
    wire(TableInspector, SandboxedTableInspector())
    wire(ModelInspector, SandboxedModelInspector())
    wire(Renderer, ProcessRenderer())
    wire(EngineKind, onnx_runtime(), "onnx")


def onnx_runtime() -> EngineKind:
    """What the record says of the engine for ONNX models on this machine."""
    return EngineKind(
        make=OnnxEngine,
        name=f"ONNX Runtime {version('onnxruntime')}",
        protocol="KServe Open Inference Protocol v2",
        hardware=f"CPU, {platform.machine()}",
    )
