"""The database's own refusal to change or remove what is written in the record, for SQLite and PostgreSQL.

A later migration that rebuilds one of these tables on SQLite must put the triggers back: `refuse_changes` again.
"""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WRITTEN_ONCE = ("record_entry", "record_entrysubject", "record_checkpoint", "record_anchor")
_REASON = "the record is append-only"


def refuse_changes(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """A migration's step: from here on the database refuses UPDATE and DELETE (on PostgreSQL TRUNCATE as well)."""
    for statement in seal(editor.connection.vendor):
        editor.execute(statement)


def allow_changes(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The way back of `refuse_changes`."""
    for statement in unseal(editor.connection.vendor):
        editor.execute(statement)


def seal(vendor: str) -> list[str]:
    """The SQL that makes the triggers."""
    return list(_seal_sqlite() if vendor == "sqlite" else _seal_postgresql())


def unseal(vendor: str) -> list[str]:
    """The SQL that removes them."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_no_{event.lower()}" for table in WRITTEN_ONCE for event in ("UPDATE", "DELETE")]
    drops = [
        f"DROP TRIGGER {table}_written_once_{unit} ON {table}" for table in WRITTEN_ONCE for unit in ("row", "all")
    ]
    return [*drops, "DROP FUNCTION record_written_once()"]


def _seal_sqlite() -> Iterator[str]:
    for table in WRITTEN_ONCE:
        for event in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END"
            )


def _seal_postgresql() -> Iterator[str]:
    yield (
        "CREATE FUNCTION record_written_once() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REASON}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in WRITTEN_ONCE:
        for name, events, unit in (("row", "UPDATE OR DELETE", "ROW"), ("all", "TRUNCATE", "STATEMENT")):
            yield (
                f"CREATE TRIGGER {table}_written_once_{name} BEFORE {events} ON {table} "
                f"FOR EACH {unit} EXECUTE FUNCTION record_written_once()"
            )
