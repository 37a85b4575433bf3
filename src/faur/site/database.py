"""The database that a site chose, in Django's terms."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from faur.kernel.config import Config

_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA cache_size=-16000;"


def database(config: Config) -> dict[str, Any]:  # Any: Django's own shape
    """Raises ImproperlyConfigured: the address names a database that Faur does not know."""
    if not config.database_url:
        return _sqlite(config)
    parts = urlsplit(config.database_url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("FAUR_DATABASE_URL must begin with postgresql://, or be empty for SQLite")
    options: dict[str, Any] = dict(parse_qsl(parts.query))  # Any: psycopg's own options
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 24, "timeout": 30}},
    }


def _sqlite(config: Config) -> dict[str, Any]:  # Any: Django's own shape
    config.root.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": config.root / "faur.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": _PRAGMAS},
        "TEST": {"NAME": config.root / "test.sqlite3"},
    }
