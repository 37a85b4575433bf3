"""The reliability table: what the model stated against what happened, bin by bin."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from .answers import Answers, Mask
from .intervals import Sureness, wilson
from .measures import BINS, bin_of, stated
from .table import Numbers

Bin: TypeAlias = Mapping[str, Any]  # Any: JSON

BINNING = (
    f"{BINS} bins of equal width over [0, 1], of the probability of the positive class; of several, of the likeliest"
)
FEWEST_IN_A_BIN = 5


def reliability(answers: Answers, sureness: Sureness) -> list[Bin]:
    """A row for each bin with enough rows: its bounds, mean probability, the share that came true, and how sure it is.

    After Murphy and Winkler 1977; the intervals are Wilson's.
    """
    if answers.kind == "number":
        return []
    probability, happened = stated(answers)
    members = [(place, bin_of(probability) == place) for place in range(BINS)]
    return [
        _bin(place, probability[inside], happened[inside], sureness.confidence)
        for place, inside in members
        if inside.sum() >= min(FEWEST_IN_A_BIN, sureness.fewest)
    ]


def _bin(place: int, probability: Numbers, happened: Mask, confidence: float) -> Bin:
    share = float(happened.mean())
    limits = wilson(share, len(happened), confidence)
    return {
        "low": place / BINS,
        "high": (place + 1) / BINS,
        "n": len(happened),
        "mean_probability": float(probability.mean()),
        "share": share,
        "interval": list(limits) if limits else None,
    }
