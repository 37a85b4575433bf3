import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from faur.kernel.record import Checkpoint, Entry, Statement, append, checkpoint
from faur.kernel.record.errors import AppendOnly
from faur.kernel.record.models import Anchor, EntrySubject
from faur.kernel.record.tests.conftest import MODEL, NOON
from faur.kernel.record.triggers import WRITTEN_ONCE

TABLES = [Entry, EntrySubject, Checkpoint, Anchor]


@pytest.fixture
def written(write):
    write()
    checkpoint()


@pytest.mark.parametrize("table", TABLES)
def test_no_way_through_the_model_changes_or_removes_what_is_written(table, written):
    row = table.objects.get()
    ways = [
        row.save,
        row.delete,
        lambda: table.objects.update(pk=9),
        lambda: table.objects.bulk_update([row], ["pk"]),
        table.objects.all().delete,
        lambda: table.objects.update_or_create(pk=row.pk, defaults={"pk": 9}),
    ]
    for way in ways:
        with pytest.raises(AppendOnly):
            way()
    assert table.objects.get().pk == row.pk


def test_saving_a_copy_of_what_is_written_does_not_overwrite_it(written):
    entry = Entry.objects.get()
    copy = Entry(pk=entry.pk, chain="prj_9", seq=9, hash="", prev="", at=entry.at, subjects=[], claims={}, body=b"")
    with pytest.raises(DatabaseError), transaction.atomic():
        copy.save()
    assert Entry.objects.get().chain == "prj_1"


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = 9", "DELETE FROM {}"])
def test_the_database_itself_refuses(table, sql, written):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table._meta.db_table))
    assert table.objects.count() == 1


@pytest.mark.parametrize("table", TABLES)
def test_no_table_can_be_truncated(table, db):
    refused = "append-only" if connection.vendor == "postgresql" else "syntax"  # SQLite has no such statement
    with pytest.raises(DatabaseError, match=refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table._meta.db_table} CASCADE")


def test_every_table_but_the_heads_is_written_once():
    tables = {model._meta.db_table for model in Entry._meta.apps.get_app_config("record").get_models()}
    assert tables - {"record_head"} == set(WRITTEN_ONCE)


@pytest.mark.django_db(transaction=True)
def test_the_triggers_go_and_come_with_their_migration(home):
    call_command("migrate", "record", "0001", verbosity=0)
    call_command("migrate", "record", verbosity=0)
    with transaction.atomic():
        append("usr_1", "models.register", Statement([MODEL], {}), at=NOON)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_entrysubject")
