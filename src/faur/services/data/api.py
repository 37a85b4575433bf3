"""The REST routes of data."""

from faur.kernel.api import router as make_router

router = make_router("data")
