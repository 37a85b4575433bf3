"""Versions that were let into use, and endpoints that serve them, by the verbs that make real ones."""

from faur.services.compute.tests.world import World
from faur.services.data.models import DatasetVersion
from faur.services.models.actions.promote_model import promote_model
from faur.services.models.models import ModelVersion
from faur.services.models.tests.world import classified, ended_run, evaluated, registered
from faur.services.serving.actions.open_endpoint import open_endpoint
from faur.services.serving.models import Endpoint


def promoted(world: World, data: DatasetVersion, *, weights: bytes = b"") -> ModelVersion:
    """A version of a small classifier that was measured, classified and promoted."""
    version = registered(world, ended_run(world, data, weights=weights))
    evaluated(version)
    classified(version)
    promote_model(world.lead, version, reason="It kept every bound.")
    return version


def opened(world: World, version: ModelVersion, name: str = "second-reader") -> Endpoint:
    open_endpoint(world.lead, version, name=name)
    return Endpoint.objects.select_related("project", "model_version__model__project").get(name=name, state="starting")
