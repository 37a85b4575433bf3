"""The database's own refusal to change or remove what is written in the record, for SQLite and PostgreSQL.

A later migration that rebuilds one of these tables on SQLite must put its triggers back: `refuse_changes` again.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WRITTEN_ONCE = ("record_entry", "record_entrysubject", "record_checkpoint", "record_anchor")
_EVENTS = ("update", "delete")
_REASON = "the record is append-only"


def refuse_changes(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """A migration's step: from here on UPDATE and DELETE are refused (on PostgreSQL TRUNCATE as well)."""
    is_sqlite = editor.connection.vendor == "sqlite"
    for statement in _for_sqlite() if is_sqlite else _for_postgresql():
        editor.execute(statement)


def allow_changes(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The way back of `refuse_changes`."""
    if editor.connection.vendor == "sqlite":
        for table in WRITTEN_ONCE:
            for event in _EVENTS:
                editor.execute(f"DROP TRIGGER {table}_no_{event}")
    else:
        editor.execute("DROP FUNCTION record_refuse_changes() CASCADE")


def _for_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{_REASON}'); END"
        for table in WRITTEN_ONCE
        for event in _EVENTS
    ]


def _for_postgresql() -> list[str]:
    function = (
        "CREATE FUNCTION record_refuse_changes() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REASON}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    triggers = [
        f"CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} FOR EACH {unit} "
        "EXECUTE FUNCTION record_refuse_changes()"
        for table in WRITTEN_ONCE
        for event, unit in (*((event, "ROW") for event in _EVENTS), ("truncate", "STATEMENT"))
    ]
    return [function, *triggers]
