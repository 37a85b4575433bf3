"""The front door of serving: nobody comes after it on the road, so little is asked of it."""

from faur.services.serving.models import Endpoint
from faur.services.serving.queries import endpoint as endpoint_for

__all__ = ["Endpoint", "endpoint_for"]
