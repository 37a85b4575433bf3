"""The AI Act's classification: the golden cases, unknown answers, boundary days."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faur.services.trust.answers import read_answers
from faur.services.trust.classification import Classification
from faur.services.trust.conditions import Value
from faur.services.trust.errors import RulesetDoesNotCover
from faur.services.trust.rules import classify, next_question
from faur.services.trust.ruleset import QuestionKind, Tier
from faur.services.trust.rulesets import shipped
from faur.services.trust.tests.golden_cases import CONTENT, GOLDEN, MEDICAL, PERSONS, SYSTEM, WORK
from faur.services.trust.words import LANGUAGES

ACT = shipped()
TODAY = date(2026, 11, 22)


def answered(given: Mapping[str, Any]) -> dict[str, Value]:
    """`given` for an ordinary system, and no, none or nothing for every other question that is asked."""
    answers = read_answers(ACT, SYSTEM | dict(given))
    while question := next_question(ACT, answers):
        answers[question.id] = question.skipped_value
        if question.kind is QuestionKind.CHOICE and not question.skipped_value:
            answers[question.id] = question.choice_ids[-1]
    return answers


def classified(given: Mapping[str, Any], on: date = TODAY) -> Classification:
    return classify(ACT, answered(given), on)


def rules_of(classification: Classification) -> set[str]:
    return {finding.rule_id for finding in classification.findings if finding.tier}


@pytest.mark.parametrize(("why", "given", "expected"), GOLDEN, ids=[case[0] for case in GOLDEN])
def test_the_golden_cases(why: str, given: dict[str, Any], expected: set[str]) -> None:
    assert rules_of(classified(given)) == expected


def test_every_rule_with_a_tier_has_a_golden_case() -> None:
    covered = set().union(*(expected for _, _, expected in GOLDEN))
    annex_i = {rule.id for rule in ACT.rules if rule.id.startswith("annex-i-")}
    later = {"art-5-1-ba", "art-5-1-bb"}
    assert {rule.id for rule in ACT.rules if rule.tier} - covered - annex_i - later == set()


@pytest.mark.parametrize("rule", [rule.id for rule in ACT.rules if rule.id.startswith("annex-i-")])
def test_each_instrument_of_annex_i_has_its_rule(rule: str) -> None:
    section, product = rule.removeprefix("annex-i-").split("-", 1)
    found = classified(MEDICAL | {"product": product.replace("-", "_")})
    tier = Tier.HIGH_RISK if section == "a" else Tier.HIGH_RISK_SECTORAL
    assert (rules_of(found), found.tiers) == ({rule}, {tier})
    assert {dated.applies_from for finding in found.findings if finding.tier for dated in finding.duties} == {
        date(2028, 8, 2)
    }


def test_a_medical_device_is_high_risk_with_its_reason_citation_and_dated_duties() -> None:
    found = classified(MEDICAL)
    (finding,) = [finding for finding in found.findings if finding.tier]
    assert found.tiers == {Tier.HIGH_RISK}
    assert found.open_questions == ()
    assert finding.citation.en == "Art. 6(1), Annex I section A (Regulation (EU) 2017/745)"
    assert finding.source_level == "S"
    assert "third party" in finding.reason.en
    assert {dated.duty.id for dated in finding.duties} >= {"risk-management", "technical-documentation"}
    assert {point.id for point in found.contested} >= {"safety-component", "no-harmonised-standard"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"role": ["provider"]}, {"risk-management"}),
        ({"role": ["deployer"]}, {"deployer-use"}),
        ({"role": ["deployer"], "becomes_provider": ["changed_purpose"]}, {"risk-management", "deployer-use"}),
        ({"role": ["product_manufacturer"]}, {"risk-management"}),
    ],
)
def test_duties_are_those_of_the_role(given: dict[str, Any], expected: set[str]) -> None:
    found = classified(MEDICAL | given)
    duties = {dated.duty.id for finding in found.findings for dated in finding.duties}
    assert duties & {"risk-management", "deployer-use"} == expected


@pytest.mark.parametrize(
    ("material", "safeguards", "on", "prohibited"),
    [
        ("intended", "no", date(2026, 12, 1), False),
        ("intended", "no", date(2026, 12, 2), True),
        ("foreseeable", "no", date(2026, 12, 2), True),
        ("foreseeable", "yes", date(2026, 12, 2), False),
        ("neither", "no", date(2026, 12, 2), False),
    ],
)
@pytest.mark.parametrize(("letter", "subject"), [("ba", "intimate"), ("bb", "abuse")])
def test_the_new_prohibitions_hold_from_2_december_2026(
    letter: str, subject: str, material: str, safeguards: str, on: date, prohibited: bool
) -> None:
    found = classified(CONTENT | {f"{subject}_material": material, f"{subject}_safeguards": safeguards}, on)
    assert (f"art-5-1-{letter}" in rules_of(found)) is prohibited
    announced = {finding.rule_id for finding in found.upcoming}
    assert announced == ({f"art-5-1-{letter}"} if on.day == 1 else set())


@pytest.mark.parametrize(("day", "in_grace"), [(date(2026, 12, 1), True), (date(2026, 12, 2), False)])
def test_the_grace_for_marking_ends_on_2_december_2026(day: date, in_grace: bool) -> None:
    found = classified(CONTENT | {"market_date": "before_2_august_2026"}, day)
    assert ("art-111-4-grace" in {finding.rule_id for finding in found.findings}) is in_grace


def test_a_day_before_the_amended_act_is_refused() -> None:
    assert classified(MEDICAL, date(2026, 7, 27)).tiers == {Tier.HIGH_RISK}
    with pytest.raises(RulesetDoesNotCover) as refused:
        classified(MEDICAL, date(2026, 7, 26))
    assert refused.value.code == "classification.day_not_covered"


@pytest.mark.parametrize(
    ("given", "days"),
    [(MEDICAL, {date(2028, 8, 2)}), (WORK, {date(2027, 12, 2)}), (CONTENT, {date(2026, 8, 2)})],
)
def test_duties_carry_the_day_from_which_they_apply(given: dict[str, Any], days: set[date]) -> None:
    findings = [finding for finding in classified(given).findings if finding.tier]
    assert {dated.applies_from for finding in findings for dated in finding.duties} == days


@pytest.mark.parametrize("without", ["product", "product_safety", "third_party"])
def test_an_unknown_answer_never_makes_a_system_not_high_risk(without: str) -> None:
    answers = answered(MEDICAL) | {without: None}
    found = classify(ACT, answers, TODAY)
    assert Tier.MINIMAL not in found.tiers
    assert Tier.UNDETERMINED in found.tiers
    assert without in found.open_questions


def test_nothing_known_is_undetermined_and_everything_is_possible() -> None:
    found = classify(ACT, {}, TODAY)
    assert found.tiers == {Tier.UNDETERMINED}
    assert found.findings == ()
    assert "infers" in found.open_questions


def test_a_derogation_counts_only_when_it_is_proven() -> None:
    answers = answered(WORK | {"derogation": "narrow_task"}) | {"no_significant_risk": None}
    assert classify(ACT, answers, TODAY).tiers == {Tier.HIGH_RISK}


def test_an_answer_that_need_not_have_been_asked_still_counts() -> None:
    answers = answered(PERSONS | {"social_scoring": "yes"}) | {"affects_persons": False}
    assert Tier.PROHIBITED in classify(ACT, answers, TODAY).tiers


def test_the_same_answers_give_the_same_classification() -> None:
    first, second = (classified(MEDICAL).described(ACT, "ro") for _ in range(2))
    assert json.dumps(first) == json.dumps(second)
    assert first["ruleset"]["digest"] == ACT.digest


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_classification_is_described_in_each_language(language: str) -> None:
    described = classified(MEDICAL).described(ACT, language)
    expected = {"en": "High risk", "ro": "Grad ridicat de risc", "bg": "Висок риск"}[language]
    assert described["tiers"] == [{"id": "high_risk", "title": expected}]


def test_asking_skips_what_can_be_known() -> None:
    asked = []
    answers: dict[str, Value] = {}
    while question := next_question(ACT, answers):
        asked.append(question.id)
        answers[question.id] = False if question.kind is QuestionKind.YES_NO_UNKNOWN else question.skipped_value
    assert asked == ["infers"]


def test_an_ordinary_path_asks_one_question_in_two() -> None:
    assert len(answered(MEDICAL)) <= len(ACT.questions) // 2


def test_an_unknown_answer_is_not_asked_again() -> None:
    answers: dict[str, Value] = {}
    for _ in range(len(ACT.questions) + 1):
        question = next_question(ACT, answers)
        if question is None:
            break
        answers[question.id] = None
    assert next_question(ACT, answers) is None
    assert len(answers) == len(ACT.questions)


@given(
    st.fixed_dictionaries({}, optional={q.id: st.just(q) for q in ACT.questions}).flatmap(
        lambda chosen: st.fixed_dictionaries({name: _any_answer(question) for name, question in chosen.items()})
    )
)
def test_any_answers_are_classified_and_something_is_always_said(answers: dict[str, Value]) -> None:
    assert classify(ACT, answers, TODAY).tiers


def _any_answer(question: Any) -> st.SearchStrategy[Value]:
    if question.kind is QuestionKind.YES_NO_UNKNOWN:
        return st.sampled_from([True, False, None])
    if question.kind is QuestionKind.CHOICE:
        return st.sampled_from([*question.choice_ids, None])
    if question.kind is QuestionKind.CHOICES:
        return st.frozensets(st.sampled_from(question.choice_ids)) | st.none()
    return st.floats(min_value=0, allow_nan=False, allow_infinity=False) | st.none()
