"""The REST routes of library."""

from faur.kernel.api import router as make_router

router = make_router("library")
