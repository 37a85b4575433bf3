"""What each command of a site does."""

import os
import sys
from argparse import Namespace

import django

from faur.kernel.config import config
from faur.kernel.errors import Refusal


def run(arguments: Namespace) -> int:
    """Run one command; returns its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faur.site.settings")
    django.setup()
    verbs = {"up": _up, "serve": _serve, "work": _work, "migrate": _migrate, "appoint": _appoint}
    try:
        return verbs[arguments.verb](arguments)
    except Refusal as refusal:
        print(f"{refusal.message} {refusal.hint}", file=sys.stderr)  # noqa: T201 - the answer of a command
        return 1


def _up(arguments: Namespace) -> int:
    from faur.site.prepare import prepare
    from faur.site.process import Factory, held_home

    with held_home(config().root):
        prepare()
        return Factory(web=True, work=True).run(with_parent=arguments.with_parent)


def _serve(_: Namespace) -> int:
    from faur.site.process import Factory

    return Factory(web=True, work=False).run()


def _work(_: Namespace) -> int:
    from faur.site.process import Factory

    return Factory(web=False, work=True).run()


def _migrate(_: Namespace) -> int:
    from faur.site.prepare import prepare

    prepare()
    return 0


def _appoint(arguments: Namespace) -> int:
    from faur.site.prepare import appoint_by_email

    appoint_by_email(arguments.email, arguments.role)
    return 0
