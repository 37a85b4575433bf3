import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from faur.kernel.record import Checkpoint, checkpoint, tasks, verify
from faur.kernel.record.checkpoints import PAYLOAD_TYPE
from faur.kernel.record.models import Anchor
from faur.kernel.record.signing import authenticated, signing_key
from faur.kernel.tasks import declared_schedules


def test_an_empty_record_has_no_checkpoint(db, home):
    assert checkpoint() is None
    assert not Checkpoint.objects.exists()


def test_a_checkpoint_is_written_once_for_the_same_record(write):
    write()
    first = checkpoint()
    assert checkpoint() == first
    write()
    second = checkpoint()
    assert (second.number, second.previous) == (2, first.hash)
    assert Checkpoint.objects.count() == 2


def test_a_checkpoint_is_signed_over_its_canonical_bytes(write):
    write()
    made = Checkpoint.objects.get(pk=checkpoint().pk)
    key = Ed25519PublicKey.from_public_bytes(bytes(made.public_key))
    key.verify(bytes(made.signature), authenticated(PAYLOAD_TYPE, bytes(made.body)))
    assert json.loads(bytes(made.body)) == {
        "at": made.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "key": signing_key().id,
        "number": 1,
        "previous": "0" * 64,
        "root": made.root,
        "type": "urn:faur:record:checkpoint:v1",
    }


def test_every_chain_that_grew_is_anchored_with_its_way_to_the_root(write):
    for number in range(5):
        write(f"prj_{number}")
    checkpoint()
    write("prj_3")
    made = checkpoint()
    assert [str(anchor) for anchor in made.anchors.all()] == ["prj_3#2"]
    for anchor in Anchor.objects.select_related("checkpoint"):
        head = {"chain": anchor.chain, "hash": anchor.hash, "seq": anchor.seq}
        assert verify._root(head, anchor.path) == anchor.checkpoint.root


@pytest.mark.parametrize("chains", [1, 30])
def test_a_checkpoint_takes_as_many_queries_for_many_chains_as_for_one(chains, write, django_assert_num_queries):
    for number in range(chains):
        write(f"prj_{number}")
    checkpoint()
    for number in range(chains):
        write(f"prj_{number}")
    with django_assert_num_queries(7):  # with the two of a savepoint, which tests add
        checkpoint()
    with django_assert_num_queries(5):
        checkpoint()


@pytest.mark.django_db(transaction=True)
def test_what_may_still_be_rolled_back_is_not_signed(home):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        checkpoint()
    assert not Checkpoint.objects.exists()


def test_a_checkpoint_is_made_every_minute(write):
    declared = {schedule.name: schedule for schedule in declared_schedules()}
    schedule = declared[f"{tasks.__name__}.sign_checkpoint"]
    write()
    schedule.run()
    assert (schedule.seconds, Checkpoint.objects.count()) == (60, 1)
