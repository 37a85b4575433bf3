"""What a run made becomes a version of a model, once it has been screened."""

from dataclasses import dataclass

from django.db.models import Max

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength
from faur.services.compute.public import State
from faur.services.models import rules
from faur.services.models.errors import NameInvalid, RunHasNoModel
from faur.services.models.models import Model, ModelVersion
from faur.services.models.screening import SIGNATURE, WEIGHTS, screen_version
from faur.services.projects.public import may_work_in
from faur.services.training.public import Run, outputs_of

MODEL_FILES = frozenset({WEIGHTS, SIGNATURE})


@dataclass(frozen=True, slots=True)
class Naming:
    """How a person calls a model, and what they mean it for."""

    name: str
    title: str
    intended_purpose: str


def has_model(run: Run) -> bool:
    """Whether the run ended well and left what can be registered."""
    return run.state == State.COMPLETED and {file.path for file in outputs_of(run)} >= MODEL_FILES


def may_register(actor: Actor, run: Run) -> bool:
    return may_work_in(actor, run.project)


@action("models.register_model", may=may_register)
def register_model(actor: Actor, run: Run, *, naming: Naming) -> Statement[ModelVersion]:
    """Register what `run` left as the next version of the project's model of that name; screening follows.

    The same run under the same name again gives the version that there is.

    A title or purpose that is left empty stays as the model has it.

    Raises:
        NameInvalid: another name is needed.
        RunHasNoModel: the run did not complete, or left no model.
    """
    if not rules.is_name(naming.name):
        raise NameInvalid
    if not has_model(run):
        raise RunHasNoModel
    model = _model(run, naming)
    version = _version(model, run)
    return Statement(
        chain=run.project.uid,
        subjects=[version, model, run],
        claims={
            "model": model.uid,
            "version": version.number,
            "run": run.uid,
            "name": model.name,
            "intended_purpose": model.intended_purpose,
        },
        strength=Strength.DECLARED,
        result=version,
    )


def _model(run: Run, naming: Naming) -> Model:
    """The project's model of that name, held until the transaction ends; what `naming` leaves empty stays.

    A new title or purpose replaces the old one; both stay in the record.
    """
    model, _is_new = Model.objects.select_for_update().get_or_create(
        project=run.project, name=naming.name, defaults={"title": naming.title.strip() or naming.name}
    )
    model.title = naming.title.strip() or model.title
    model.intended_purpose = naming.intended_purpose.strip() or model.intended_purpose
    model.save(update_fields=["title", "intended_purpose"])
    return model


def _version(model: Model, run: Run) -> ModelVersion:
    existing = model.versions.filter(run=run).exclude(state=ModelVersion.State.REFUSED).first()
    if existing is not None:
        return existing
    last = model.versions.aggregate(last=Max("number"))["last"] or 0
    version = ModelVersion(model=model, run=run, number=last + 1)
    version.save()
    screen_version.enqueue(version.pk)
    return version
