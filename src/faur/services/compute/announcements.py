"""What compute tells the services after it."""

from faur.kernel.announcements import Announcement
from faur.services.compute.models import Job

job_observed: Announcement[Job] = Announcement("compute.job_observed")
"""A job that has not ended was looked at: its state may have changed, and its report grown. In no transaction."""

job_ended: Announcement[Job] = Announcement("compute.job_ended")
"""A job ended, its outputs are kept and its hold is settled; in the transaction that says so."""
