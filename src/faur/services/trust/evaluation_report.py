"""From the evaluator's report (`evaluation.json`, faur.evaluation/1) to the results in the technical file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from faur.services.trust.evidence import Result, Threshold
from faur.services.trust.rules import ResultStatus

Tree = Mapping[str, Any]  # Any: a report that has passed evaluation.schema.json


def results_of(report: Tree) -> tuple[Result, ...]:
    """Each figure once for each threshold on it, or once without; thresholds that name no figure come last.

    Raises:
        KeyError: the report does not follow evaluation.schema.json.
    """
    verdicts: dict[tuple[str, str], list[Tree]] = {}
    for verdict in report["thresholds"]:
        verdicts.setdefault((verdict["metric"], verdict["slice"]), []).append(verdict)
    figures = [
        result for figure in report["results"] for result in _of_figure(figure, verdicts.pop(_place(figure), []))
    ]
    return (*figures, *_without_figure(verdicts.values()))


def _of_figure(figure: Tree, verdicts: Iterable[Tree]) -> Iterator[Result]:
    judged: list[tuple[Threshold | None, ResultStatus | None]]
    judged = [(_threshold(verdict), ResultStatus(verdict["status"])) for verdict in verdicts]
    unjudged = None if figure["outcome"] == "measured" else ResultStatus(figure["outcome"])
    for threshold, status in judged or [(None, unjudged)]:
        yield Result(
            metric=figure["metric"],
            status=status,
            value=figure["value"],
            n=figure["n"],
            interval=tuple(figure["interval"]) if figure["interval"] else None,
            level=figure["confidence"],
            slice=figure["slice"],
            method="; ".join(filter(None, (figure["reference"], figure["method"]))),
            threshold=threshold,
        )


def _without_figure(verdicts: Iterable[list[Tree]]) -> Iterator[Result]:
    for verdict in (each for named in verdicts for each in named):
        status = ResultStatus(verdict["status"])
        yield Result(verdict["metric"], status, slice=verdict["slice"], threshold=_threshold(verdict))


def _threshold(verdict: Tree) -> Threshold:
    return Threshold(verdict["metric"], verdict["operator"], verdict["value"], verdict["slice"])


def _place(figure: Tree) -> tuple[str, str]:
    return figure["metric"], figure["slice"]
