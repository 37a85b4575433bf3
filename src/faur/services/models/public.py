"""The front door of the registry: what other services may use, and nothing else."""

from faur.services.models.models import Model, ModelVersion
from faur.services.models.panels import model_panels, version_panels
from faur.services.models.queries import files_of, model, version_for

__all__ = ["Model", "ModelVersion", "files_of", "model", "model_panels", "version_for", "version_panels"]
