"""The REST routes of trust."""

from faur.kernel.api import router as make_router

router = make_router("trust")
