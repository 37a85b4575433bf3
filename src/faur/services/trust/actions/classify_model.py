"""A person answers what no machine can know; the rules of the AI Act say what follows."""

from collections.abc import Mapping
from datetime import date

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength
from faur.services.models.public import Model
from faur.services.projects.public import may_work_in
from faur.services.trust.answers import as_json, read_answers
from faur.services.trust.classification import Classification
from faur.services.trust.models import RiskClassification
from faur.services.trust.rules import classify
from faur.services.trust.rulesets import shipped


def may_classify(actor: Actor, model: Model) -> bool:
    return may_work_in(actor, model.project)


@action("trust.classify", may=may_classify)
def classify_model(
    actor: Actor, model: Model, *, answers: Mapping[str, object], on: date
) -> Statement[RiskClassification]:
    """Classify the intended use of `model` by the rules in force on that day.

    Raises:
        AnswersInvalid: names each answer that fits no question.
        RulesetDoesNotCover: the day lies before the law that the rules describe.
    """
    ruleset = shipped()
    read = read_answers(ruleset, answers)
    found = classify(ruleset, read, on)
    kept = RiskClassification(
        project=model.project,
        model=model,
        answers=as_json(read),
        on=on,
        tiers=[tier.value for tier in ruleset.tiers if tier in found.tiers],
        ruleset=found.ruleset_digest,
        answered_by=actor.uid,
    )
    kept.save()
    return _statement(kept, found)


def _statement(kept: RiskClassification, found: Classification) -> Statement[RiskClassification]:
    return Statement(
        chain=kept.project.uid,
        subjects=[kept, kept.model],
        claims={
            "model": kept.model.uid,
            "on": kept.on.isoformat(),
            "tiers": kept.tiers,
            "rules": [
                {
                    "rule": finding.rule_id,
                    "tier": finding.tier.value if finding.tier else None,
                    "citation": finding.citation.en,
                    "source_level": finding.source_level.value,
                }
                for finding in found.findings
            ],
            "answers": kept.answers,
            "open_questions": list(found.open_questions),
            "ruleset": kept.ruleset,
        },
        strength=Strength.DECLARED,
        result=kept,
    )
