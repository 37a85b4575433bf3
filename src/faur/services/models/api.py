"""The REST routes of models."""

from faur.kernel.api import router as make_router

router = make_router("models")
