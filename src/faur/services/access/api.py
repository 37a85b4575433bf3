"""The REST routes of access."""

from faur.kernel.api import router as make_router

router = make_router("access")
