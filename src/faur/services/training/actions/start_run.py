"""A recipe, data and parameters become a run: all is checked, a job is ordered, and the record says with what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.blobs import blobs
from faur.kernel.record import JSON, Statement, canonical
from faur.kernel.units import Bytes, Seconds
from faur.services.compute.public import InputFile, JobOrder, JobSpec, ResourceSpec, submit_job
from faur.services.library.public import Recipe, RecipeVersion, checked_parameters, recipe_of
from faur.services.projects.public import Allocation, Project, may_work_in
from faur.services.training.inputs import Bound, Chosen, bind, check_columns
from faur.services.training.models import Run

Json = dict[str, Any]  # Any: JSON


@dataclass(frozen=True, slots=True)
class Wanted:
    """Resources that the person asks for; None where the recipe's own are right. Bytes and seconds."""

    cores: int | None = None
    gpus: int | None = None
    memory: int | None = None
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What is to be run. `inputs` by the recipe's names for them."""

    recipe: RecipeVersion
    allocation: Allocation
    inputs: Mapping[str, Chosen]
    parameters: Mapping[str, Any] = field(default_factory=dict)  # Any: JSON
    title: str = ""
    wanted: Wanted = Wanted()


@action("training.start_run", may=may_work_in)
def start_run(actor: Actor, project: Project, order: RunOrder) -> Statement[Run]:
    """Start a run; its job holds on the allocation what it could use at most.

    Raises:
        ParametersInvalid, InputsInvalid, TypeUnsuitable, TooManyFiles: the order does not fit the recipe.
        ContractMissing, NotPublished, SplitMissing, NotFound: the project may not use that data, or there is none.
        ColumnMissing, SingleClass: the data does not fit the parameters.
        and all that `submit_job` raises.
    """
    recipe = recipe_of(order.recipe.document)
    parameters = checked_parameters(order.recipe, order.parameters)
    bound = bind(actor, project, recipe, order.inputs)
    check_columns(recipe, parameters, bound)
    run = _planned(actor, project, order, parameters, bound)
    spec = _spec(order, recipe, parameters, bound)
    run.job = submit_job(actor, project, order.allocation, JobOrder(run.title, spec, origin=run.uid))
    run.save()
    return Statement(
        chain=project.uid,
        subjects=[run, run.job, order.recipe, *(one.version for one in bound.values())],
        claims=_claims(run),
        result=run,
    )


def job_resources(recipe: Recipe, wanted: Wanted) -> tuple[ResourceSpec, Seconds]:
    """What the job asks for: the person's wishes, and the recipe's own where there are none."""
    own = recipe.resources
    resources = ResourceSpec(
        cpu_cores_per_process=own.cores if wanted.cores is None else wanted.cores,
        gpu_cores_per_process=own.gpus if wanted.gpus is None else wanted.gpus,
        memory=own.memory if wanted.memory is None else Bytes(wanted.memory),
    )
    return resources, own.duration if wanted.duration is None else Seconds(wanted.duration)


def _planned(actor: Actor, project: Project, order: RunOrder, parameters: Json, bound: Mapping[str, Bound]) -> Run:
    recipe = order.recipe
    return Run(
        project=project,
        title=order.title or recipe.title,
        recipe_name=recipe.name,
        recipe_version=recipe.version,
        recipe_manifest=recipe.manifest,
        parameters=parameters,
        inputs={name: one.as_json() for name, one in bound.items()},
        started_by=actor.uid,
    )


def _spec(order: RunOrder, recipe: Recipe, parameters: Json, bound: Mapping[str, Bound]) -> JobSpec:
    resources, duration = job_resources(recipe, order.wanted)
    kept = blobs().put([canonical(parameters)])
    program = (InputFile(f"program/{file.path}", file.digest, file.size) for file in order.recipe.program_files)
    data = (file for name, one in bound.items() for file in one.job_files(name))
    return JobSpec(
        executable=recipe.interpreter,
        arguments=(f"program/{recipe.entry}",),
        resources=resources,
        duration=duration,
        inputs=(*program, *data, InputFile("parameters.json", kept.digest, kept.size)),
    )


def _claims(run: Run) -> dict[str, JSON]:
    return {
        "run": run.uid,
        "job": run.job.uid,
        "recipe": {"name": run.recipe_name, "version": run.recipe_version, "manifest": run.recipe_manifest},
        "parameters": run.parameters,
        "seed": run.parameters.get("seed"),
        "inputs": [{"name": name, **given} for name, given in run.inputs.items()],
    }
