"""What training tells the services after it."""

from faur.kernel.announcements import Announcement
from faur.services.training.models import Run

run_ended: Announcement[Run] = Announcement("training.run_ended")
"""A run ended and its metrics are all taken in; in the transaction that says so."""
