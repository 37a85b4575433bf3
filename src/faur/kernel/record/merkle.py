"""The Merkle tree over the heads of all chains, hashed as RFC 6962, section 2.1, with leaves and nodes kept apart."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeAlias

from faur.kernel.record.jcs import canonical

Path: TypeAlias = list[dict[str, str]]
"""From a leaf to the root: at each step the sibling's hash (hexadecimal) and on which side it stands."""


def head_leaf(chain: str, seq: int, entry_hash: str) -> bytes:
    """The leaf that says how far a chain had come. The entry's hash makes it impossible to guess."""
    return leaf_hash(canonical({"chain": chain, "hash": entry_hash, "seq": seq}))


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree over at least one leaf. A node without a sibling moves up as it is, which gives RFC 6962's shape."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(level := self._levels[-1]) > 1:
            paired = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
            self._levels.append(paired + level[len(paired) * 2 :])

    @property
    def root(self) -> bytes:
        return self._levels[-1][0]

    def path(self, index: int) -> Path:
        """What proves that the leaf at `index` is in the tree."""
        steps: Path = []
        for level in self._levels[:-1]:
            sibling = index ^ 1
            if sibling < len(level):
                steps.append({"left" if sibling < index else "right": level[sibling].hex()})
            index //= 2
        return steps
