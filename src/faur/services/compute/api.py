"""The REST routes of compute."""

from faur.kernel.api import router as make_router

router = make_router("compute")
