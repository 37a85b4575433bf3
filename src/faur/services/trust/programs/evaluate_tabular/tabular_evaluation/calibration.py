"""The reliability table: what the model stated against what happened, bin by bin."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from .answers import Answers
from .intervals import Sureness, wilson
from .measures import BINS, bin_of, stated

BINNING = (
    f"{BINS} bins of equal width over [0, 1], of the probability of the positive class; of several, of the likeliest"
)
FEWEST_IN_A_BIN = 5


def reliability(answers: Answers, sureness: Sureness) -> list[Mapping[str, Any]]:  # Any: JSON
    """A row for each bin that is not empty: its bounds, rows, mean probability, share that came true, its interval.

    After Murphy and Winkler 1977. The interval is Wilson's; a bin with too few rows is left out.
    """
    if answers.kind == "number":
        return []
    probability, happened = stated(answers)
    places = bin_of(probability)
    rows = []
    for place in range(BINS):
        inside = places == place
        count = int(inside.sum())
        if count < min(FEWEST_IN_A_BIN, sureness.fewest):
            continue
        share = float(np.mean(happened[inside]))
        limits = wilson(share, count, sureness.confidence)
        rows.append(
            {
                "low": place / BINS,
                "high": (place + 1) / BINS,
                "n": count,
                "mean_probability": float(np.mean(probability[inside])),
                "share": share,
                "interval": list(limits) if limits else None,
            }
        )
    return rows
