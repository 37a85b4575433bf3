"""What a start needs first: tables, static files, translations, the library, and somebody who may begin."""

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.management.commands.collectstatic import Command as Collect
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from faur.kernel import files
from faur.kernel.actors.actor import FACTORY, SYSTEM, Role
from faur.kernel.actors.models import Grant, User
from faur.kernel.config import config
from faur.kernel.errors import NotFound
from faur.services.library.public import sync_recipes
from faur.services.projects.public import appoint, register_person
from faur.site.translations import compile_translations

FIRST_OPERATOR = "operator.json"


def prepare() -> None:
    """Bring everything up to date; costs little where nothing is to be done. Safe to call again after a crash."""
    migrate()
    compile_translations(Path(settings.LOCALE_PATHS[0]))
    if not settings.DEBUG:
        call_command(Collect(), interactive=False, verbosity=0)
    sync_recipes()
    make_first_operator()


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def make_first_operator() -> None:
    """An account that may run the factory, where there is none: its password lies in a file only the owner can read."""
    path = config().root / FIRST_OPERATOR
    if Grant.objects.filter(role=Role.OPERATOR).exists():
        return
    account = _kept(path) or {"email": "operator@faur.local", "password": secrets.token_urlsafe(16)}
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


def _kept(path: Path) -> dict[str, str] | None:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
