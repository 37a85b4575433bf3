"""The REST routes of compute: clusters, jobs, their logs and outputs."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Status

from faur.kernel.actors.actor import FACTORY
from faur.kernel.api import Asked, Filter, Listed, Page, Request, answers, page_of
from faur.kernel.api import router as make_router
from faur.services.compute import queries, schemas
from faur.services.compute.actions.cancel_job import cancel_job
from faur.services.compute.actions.register_cluster import register_cluster
from faur.services.compute.actions.submit_job import submit_job
from faur.services.compute.models import Cluster, Job
from faur.services.projects.public import allocation_for, project_visible

router = make_router("compute")

CREATED = HTTPStatus.CREATED
Offset = Annotated[int, Query(0, ge=0, le=2**62)]


@router.post("/clusters", response=answers(schemas.ClusterOut, CREATED), operation_id="register_cluster")
def post_cluster(request: Request, body: schemas.ClusterIn) -> Status[Cluster]:
    return Status(CREATED, register_cluster(request.actor, FACTORY, name=body.name, title=body.title, kind=body.kind))


@router.get("/clusters", response=answers(Page[schemas.ClusterOut]), operation_id="list_clusters")
def get_clusters(request: Request, paging: Asked) -> Listed:
    return page_of(queries.clusters(request.actor), paging)


@router.get("/clusters/{cluster}", response=answers(schemas.ClusterOut), operation_id="get_cluster")
def get_cluster(request: Request, cluster: str) -> Cluster:
    return queries.cluster(request.actor, cluster)


@router.post("/jobs", response=answers(schemas.JobOut, CREATED), operation_id="submit_job")
def post_job(request: Request, body: schemas.JobIn) -> Status[Job]:
    project = project_visible(request.actor, body.project)
    allocation = allocation_for(request.actor, body.allocation)
    return Status(CREATED, submit_job(request.actor, project, allocation, body.order()))


@router.get("/jobs", response=answers(Page[schemas.JobOut]), operation_id="list_jobs")
def get_jobs(request: Request, paging: Asked, project: Filter, state: Filter, search: Filter) -> Listed:
    return page_of(queries.jobs(request.actor, project=project, state=state, search=search), paging)


@router.get("/jobs/{job}", response=answers(schemas.JobOut), operation_id="get_job")
def get_job(request: Request, job: str) -> Job:
    return queries.job(request.actor, job)


@router.post("/jobs/{job}/cancel", response=answers(schemas.JobOut), operation_id="cancel_job")
def post_cancel(request: Request, job: str) -> Job:
    cancel_job(request.actor, queries.job(request.actor, job))
    return queries.job(request.actor, job)


@router.get("/jobs/{job}/log", response=answers(None), operation_id="read_job_log", openapi_extra=schemas.LOG)
def get_log(request: Request, job: str, offset: Offset) -> HttpResponse:
    part = queries.read_log(queries.job(request.actor, job), offset)
    headers = {"Faur-Log-Offset": str(part.next_offset), "Faur-Log-Complete": str(part.complete).lower()}
    return HttpResponse(part.content, content_type="text/plain; charset=utf-8", headers=headers)


@router.get("/jobs/{job}/outputs", response=answers(schemas.OutputsOut), operation_id="list_job_outputs")
def get_outputs(request: Request, job: str) -> Listed:
    found = queries.job(request.actor, job)
    return {"items": queries.linked_outputs(found), "manifest": found.manifest}
