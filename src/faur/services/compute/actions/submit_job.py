"""A job is ordered: what it could use at most is held, and the poller hands it to the cluster."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.errors import NotFound
from faur.kernel.record import JSON, Statement
from faur.kernel.units import Unit
from faur.services.compute import rules
from faur.services.compute.errors import ClusterMissing, JobTooLarge, VariableUnusable, WrongUnit
from faur.services.compute.models import Cluster, Job
from faur.services.compute.orders import JobOrder, spec_digest, spec_document, unusable_variables
from faur.services.compute.waking import wake_pollers
from faur.services.projects.public import Allocation, Project, hold_for, may_work_in


@action("compute.submit_job", may=may_work_in)
def submit_job(actor: Actor, project: Project, allocation: Allocation, order: JobOrder) -> Statement[Job]:
    """Queue `order` for the cluster behind `allocation`.

    Raises:
        NotFound: the allocation is not this project's.
        ClusterMissing: nobody registered the cluster of the allocation's pool.
        JobTooLarge, WrongUnit, VariableUnusable: the order cannot be right.
        AllocationExhausted, AllocationClosed: the allocation cannot hold what the job could use at most.
    """
    if allocation.project_id != project.pk:
        raise NotFound(allocation.uid)
    cluster = _cluster_of(allocation)
    _check(order, allocation, cluster)
    job = _job(actor, project, allocation, order)
    job.cluster = cluster
    hold_for(allocation, job.held, job.uid)
    job.save()
    wake_pollers()
    return Statement(chain=project.uid, subjects=[job, cluster], claims=_claims(job), result=job)


def _cluster_of(allocation: Allocation) -> Cluster:
    cluster = Cluster.objects.filter(uid=allocation.pool.cluster).first()
    if cluster is None:
        raise ClusterMissing
    return cluster


def _check(order: JobOrder, allocation: Allocation, cluster: Cluster) -> None:
    resources = order.spec.resources
    if beyond := rules.beyond(resources, cluster.place):
        raise JobTooLarge(beyond)
    if not rules.is_countable(resources, Unit(allocation.unit)):
        raise WrongUnit(gpus=allocation.unit == Unit.GPU_SECONDS)
    if names := unusable_variables(order.spec.environment):
        raise VariableUnusable(names)


def _job(actor: Actor, project: Project, allocation: Allocation, order: JobOrder) -> Job:
    resources = order.spec.resources
    return Job(
        project=project,
        allocation=allocation,
        origin=order.origin,
        title=order.title,
        spec=spec_document(order.spec),
        cores=resources.cores,
        gpus=resources.gpus,
        unit=allocation.unit,
        held=rules.most(resources, order.spec.duration, Unit(allocation.unit)),
        submitted_by=actor.uid,
    )


def _claims(job: Job) -> dict[str, JSON]:
    spec = job.spec
    return {
        "job": job.uid,
        "origin": job.origin,
        "cluster": job.cluster.uid,
        "spec_digest": spec_digest(spec),
        "inputs": [file["digest"] for file in spec["inputs"]],
        "resources": spec["resources"],
        "duration": spec["duration"],
        "held": job.held,
        "unit": job.unit,
    }
