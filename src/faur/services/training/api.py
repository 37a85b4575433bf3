"""The REST routes of training: runs, their metrics, and runs side by side."""

from http import HTTPStatus
from typing import Annotated

from ninja import Query, Status

from faur.kernel.api import Asked, Filter, Listed, Page, Request, answers, page_of
from faur.kernel.api import router as make_router
from faur.services.compute.public import cancel_job
from faur.services.library.public import recipe
from faur.services.projects.public import allocation_for, project_visible
from faur.services.training import queries, schemas
from faur.services.training.actions.start_run import RunOrder, start_run
from faur.services.training.models import Run
from faur.services.training.rules import differing

router = make_router("training")

CREATED = HTTPStatus.CREATED
Runs = Annotated[list[str], Query(alias="run", max_length=queries.MOST_COMPARED)]


@router.post("/runs", response=answers(schemas.RunOut, CREATED), operation_id="start_run")
def post_run(request: Request, body: schemas.RunIn) -> Status[Run]:
    project = project_visible(request.actor, body.project)
    run = start_run(request.actor, project, _order(request, body))
    return Status(CREATED, queries.run_for(request.actor, run.uid))


def _order(request: Request, body: schemas.RunIn) -> RunOrder:
    return RunOrder(
        recipe=recipe(body.recipe, body.recipe_version),
        allocation=allocation_for(request.actor, body.allocation),
        inputs={name: given.chosen() for name, given in body.inputs.items()},
        parameters=body.parameters,
        title=body.title,
        wanted=body.resources.wanted(),
    )


@router.get("/runs", response=answers(Page[schemas.RunOut]), operation_id="list_runs")
def get_runs(request: Request, paging: Asked, project: Filter, state: Filter, search: Filter) -> Listed:
    return page_of(queries.runs(request.actor, project=project, state=state, search=search), paging)


@router.get("/runs/compare", response=answers(schemas.ComparisonOut), operation_id="compare_runs")
def get_comparison(request: Request, runs: Runs) -> Listed:
    found = queries.compared(request.actor, runs)
    return {"items": found, "differing": differing([run.parameters for run in found])}


@router.get("/runs/{run}", response=answers(schemas.RunOut), operation_id="get_run")
def get_run(request: Request, run: str) -> Run:
    return queries.run_for(request.actor, run)


@router.get("/runs/{run}/metrics", response=answers(schemas.MetricsOut), operation_id="read_run_metrics")
def get_metrics(request: Request, run: str, key: Filter) -> Listed:
    found = queries.run_for(request.actor, run)
    points = [schemas.PointOut.of(point) for point in queries.points_of(found, key)] if key else None
    return {"items": schemas.PointOut.last_of(found) if points is None else points}


@router.post("/runs/{run}/cancel", response=answers(schemas.RunOut), operation_id="cancel_run")
def post_cancel(request: Request, run: str) -> Run:
    cancel_job(request.actor, queries.run_for(request.actor, run).job)
    return queries.run_for(request.actor, run)
