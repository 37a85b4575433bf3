"""An effect that happens once, however often its task is tried."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from faur.kernel.tasks.models import Once

LONGEST_KEY = 200


@contextmanager
def once(key: str) -> Iterator[bool]:
    """True the first time, False ever after.

    The effect belongs inside: it is committed with the mark, or neither is.

        with once(f"charge:{job.uid}") as first:
            if first:
                ...

    Two at the same moment: the second waits for how the first one ends.

    Raises:
        ValueError: no key, or one of more than 200 characters.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise ValueError(f"not a key: {key!r}")
    with transaction.atomic():
        yield Once.objects.get_or_create(key=key)[1]
