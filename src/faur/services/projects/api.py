"""The REST routes of projects."""

from faur.kernel.api import router as make_router

router = make_router("projects")
