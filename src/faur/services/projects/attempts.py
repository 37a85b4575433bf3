"""Slows down guessing: after ten failures of one person from one place within ten minutes, nothing more is tried.

Failures are counted in the database, so that all processes count together; the keys are digests under the site's
secret, so that the table tells nobody who tried to log in from where.
"""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings

from faur.kernel import clock
from faur.services.projects.errors import TooManyAttempts
from faur.services.projects.models import FailedAttempt

MOST = 10
WITHIN = timedelta(minutes=10)
KEPT = timedelta(days=1)


def key_of(*parts: str) -> str:
    """One key for a person and a place; the same e-mail address in other letters is the same person."""
    text = "\0".join(part.strip().lower() for part in parts)
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def check(key: str, most: int = MOST) -> None:
    """Raises TooManyAttempts: `most` failures or more within the last ten minutes."""
    if FailedAttempt.objects.filter(key=key, at__gt=clock.now() - WITHIN).count() >= most:
        raise TooManyAttempts


def note(key: str) -> None:
    """Count one failure."""
    FailedAttempt.objects.create(key=key, at=clock.now())


def forgive(key: str) -> None:
    """Forget the failures of who has now shown the right password."""
    FailedAttempt.objects.filter(key=key).delete()


def forget_old() -> int:
    """Remove what is older than a day; returns how many."""
    return FailedAttempt.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
