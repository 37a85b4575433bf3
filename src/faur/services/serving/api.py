"""The REST routes of serving."""

from faur.kernel.api import router as make_router

router = make_router("serving")
