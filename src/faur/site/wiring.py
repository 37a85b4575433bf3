"""Adapters meet ports here, once, at start."""

from faur.adapters.files import FileBlobs
from faur.adapters.inspectors.sandboxed import SandboxedModelInspector, SandboxedTableInspector
from faur.adapters.local.capacity import Capacity
from faur.adapters.local.scheduler import LocalScheduler
from faur.kernel.blobs.ports import Blobs
from faur.kernel.config import config
from faur.kernel.units import MIB, Bytes
from faur.kernel.wiring import wire
from faur.services.compute.ports import Scheduler
from faur.services.data.ports import TableInspector
from faur.services.models.ports import ModelInspector


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
