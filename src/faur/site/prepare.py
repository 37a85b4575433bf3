"""What a start needs first: tables, static files, translations, the library, and somebody who may begin."""

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from faur.kernel import files
from faur.kernel.actors.actor import FACTORY, SYSTEM, Role
from faur.kernel.actors.models import Grant, User
from faur.kernel.config import config
from faur.kernel.errors import NotFound, Unavailable
from faur.services.library.public import sync_recipes
from faur.services.projects.public import appoint, register_person
from faur.site.static import lay_out_static_files
from faur.site.translations import compile_translations

FIRST_OPERATOR = "operator.json"
FIRST_EMAIL = "operator@faur.local"


class OperatorUnreadable(Unavailable):
    """The file with the first operator's account was changed before there was an operator."""

    code = "operator.unreadable"


def prepare() -> None:
    """Bring everything up to date; costs little where nothing is to be done. Safe to call again after a crash."""
    migrate()
    compile_translations(Path(settings.LOCALE_PATHS[0]))
    if not settings.DEBUG:
        lay_out_static_files()
    sync_recipes()
    make_first_operator()


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)


def make_first_operator() -> None:
    """An account that may run the factory, where there is none: its password lies in a file only the owner can read.

    Raises:
        OperatorUnreadable: an earlier start began with it, and its file was changed since.
    """
    path = config().root / FIRST_OPERATOR
    if Grant.objects.filter(role=Role.OPERATOR).exists():
        return
    account = _kept(path) if path.exists() else {"email": FIRST_EMAIL, "password": secrets.token_urlsafe(16)}
    files.replace(path, json.dumps(account).encode())
    if not User.objects.filter(email=account["email"]).exists():
        register_person(
            SYSTEM, FACTORY, email=account["email"], name="Operator", password=account["password"], language="en"
        )
    appoint_by_email(account["email"], Role.OPERATOR)


def appoint_by_email(email: str, role: str) -> None:
    """Raises NotFound: nobody has that address."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise NotFound(email)
    appoint(SYSTEM, FACTORY, user=user, role=Role(role))


def _kept(path: Path) -> dict[str, str]:
    try:
        account = json.loads(path.read_text(encoding="utf-8"))
        return {name: str(account[name]) for name in ("email", "password")}
    except (ValueError, TypeError, KeyError):
        raise OperatorUnreadable(
            _("%(path)s does not hold the first operator's account.") % {"path": path},
            hint=_("Remove it; the next start makes a new one."),
        ) from None
