"""The figures that the tabular evaluator can measure: what each is called, and which way is better.

The evaluator's own list is the truth; a test holds this one to it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

HIGHER, LOWER, NEITHER = "higher", "lower", "none"
NOISE = "noise"
NOISE_LEVELS = (0.05, 0.1, 0.2)
"""Standard deviations, as the evaluator adds them where nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure on all rows. `bounded`: it lies between nought and one."""

    title: Promise
    better: str
    bounded: bool = True


FIGURES: dict[str, Figure] = {
    "accuracy": Figure(gettext_lazy("Accuracy"), HIGHER),
    "balanced_accuracy": Figure(gettext_lazy("Balanced accuracy"), HIGHER),
    "roc_auc": Figure(gettext_lazy("Area under the ROC curve"), HIGHER),
    "average_precision": Figure(gettext_lazy("Average precision"), HIGHER),
    "f1": Figure(gettext_lazy("F1"), HIGHER),
    "recall": Figure(gettext_lazy("Recall (sensitivity)"), HIGHER),
    "specificity": Figure(gettext_lazy("Specificity"), HIGHER),
    "selection_rate": Figure(gettext_lazy("Share called positive"), NEITHER),
    "brier": Figure(gettext_lazy("Brier score"), LOWER, bounded=False),
    "ece": Figure(gettext_lazy("Calibration error"), LOWER),
    "log_loss": Figure(gettext_lazy("Log loss"), LOWER, bounded=False),
    "mae": Figure(gettext_lazy("Mean absolute error"), LOWER, bounded=False),
    "rmse": Figure(gettext_lazy("Root mean squared error"), LOWER, bounded=False),
    "r2": Figure(gettext_lazy("R²"), HIGHER, bounded=False),
}
UNDER_NOISE = ("roc_auc", "accuracy", "rmse", "mae")
BY_GROUP = ("accuracy", "balanced_accuracy", "roc_auc", "recall", "specificity", "selection_rate", "mae", "rmse")

NOISY = frozenset(f"{name}_{form}" for name in UNDER_NOISE for form in ("under_noise", "degradation"))
SPREAD = frozenset(f"{name}_spread" for name in BY_GROUP)
EVERY = frozenset(FIGURES) | NOISY | SPREAD
"""All names that a threshold may name."""


def figure_title(name: str) -> str:
    """The figure in the language of the page; its own name where it is not known."""
    base, form = _parts(name)
    if base not in FIGURES:
        return name
    title = {"figure": str(FIGURES[base].title)}
    if form == "under_noise":
        return _("%(figure)s under noise") % title
    if form == "degradation":
        return _("Loss under noise: %(figure)s") % title
    if form == "spread":
        return _("Spread between groups: %(figure)s") % title
    return title["figure"]


def is_bounded(name: str) -> bool:
    """Whether the figure lies between nought and one, so that a chart may show the whole of that."""
    base, form = _parts(name)
    return base in FIGURES and FIGURES[base].bounded and form in {"", "under_noise", "spread"}


def _parts(name: str) -> tuple[str, str]:
    """The figure behind a name, and in which form: plain, under noise, lost under noise, spread between groups."""
    for form in ("under_noise", "degradation", "spread"):
        if name.endswith(f"_{form}"):
            return name.removesuffix(f"_{form}"), form
    return name, ""


def plot_title(title: str) -> str:
    """What the evaluator called a plot, in the language of the page."""
    if title == "Reliability":
        return _("Reliability: what was stated against what happened")
    figure, parted, group = title.partition(" by ")
    if parted:
        return _("%(figure)s by %(slice)s") % {"figure": figure_title(figure), "slice": group}
    return figure_title(title.replace(" under noise", "_under_noise"))
