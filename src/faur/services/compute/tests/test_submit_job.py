"""What an order for a job promises: held before it is queued, or refused with nothing written."""

import pytest

from faur.kernel import ledger
from faur.kernel.actors.actor import FACTORY, SYSTEM, Actor
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import entries
from faur.kernel.units import HOUR, Unit
from faur.services.compute.actions.cancel_job import cancel_job
from faur.services.compute.actions.register_cluster import register_cluster
from faur.services.compute.actions.submit_job import submit_job
from faur.services.compute.errors import (
    ClusterExists,
    ClusterUnknown,
    JobEnding,
    JobTooLarge,
    VariableUnusable,
    WrongUnit,
)
from faur.services.compute.models import Job
from faur.services.compute.orders import JobOrder, read_spec
from faur.services.compute.ports import JobSpec, ResourceSpec
from faur.services.compute.tests.world import make_world
from faur.services.projects.public import AllocationExhausted, balance_of


def test_a_submitted_job_holds_what_it_could_use_at_most(world):
    job = world.submit("pass", cores=2, duration=100)
    assert job.state == "created"
    assert balance_of(world.allocation).held == job.held == 200


def test_the_record_says_what_was_ordered(world):
    job = world.submit("pass")
    entry = entries(world.project.uid).last()
    assert entry.verb == "compute.submit_job"
    assert entry.claims["job"] == job.uid
    assert entry.claims["held"] == 60
    assert entry.claims["unit"] == Unit.CORE_SECONDS
    assert entry.claims["spec_digest"].startswith("sha256:")


def test_an_order_survives_the_database(world):
    job = world.submit("print('ă', 1)")
    assert read_spec(Job.objects.get(pk=job.pk).spec) == job.order


def test_an_allocation_too_small_is_refused_before_anything_is_written(world):
    before = entries(world.project.uid).count()
    with pytest.raises(AllocationExhausted) as refused:
        world.submit("pass", duration=11 * HOUR)
    assert refused.value.code == "allocation.exhausted"
    assert not Job.objects.exists()
    assert entries(world.project.uid).count() == before
    assert balance_of(world.allocation).held == 0


def test_a_job_larger_than_the_cluster_is_refused(world):
    with pytest.raises(JobTooLarge) as refused:
        world.submit("pass", cores=3, duration=1)
    assert refused.value.fields == {"resources.cores": "3 > 2"}


def test_an_allocation_of_gpu_hours_is_not_spent_on_cores(world):
    gpu_world = make_world(unit=Unit.GPU_SECONDS)
    with pytest.raises(WrongUnit):
        gpu_world.submit("pass")


def test_variables_that_the_executor_sets_are_refused(world):
    spec = JobSpec("python3", environment={"FAUR_OUTPUTS": "/etc"}, resources=ResourceSpec())
    with pytest.raises(VariableUnusable):
        submit_job(world.lead, world.project, world.allocation, JobOrder("Sly", spec))


def test_the_allocation_of_another_project_is_not_found(world):
    other = make_world()
    with pytest.raises(NotFound):
        submit_job(world.lead, world.project, other.allocation, JobOrder("Sly", JobSpec("true")))


def test_a_stranger_cannot_tell_a_job_from_none(world):
    job = world.submit("pass")
    stranger = make_world().lead
    with pytest.raises(NotFound):
        cancel_job(stranger, job)


def test_who_may_read_a_project_may_not_cancel_in_it(world):
    job = world.submit("pass")
    auditor = Actor(7, "usr_auditor", "Auditor", frozenset({("auditor", "factory")}))
    with pytest.raises(Forbidden):
        cancel_job(auditor, job)


def test_a_job_is_cancelled_once(world):
    job = world.submit("pass")
    cancel_job(world.lead, job)
    with pytest.raises(JobEnding):
        cancel_job(world.lead, job)


def test_one_place_is_registered_once_and_only_where_an_adapter_reaches_it(world):
    with pytest.raises(ClusterExists):
        register_cluster(SYSTEM, FACTORY, name="again", title="Again", kind="local")
    with pytest.raises(ClusterUnknown):
        register_cluster(SYSTEM, FACTORY, name="far", title="Far", kind="slurm")


def test_what_a_cluster_has_comes_from_its_adapter(world):
    assert (world.cluster.place.cores, world.cluster.place.gpus) == (2, 0)
    entry = entries("factory").filter(verb="compute.register_cluster").get()
    assert entry.claims["cores"] == 2
    assert ledger.check() == []
