"""The examples of the style page: one small company's road, as its pages would show it."""

import math
from dataclasses import replace
from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faur.kernel import clock
from faur.kernel.units import GIB, HOUR, Unit
from faur.portal.charts import Interval, IntervalChart, LineChart, Series
from faur.portal.schema_forms import SchemaForm
from faur.portal.schema_words import Schema
from faur.portal.states import STATES
from faur.portal.trail import Step, Stretch, whole_trail

DIGEST = "sha256:9f2c4b7a1d08e35566aa90b1c2d3e4f5061728394a5b6c7d8e9f00112233aabb"


def examples(answers: QueryDict | None) -> dict[str, object]:
    """What the style page shows; every value is invented, every form is a real one and checks `answers`."""
    return {
        "states": STATES,
        "strengths": ("observed", "reported", "declared"),
        "moments": [
            clock.now() + timedelta(seconds=s) for s in (-4, -300, -2 * HOUR, -86400 * 3, HOUR * 5, -86400 * 90)
        ],
        "amounts": [
            (44_640, Unit.CORE_SECONDS),
            (1_800, Unit.GPU_SECONDS),
            (7_500, "seconds"),
            (3 * GIB // 2, "bytes"),
        ],
        "digest": DIGEST,
        "allocation": {"used": 44_640, "held": 14_400, "total": 360_000, "unit": Unit.CORE_SECONDS},
        "jobs": _jobs(),
        "page": Paginator(range(1_000_000), 50).page(2),
        "choices": [("running", _("Running")), ("completed", _("Completed")), ("failed", _("Failed"))],
        "steps": [_("Your organisation"), _("The project"), _("Resources"), _("Check your answers")],
        "trail": whole_trail(_walked()),
        "curves": _curves(),
        "intervals": _intervals(),
        "loss": [0.9, 0.7, 0.72, 0.5, 0.44, 0.39, 0.37, 0.36],
        "form": SchemaForm(_schema(), answers, {"target": "diagnosis", "families": ["linear"]}),
        "login": _Login(answers),
    }


class _Login(forms.Form):
    """Its prefix keeps its identifiers apart from those of the other form on the page."""

    prefix = "login"
    use_required_attribute = False
    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    keep = forms.BooleanField(label=gettext_lazy("Stay logged in"), required=False)


def _jobs() -> list[dict[str, object]]:
    rows = [
        ("running", 3_100, -240),
        ("completed", 44_640, -9_000),
        ("out_of_memory", 812, -40_000),
        ("pending", 0, -20),
    ]
    names = ("tabular-classification", "tabular-classification", "tabular-regression", "tabular-regression")
    return [
        {
            "name": name,
            "uid": f"job_01kb{index}m2",
            "state": state,
            "used": used,
            "at": clock.now() + timedelta(seconds=ago),
        }
        for index, (name, (state, used, ago)) in enumerate(zip(names, rows, strict=True))
    ]


def _walked() -> list[Step]:
    walked = (
        (Stretch.AWARD, _("Playground, 100 core hours"), "awarded", "observed", 72, "4"),
        (Stretch.CONTRACT, _("Breast Cancer Wisconsin, version 1"), "published", "declared", 48, "9"),
        (Stretch.RUN, _("tabular-classification 1.0"), "completed", "observed", 3, "14"),
        (Stretch.EVALUATION, _("6 of 6 thresholds held"), "passed", "reported", 2, "17"),
        (Stretch.MODEL, _("tumour-screen, version 1"), "registered", "observed", 1, "18"),
    )
    steps = [
        Step(stretch, title, state, clock.now() - timedelta(hours=ago), strength, "#trail", entry, "#trail")
        for stretch, title, state, strength, ago, entry in walked
    ]
    steps[-1] = replace(steps[-1], here=True)
    return [*steps, Step(Stretch.ENDPOINT, action=_("Serve this model"), action_url="#trail")]


def _curves() -> LineChart:
    steps = range(1, 31)
    validation = [(float(step), 0.99 - 0.3 * math.exp(-step / 6) + 0.01 * math.sin(step)) for step in steps]
    training = [(float(step), 1.0 - 0.28 * math.exp(-step / 4)) for step in steps]
    series = [Series("validation/roc_auc", validation), Series("training/roc_auc", training)]
    return LineChart(_("Area under the curve while training"), series, x_label=_("Round"), y_label="roc_auc")


def _intervals() -> IntervalChart:
    rows = [
        Interval(_("Area under the curve"), 0.991, 0.982, 0.997, threshold=0.95, met=True),
        Interval(_("Sensitivity"), 0.942, 0.897, 0.976, threshold=0.92, met=None),
        Interval(_("Specificity, patients over 60"), 0.873, 0.828, 0.911, threshold=0.92, met=False),
    ]
    return IntervalChart(_("Quality against the committed thresholds"), rows, low=0.8, high=1.0)


def _schema() -> Schema:
    columns = ["diagnosis", "radius_mean", "texture_mean", "area_mean", "smoothness_mean"]
    return {
        "type": "object",
        "required": ["target", "folds", "families"],
        "properties": {
            "target": {"type": "string", "title": _("Column to predict"), "enum": columns},
            "families": {
                "type": "array",
                "title": _("Model families"),
                "description": _("Each is tried; the best by cross-validation is kept."),
                "items": {"enum": ["linear", "forest", "boosting"]},
                "x-options": {"linear": _("Linear"), "forest": _("Random forest"), "boosting": _("Gradient boosting")},
            },
            "folds": {"type": "integer", "title": _("Folds"), "default": 5, "minimum": 2, "maximum": 20},
            "budget": {
                "type": "number",
                "title": _("Time budget"),
                "description": _("The search ends when it is used up."),
                "x-unit": _("minutes"),
                "exclusiveMinimum": 0,
                "default": 2.5,
            },
            "balance": {"type": "boolean", "title": _("Weigh rare classes higher"), "default": True},
            "note": {"type": "string", "title": _("Note"), "x-widget": "textarea", "maxLength": 500},
            "seed": {"type": "integer", "title": _("Seed"), "default": 1, "x-advanced": True},
        },
    }
