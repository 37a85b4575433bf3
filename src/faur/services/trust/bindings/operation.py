"""Annex IV, points 2(g), 2(h) and 3 to 6: how it was tested, how it holds up, and how it changed."""

from collections.abc import Sequence

from faur.services.trust.bindings.system import earlier_versions, signature
from faur.services.trust.content import Draft
from faur.services.trust.evidence import Evaluation, Evidence, Result, Run, ThresholdCommitment
from faur.services.trust.rules import committed_in_time

CODE_FREE_FORMATS = frozenset({"onnx", "safetensors"})
"""Formats that hold weights and a graph, and nothing that a loader would execute."""

ROBUSTNESS = ("noise", "degradation", "attack", "perturb", "robust")
"""What the name of a figure has in it where the input was disturbed on purpose."""

_GROUP = "="


def validation(evidence: Evidence, draft: Draft) -> None:
    """2g: thresholds, whether they came first, every result, and who accepted it when."""
    if evidence.commitment is None:
        draft.lacks("commitment")
    else:
        _commitment(evidence.commitment, evidence.run, draft)
    if not evidence.evaluations:
        draft.lacks("evaluation")
    for evaluation in evidence.evaluations:
        _report(evaluation, draft)
        _methods(evaluation, draft)
    if not all(_accepted(evaluation, evidence, draft) for evaluation in evidence.evaluations):
        draft.lacks("signature")


def cybersecurity(evidence: Evidence, draft: Draft) -> None:
    """2h: the screening of the files, the sandbox of the run, and the tests of robustness."""
    model = evidence.model
    if model is None:
        draft.lacks("screening")
        return
    said = "screened" if model.format.lower() in CODE_FREE_FORMATS else "screened_otherwise"
    draft.sentence(said, model.ref, format=model.format)
    environment = evidence.run.environment if evidence.run else None
    if environment:
        sandbox = environment.sandbox or draft.words("fact.no_sandbox")
        draft.facts(draft.words("fact.protection"), [("sandbox", sandbox)], environment.ref)
    for evaluation in evidence.evaluations:
        robust = [result for result in evaluation.results if _is_robustness(result)]
        _results(draft.words("fact.robustness"), robust, evaluation, draft)


def capabilities_and_limits(evidence: Evidence, draft: Draft) -> None:
    """3: results for groups and the input data; unintended outcomes and oversight a person must describe."""
    for evaluation in evidence.evaluations:
        groups = [each for each in evaluation.results if each.slice and not _is_robustness(each)]
        _results(draft.words("fact.groups"), groups, evaluation, draft)
    if not evidence.evaluations:
        draft.lacks("evaluation")
    if evidence.model:
        signature(evidence.model, draft)


def risk_management(evidence: Evidence, draft: Draft) -> None:
    """5: the thresholds that were committed; the risks themselves a person must describe."""
    if evidence.commitment:
        _thresholds(evidence.commitment, draft)


def changes(evidence: Evidence, draft: Draft) -> None:
    """6: the versions before this one, and the decision to use it."""
    if evidence.model is None:
        draft.lacks("model")
        return
    earlier_versions(evidence.model, draft)
    if promotion := evidence.promotion:
        draft.sentence("promoted", promotion.ref, by=promotion.by, reason=promotion.reason)


def _commitment(commitment: ThresholdCommitment, run: Run | None, draft: Draft) -> None:
    _thresholds(commitment, draft)
    if run is None:
        draft.lacks("run")
        return
    same_chain = commitment.ref.chain == run.start_ref.chain
    in_time = same_chain and committed_in_time(commitment.ref.seq, run.start_ref.seq)
    order = (commitment.ref, run.start_ref)
    threshold, begun = (str(ref.seq) if same_chain else ref.entry for ref in order)
    draft.sentence("in_time" if in_time else "late", *order, threshold=threshold, run=begun)
    if not in_time:
        draft.lacks("late")


def _thresholds(commitment: ThresholdCommitment, draft: Draft) -> None:
    rows = [
        (each.metric, each.slice or draft.words("fact.everyone"), _bound(each.operator, each.value, draft))
        for each in commitment.thresholds
    ]
    caption = f"{draft.words('fact.thresholds')}: {commitment.title}"
    draft.grid(caption, ("metric", "slice", "bound"), rows, commitment.ref, numeric=(2,))


def _bound(operator: str, value: float, draft: Draft) -> str:
    return f"{ {'>=': '≥', '<=': '≤'}.get(operator, operator) } {draft.words.number(value)}"


def _report(evaluation: Evaluation, draft: Draft) -> None:
    verdict = draft.words.term("verdict", evaluation.verdict)
    lines = [("verdict", verdict), ("dataset", evaluation.dataset), ("evaluation", evaluation.uid)]
    draft.facts(draft.words("fact.evaluation"), lines, evaluation.ref)
    names = {"evaluator": evaluation.evaluator, "dataset": evaluation.dataset}
    reported = [each for each in evaluation.results if each.threshold or _GROUP not in each.slice]
    _results(draft.words("fact.results_of", **names), reported, evaluation, draft)


def _results(caption: str, results: Sequence[Result], evaluation: Evaluation, draft: Draft) -> None:
    head = ("metric", "slice", "value", "interval", "bound", "count", "result")
    draft.grid(caption, head, [_row(each, draft) for each in results], evaluation.ref, numeric=(2, 3, 4, 5))


def _row(result: Result, draft: Draft) -> tuple[str, ...]:
    number = draft.words.number
    low_high = "–"
    if result.interval:
        low_high = f"{number(result.interval[0])} – {number(result.interval[1])} ({number(100 * result.level)} %)"
    return (
        result.metric,
        result.slice or draft.words("fact.everyone"),
        number(result.value),
        low_high,
        _bound(result.threshold.operator, result.threshold.value, draft) if result.threshold else "–",
        draft.words.whole(result.n),
        draft.words.term("result", result.status) if result.status else "–",
    )


def _methods(evaluation: Evaluation, draft: Draft) -> None:
    methods: dict[str, str] = {}
    for result in evaluation.results:
        if result.method and result.value is not None:
            methods.setdefault(result.metric, result.method)
    draft.grid(draft.words("fact.methods"), ("metric", "method"), methods.items(), evaluation.ref)


def _accepted(evaluation: Evaluation, evidence: Evidence, draft: Draft) -> bool:
    """Whether a person accepted the report with name and date: by signing it, or by promoting the version on it."""
    by, ref = evaluation.signed_by, evaluation.signed_ref
    if not ref and evidence.promotion:
        by, ref = evidence.promotion.by, evidence.promotion.ref
    if not ref:
        return False
    lines = [("accepted_by", by), ("accepted_on", draft.words.moment(ref.at))]
    draft.facts(draft.words("fact.evaluation"), lines, ref)
    return True


def _is_robustness(result: Result) -> bool:
    return any(word in result.metric.lower() for word in ROBUSTNESS)
