"""What later services show on the pages of the registry: trust its evidence, serving its endpoints."""

from faur.kernel.actors.actor import Actor
from faur.services.models.models import Model, ModelVersion
from faur.services.projects.public import Panels

version_panels: Panels[Actor, ModelVersion] = Panels()
"""`version_panels.register(order, lambda actor, version: Panel(…))`; at most two queries each."""

model_panels: Panels[Actor, Model] = Panels()
"""`model_panels.register(order, lambda actor, model: Panel(…))`; one query each."""
