"""What each command of a site does, and how it says what it cannot."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseError
from pydantic import ValidationError

from faur.kernel.config import config
from faur.kernel.errors import Invalid, Refusal, Unavailable
from faur.site.home import held_home, unusable, usable_home

PATIENCE = 15.0
"""Seconds that a factory which ends with its parent waits for its predecessor, whose parent was killed."""


class SettingInvalid(Invalid):
    """A setting of the site is not of its kind."""

    code = "setting.invalid"


class DatabaseUnusable(Unavailable):
    """The database does not answer, has no room, or is none."""

    code = "database.unusable"


def run(arguments: Namespace) -> int:
    """Run one command; returns its exit status."""
    verbs = {"up": _up, "serve": _serve, "work": _work, "migrate": _migrate, "appoint": _appoint, "tasks": _tasks}
    try:
        with _troubles_in_words():
            usable_home(config().root)
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faur.site.settings")
            django.setup()
        return verbs[arguments.verb](arguments)
    except Refusal as refusal:
        print(f"{refusal.message} {refusal.hint}".strip(), file=sys.stderr)  # noqa: T201 - the answer of a command
        return 1
    except KeyboardInterrupt:
        return 130


def _up(arguments: Namespace) -> int:
    from faur.site.listening import listening_socket
    from faur.site.process import Factory, Parent

    parent = Parent() if arguments.with_parent else None
    with held_home(config().root, patience=PATIENCE if parent else 0.0):
        listening = listening_socket()
        _prepare()
        return Factory(listening, work=True, parent=parent).run()


def _serve(_: Namespace) -> int:
    from faur.site.listening import listening_socket
    from faur.site.process import Factory

    return Factory(listening_socket(), work=False).run()


def _work(_: Namespace) -> int:
    from faur.site.process import Factory

    return Factory(None, work=True).run()


def _migrate(_: Namespace) -> int:
    _prepare()
    return 0


def _appoint(arguments: Namespace) -> int:
    from faur.site.prepare import appoint_by_email

    with _troubles_in_words():
        appoint_by_email(arguments.email, arguments.role)
    return 0


def _tasks(arguments: Namespace) -> int:
    from faur.site.given_up import lines, once_more

    with _troubles_in_words():
        if arguments.again:
            once_more(arguments.again)
        else:
            print("\n".join(lines()) or "No task was given up.")  # noqa: T201 - the answer of a command
    return 0


def _prepare() -> None:
    from faur.site.prepare import prepare

    with _troubles_in_words():
        prepare()


@contextmanager
def _troubles_in_words() -> Iterator[None]:
    """What a start meets outside of this program is no error of it: wrong settings, the disk, the database."""
    try:
        yield
    except ValidationError as error:
        raise SettingInvalid("\n".join(_wrong_settings(error)), hint="See docs/reference for the settings.") from None
    except ImproperlyConfigured as error:
        raise SettingInvalid(str(error)) from None
    except DatabaseError as error:
        raise DatabaseUnusable(
            f"The database cannot be used: {error}.",
            hint="Is there room on the disk, is it Faur's, and does its server answer?",
        ) from None
    except OSError as error:
        raise unusable(config().root, error) from None


def _wrong_settings(error: ValidationError) -> Iterator[str]:
    for one in error.errors():
        yield f"FAUR_{'_'.join(map(str, one['loc'])).upper()} cannot be {one['input']!r}: {one['msg']}."
