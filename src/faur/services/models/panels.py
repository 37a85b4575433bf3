"""What later services show on the page of a version: trust its evaluations, serving its endpoints."""

from faur.kernel.actors.actor import Actor
from faur.services.models.models import ModelVersion
from faur.services.projects.public import Panels

version_panels: Panels[Actor, ModelVersion] = Panels()
"""`version_panels.register(order, lambda actor, version: Panel(…))`; at most two queries each."""
