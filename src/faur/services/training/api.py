"""The REST routes of training."""

from faur.kernel.api import router as make_router

router = make_router("training")
