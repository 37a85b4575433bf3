"""The database's own refusal to rewrite the books, for SQLite and PostgreSQL.

A later migration that rebuilds one of these tables on SQLite must put its triggers back: `refuse_rewriting` again.
"""

from dataclasses import dataclass

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuses `event` (UPDATE or DELETE) on a row of `table`, `when` that SQL condition holds."""

    table: str
    event: str
    when: str = "1 = 1"

    @property
    def name(self) -> str:
        return f"{self.table}_no_{self.event.lower()}"


_CLOSES = (
    "OLD.state = 'open' AND NEW.state IN ('settled', 'released') "
    "AND NEW.key = OLD.key AND NEW.account_id = OLD.account_id AND NEW.amount = OLD.amount"
)
_CHANGES_ITS_NATURE = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in ("uid", "owner", "unit", "kind"))

TABLES = ("ledger_account", "ledger_hold", "ledger_transfer", "ledger_posting")
TRIGGERS = (
    *(Trigger(table, "DELETE") for table in TABLES),
    Trigger("ledger_posting", "UPDATE"),
    Trigger("ledger_transfer", "UPDATE"),
    Trigger("ledger_hold", "UPDATE", f"NOT ({_CLOSES})"),
    Trigger("ledger_account", "UPDATE", _CHANGES_ITS_NATURE),
)
_REASON = "the books are never rewritten"


def refuse_rewriting(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """A migration's step: from here on history stays as it was booked."""
    is_sqlite = editor.connection.vendor == "sqlite"
    for statement in _for_sqlite() if is_sqlite else _for_postgresql():
        editor.execute(statement)


def allow_rewriting(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The way back of `refuse_rewriting`."""
    if editor.connection.vendor == "sqlite":
        for trigger in TRIGGERS:
            editor.execute(f"DROP TRIGGER {trigger.name}")
    else:
        editor.execute("DROP FUNCTION ledger_refuse_rewriting() CASCADE")


def _for_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} FOR EACH ROW WHEN ({trigger.when}) "
        f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END"
        for trigger in TRIGGERS
    ]


def _for_postgresql() -> list[str]:
    refuse = "EXECUTE FUNCTION ledger_refuse_rewriting()"
    rows = [
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"FOR EACH ROW WHEN ({trigger.when}) {refuse}"
        for trigger in TRIGGERS
    ]
    tables = [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}" for table in TABLES
    ]
    function = (
        "CREATE FUNCTION ledger_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REASON}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    return [function, *rows, *tables]
