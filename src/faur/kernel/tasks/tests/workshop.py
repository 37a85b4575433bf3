"""A worker in a process of its own, on the database named in its first argument; killed by the tests."""

import sys
import threading

import django
from django.conf import settings


def main() -> None:
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()

    from faur.kernel.tasks import run_worker
    from faur.kernel.tasks.tests import deeds

    print(deeds.__name__, flush=True)
    run_worker(threading.Event())


if __name__ == "__main__":
    main()
