"""A factory's tables in a home of their own, removed afterwards: what the measurements of the kernel run on.

`FAUR_DATABASE_URL` chooses PostgreSQL, an empty database of which is expected there.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def bare_factory(*apps: str) -> Iterator[Path]:
    """Django set up and the tables of `apps` made, in a temporary home."""
    with tempfile.TemporaryDirectory(prefix="faur-bench-") as home:
        os.environ["FAUR_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faur.site.settings")
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        for app in apps:
            call_command("migrate", app, verbosity=0)
        yield Path(home)
        connections.close_all()
