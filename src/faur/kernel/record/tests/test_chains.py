import json
from datetime import datetime, timedelta, timezone
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from faur.kernel.record import Entry, Statement, Strength, Subject, append, canonical, entries
from faur.kernel.record.errors import EntryTooLarge, NotCanonical, StatementInvalid
from faur.kernel.record.models import EntrySubject, Head
from faur.kernel.record.tests.conftest import MODEL, NOON


def test_each_entry_holds_the_hash_of_the_one_before(write):
    written = [write(claims={"n": n}) for n in range(4)]
    assert [entry.seq for entry in written] == [1, 2, 3, 4]
    assert [entry.prev for entry in written] == ["0" * 64, *(entry.hash for entry in written[:-1])]
    assert all(entry.hash == sha256(bytes(entry.body)).hexdigest() for entry in entries("prj_1"))


def test_an_entry_says_in_its_columns_what_was_hashed(write):
    write(claims={"auc": 0.5, "ă": [None, True, 1e21], "deep": {"z": 1, "a": 2}})
    entry = Entry.objects.get()
    assert json.loads(bytes(entry.body)) == {
        "actor": entry.actor_uid,
        "at": "2026-11-28T12:00:00.000000Z",
        "chain": entry.chain,
        "claims": entry.claims,
        "prev": entry.prev,
        "seq": entry.seq,
        "strength": entry.strength,
        "subjects": entry.subjects,
        "type": "urn:faur:record:entry:v1",
        "verb": entry.verb,
    }
    assert canonical(json.loads(bytes(entry.body))) == bytes(entry.body)
    assert entry.at == NOON
    assert entry.subjects == [{"uid": MODEL.uid, "digest": MODEL.digest, "title": MODEL.title}]


def test_an_entry_is_the_same_when_it_is_read_again(write):
    written = write(claims={"tuple": (1, 2), "strength": Strength.REPORTED})
    read = Entry.objects.get()
    assert (read.claims, read.subjects, bytes(read.body)) == (written.claims, written.subjects, bytes(written.body))


def test_chains_do_not_know_each_other(write):
    assert [write(chain).seq for chain in ("prj_1", "prj_2", "factory", "prj_1")] == [1, 1, 1, 2]


def test_a_time_is_written_in_utc_whatever_its_zone(write):
    at = datetime(2026, 11, 28, 14, 0, 0, 5, tzinfo=timezone(timedelta(hours=2)))
    with transaction.atomic():
        entry = append("usr_1", "a.b", Statement([MODEL], {}), at=at)
    assert json.loads(bytes(entry.body))["at"] == "2026-11-28T12:00:00.000005Z"


def test_a_time_without_a_zone_is_an_error(write):
    with pytest.raises(ValueError, match="time zone"), transaction.atomic():
        append("usr_1", "a.b", Statement([MODEL], {}), at=datetime(2026, 11, 28))  # noqa: DTZ001 - that is the point


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_nothing_is_written(home):
    with pytest.raises(TransactionManagementError):
        append("usr_1", "models.register", Statement([MODEL], {}), at=NOON)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_vanishes_with_the_change_that_it_describes(home):
    with transaction.atomic():
        append("usr_1", "models.register", Statement([MODEL], {}, chain="prj_1"), at=NOON)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert not EntrySubject.objects.exists()
    with transaction.atomic():
        assert append("usr_1", "models.register", Statement([MODEL], {}, chain="prj_1"), at=NOON).seq == 1


@pytest.mark.parametrize(
    ("why", "actor", "verb", "chain"),
    [
        ("nobody acts", "", "a.b", "prj_1"),
        ("an actor without end", "u" * 101, "a.b", "prj_1"),
        ("no verb", "usr_1", "", "prj_1"),
        ("a verb in words", "usr_1", "Registered a model", "prj_1"),
        ("a verb without end", "usr_1", "a" * 101, "prj_1"),
        ("no chain", "usr_1", "a.b", ""),
        ("a chain with a way out", "usr_1", "a.b", "../x"),
        ("a chain without end", "usr_1", "a.b", "p" * 41),
        ("the checkpoints are no chain", "usr_1", "a.b", "checkpoints"),
    ],
)
def test_a_statement_that_is_none_is_refused_and_leaves_nothing(why, actor, verb, chain, write):
    with pytest.raises(StatementInvalid), transaction.atomic():
        append(actor, verb, Statement([MODEL], {}, chain=chain), at=NOON)
    assert not Head.objects.exists()


def test_a_claim_that_json_cannot_carry_is_refused_and_its_place_named(write):
    with pytest.raises(NotCanonical) as refused:
        write(claims={"metrics": {"auc": float("nan")}})
    assert list(refused.value.fields) == ["claims.metrics.auc"]
    assert not Head.objects.exists()


def test_a_statement_of_more_than_a_mebibyte_is_refused_and_the_chain_goes_on(write):
    write()
    with pytest.raises(EntryTooLarge):
        write(claims={"log": "x" * 1024 * 1024})
    assert write().seq == 2


def test_a_statement_about_many_things_takes_as_many_queries_as_one_about_one(write, django_assert_num_queries):
    write()
    statement = Statement([Subject(f"job_{n}") for n in range(50)], {}, chain="prj_1")
    with transaction.atomic(), django_assert_num_queries(4):
        append("usr_1", "a.b", statement, at=NOON)


def test_the_database_refuses_a_fork(write):
    first, _ = write(), write()
    fork = Entry.objects.get(pk=first.pk)
    columns = {field.attname: getattr(fork, field.attname) for field in Entry._meta.fields if field.name != "id"}
    for clash in ({"seq": 9}, {"prev": "f" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry(**{**columns, **clash}).save()


def test_a_thing_named_twice_is_found_once(write):
    write("prj_1", MODEL, MODEL, Subject("mod_1"))
    assert EntrySubject.objects.count() == 2
    assert Entry.objects.about("mod_1").count() == 1


def test_the_chain_is_held_where_the_database_can_hold_a_row(write, django_assert_num_queries):
    write()
    with transaction.atomic(), django_assert_num_queries(4) as queries:
        append("usr_1", "a.b", Statement([MODEL], {}, chain="prj_1"), at=NOON)
    locks = queries.captured_queries[0]["sql"].endswith("FOR UPDATE")
    assert locks == (connection.vendor == "postgresql")
