"""The signed root over all chains: after it was seen outside, no chain can be rewritten unnoticed."""

from collections.abc import Sequence
from hashlib import sha256

from django.db import transaction
from django.db.models import Exists, OuterRef

from faur.kernel import clock
from faur.kernel.record.chains import CHECKPOINTS, lock_head, timestamp
from faur.kernel.record.jcs import canonical
from faur.kernel.record.merkle import Tree, head_leaf
from faur.kernel.record.models import Anchor, Checkpoint, Head
from faur.kernel.record.signing import signing_key

CHECKPOINT_TYPE = "urn:faur:record:checkpoint:v1"
PAYLOAD_TYPE = "application/vnd.faur.checkpoint+json"


@transaction.atomic(durable=True)
def checkpoint() -> Checkpoint | None:
    """The checkpoint that covers all that is written: a new one, or the last where nothing came since.

    None where the record is still empty. Several at once wait for each other; the number of queries is fixed.

    Raises:
        RuntimeError: a transaction is open: what is signed must not speak of what may still be rolled back.
        KeyUnsafe: the signing key cannot be used.
    """
    own = lock_head(CHECKPOINTS)
    signed = Anchor.objects.filter(chain=OuterRef("chain"), seq=OuterRef("seq"))
    heads = sorted(Head.objects.exclude(chain=CHECKPOINTS).annotate(signed=Exists(signed)), key=lambda head: head.chain)
    grown = {head.chain for head in heads if not head.signed}
    if not grown:
        return Checkpoint.objects.filter(number=own.seq).first()
    tree = Tree([head_leaf(head.chain, head.seq, head.hash) for head in heads])
    made = _sign(own, tree.root)
    _anchor(made, heads, tree, grown)
    return made


def _sign(own: Head, root: bytes) -> Checkpoint:
    """The next checkpoint with this root; it names the one before."""
    at, key = clock.now(), signing_key()
    made = Checkpoint(number=own.seq + 1, previous=own.hash, root=root.hex(), at=at, public_key=key.public)
    body = canonical(
        {
            "at": timestamp(at),
            "key": key.id,
            "number": made.number,
            "previous": made.previous,
            "root": made.root,
            "type": CHECKPOINT_TYPE,
        }
    )
    made.body, made.hash, made.signature = body, sha256(body).hexdigest(), key.sign(PAYLOAD_TYPE, body)
    made.save()
    Head.objects.filter(chain=CHECKPOINTS).update(seq=made.number, hash=made.hash)
    return made


def _anchor(made: Checkpoint, heads: Sequence[Head], tree: Tree, grown: set[str]) -> None:
    """Keep for each chain that grew the way from its head to the root: a bundle needs no other chain for it."""
    Anchor.objects.bulk_create(
        Anchor(checkpoint=made, chain=head.chain, seq=head.seq, hash=head.hash, path=tree.path(index))
        for index, head in enumerate(heads)
        if head.chain in grown
    )
