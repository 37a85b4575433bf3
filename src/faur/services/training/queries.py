"""What pages, the API and later services read of runs, in a fixed number of queries."""

from collections.abc import Sequence

from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import ManifestFile
from faur.services.compute.public import job_outputs
from faur.services.training.models import Run


def run_for(actor: Actor, uid: str) -> Run:
    """Raises NotFound."""
    return Run.objects.visible_to(actor).with_job().get_by_uid(uid)


def outputs_of(run: Run) -> Sequence[ManifestFile]:
    """The files that were kept of an ended run, by paths that begin with `out/` or `report/`."""
    return job_outputs(run.job) if run.job else ()
