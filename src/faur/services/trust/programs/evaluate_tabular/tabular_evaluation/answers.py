"""What a model said about rows whose truth is known, in the form that every figure is computed from."""

from dataclasses import dataclass, replace
from typing import Literal, Self, TypeAlias

import numpy as np

from .table import Numbers

Mask: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Rows: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.intp]]
Kind: TypeAlias = Literal["two classes", "several classes", "number"]


@dataclass(frozen=True)
class Answers:
    """`truth` [N] holds codes of classes or numbers; `said` probabilities [N, K] or numbers [N].

    `positive` is the code of the class looked for, where there are two; `threshold` the probability from which
    a row counts as it.
    """

    kind: Kind
    truth: Numbers
    said: Numbers
    positive: int = 0
    threshold: float = 0.5

    def __len__(self) -> int:
        return len(self.truth)

    def at(self, rows: Rows | Mask) -> Self:
        """The answers about `rows` alone."""
        return replace(self, truth=self.truth[rows], said=self.said[rows])

    @property
    def is_positive(self) -> Mask:
        return np.asarray(self.truth == self.positive)

    @property
    def wanted(self) -> Numbers:
        """The probability of the positive class."""
        return np.asarray(self.said[:, self.positive])

    @property
    def said_positive(self) -> Mask:
        return np.asarray(self.wanted >= self.threshold)

    @property
    def correct(self) -> Mask:
        if self.kind == "two classes":
            return np.asarray(self.said_positive == self.is_positive)
        return np.asarray(self.said.argmax(axis=1) == self.truth)

    @property
    def smallest_class(self) -> int:
        """How many rows the rarest class has; all rows for a number."""
        if self.kind == "number":
            return len(self)
        return int(np.unique(self.truth, return_counts=True)[1].min(initial=len(self)))
