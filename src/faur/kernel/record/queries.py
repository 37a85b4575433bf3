"""Reading the record: each of these is one query, run when its rows are asked for.

Pages and the API start from `.visible_to(actor)`: a thing of one project can be named on the chain of another.
"""

from collections.abc import Iterable

from faur.kernel.record.errors import ChainEmpty
from faur.kernel.record.models import Entry, EntryQuerySet, EntrySubject


def entries(chain: str) -> EntryQuerySet:
    """All entries of a chain, in its order."""
    return Entry.objects.on_chain(chain)


def entries_about(uid_or_digest: str, verb: str | None = None) -> EntryQuerySet:
    """The entries of all chains that name a thing by identifier or digest (and, where given, by that verb)."""
    found = Entry.objects.about(uid_or_digest)
    return found if verb is None else found.filter(verb=verb)


def entry(chain: str, seq: int) -> Entry:
    """Raises ChainEmpty: nothing stands there."""
    try:
        return Entry.objects.get(chain=chain, seq=seq)
    except Entry.DoesNotExist:
        raise ChainEmpty(f"{chain}#{seq}") from None


def latest(chain: str, verb: str | None = None) -> Entry | None:
    """The last entry of a chain (of that verb, where given); None where there is none."""
    found = entries(chain)
    return (found if verb is None else found.filter(verb=verb)).last()


def places(uids: Iterable[str], verb: str) -> dict[str, tuple[str, int]]:
    """Where the last entry of that verb about each thing stands, as chain and number; one query for all of them."""
    named = EntrySubject.objects.filter(uid__in=list(uids), entry__verb=verb).order_by("entry_id")
    return {uid: (chain, seq) for uid, chain, seq in named.values_list("uid", "entry__chain", "entry__seq")}
