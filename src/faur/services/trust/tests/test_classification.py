"""The AI Act's classification as a table that a lawyer can read; unknown answers; boundary days."""

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
from faur.services.trust.errors import AnswersInvalid, RulesetDoesNotCover
from faur.services.trust.rules import classify, next_question
from faur.services.trust.ruleset import QuestionKind, Tier
from faur.services.trust.rulesets import RulesetError, read, shipped
from faur.services.trust.words import LANGUAGES

ACT = shipped()
TODAY = date(2026, 11, 22)
SYSTEM: dict[str, Any] = {
    "infers": "yes",
    "influences": "yes",
    "role": ["provider"],
    "union_link": "on_market",
    "market_date": "not_yet",
}
MEDICAL = {"product": "medical_devices", "product_safety": "yes", "third_party": "yes", "affects_persons": "yes"}


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


PERSONS = {"affects_persons": "yes"}
BIOMETRIC = PERSONS | {"processes_biometrics": "yes"}
CREDIT = PERSONS | {"areas": ["essential_services"]}
WORK = PERSONS | {"areas": ["employment"], "employment_uses": ["recruitment"]}
CONTENT = {"generates_content": "yes"}
GPAI = {"gpai_model": "yes", "gpai_origin": "own"}

GOLDEN: list[tuple[str, dict[str, Any], set[str]]] = [
    ("an ordinary system", {}, {"art-95-minimal"}),
    ("hand-written rules are no AI system", {"infers": "no"}, {"art-3-not-ai"}),
    ("nothing uses the output", {"influences": "no"}, {"art-3-not-ai"}),
    ("nothing ties it to the Union", {"union_link": "none"}, {"art-2-1-territory"}),
    ("only its output is used in the Union", {"union_link": "output_used"}, {"art-95-minimal"}),
    ("military", {"exclusion": ["military"]}, {"art-2-3-military"}),
    ("third-country authority", {"exclusion": ["third_country_authority"]}, {"art-2-4-third-country"}),
    ("research alone", {"exclusion": ["research_only"]}, {"art-2-6-research"}),
    ("before the market", {"exclusion": ["pre_market"], "real_world_testing": "no"}, {"art-2-8-pre-market"}),
    ("tested in the real world", {"exclusion": ["pre_market"], "real_world_testing": "yes"}, {"art-95-minimal"}),
    ("a private person", {"exclusion": ["personal"], "role": ["deployer"]}, {"art-2-10-personal"}),
    ("a provider is not private", {"exclusion": ["personal"]}, {"art-95-minimal"}),
    ("open source stays high risk", MEDICAL | {"open_source": "yes"}, {"annex-i-a-medical-devices"}),
    # Art. 5
    ("5(1)(a)", PERSONS | {"manipulates": "yes"}, {"art-5-1-a"}),
    ("5(1)(b)", PERSONS | {"exploits_vulnerability": "yes"}, {"art-5-1-b"}),
    ("5(1)(c)", PERSONS | {"social_scoring": "yes"}, {"art-5-1-c"}),
    ("5(1)(d)", PERSONS | {"crime_profiling": "yes"}, {"art-5-1-d"}),
    ("5(1)(e)", BIOMETRIC | {"face_scraping": "yes"}, {"art-5-1-e"}),
    ("5(1)(f)", PERSONS | {"infers_emotions": "yes", "emotion_place": "work_or_education"}, {"art-5-1-f"}),
    (
        "5(1)(f) for medical reasons",
        PERSONS | {"infers_emotions": "yes", "emotion_place": "work_or_education", "emotion_medical_safety": "yes"},
        {"art-95-minimal"},
    ),
    (
        "5(1)(g), which is categorisation as well",
        BIOMETRIC | {"biometric_categories": "listed"},
        {"art-5-1-g", "annex-iii-1-b", "art-50-3-exposed"},
    ),
    (
        "5(1)(h)",
        BIOMETRIC | {"biometric_recognition": "identification", "real_time_identification": "yes"},
        {"art-5-1-h", "annex-iii-1-a"},
    ),
    (
        "5(1)(h), an authorised exception",
        BIOMETRIC
        | {"biometric_recognition": "identification", "real_time_identification": "yes", "real_time_exception": "yes"},
        {"annex-iii-1-a"},
    ),
    # Art. 6(1)
    ("medical software with a notified body: section A", MEDICAL, {"annex-i-a-medical-devices"}),
    ("medical software without one", MEDICAL | {"third_party": "no"}, {"art-95-minimal"}),
    ("no safety component", MEDICAL | {"product_safety": "no"}, {"art-95-minimal"}),
    ("in vitro diagnostics: A", MEDICAL | {"product": "in_vitro_diagnostics"}, {"annex-i-a-in-vitro-diagnostics"}),
    ("toys: A", MEDICAL | {"product": "toys"}, {"annex-i-a-toys"}),
    ("machinery moved to section B", MEDICAL | {"product": "machinery"}, {"annex-i-b-machinery"}),
    ("motor vehicles: section B", MEDICAL | {"product": "motor_vehicles"}, {"annex-i-b-motor-vehicles"}),
    ("civil aviation: section B", MEDICAL | {"product": "civil_aviation"}, {"annex-i-b-civil-aviation"}),
    # Annex III
    ("1(a) identification", BIOMETRIC | {"biometric_recognition": "identification"}, {"annex-iii-1-a"}),
    ("verification is not", BIOMETRIC | {"biometric_recognition": "verification"}, {"art-95-minimal"}),
    (
        "1(b)",
        BIOMETRIC | {"biometric_categories": "other_protected"},
        {"annex-iii-1-b", "art-50-3-exposed"},
    ),
    (
        "1(c)",
        BIOMETRIC | {"infers_emotions": "yes", "emotion_place": "elsewhere"},
        {"annex-iii-1-c", "art-50-3-exposed"},
    ),
    ("2", {"areas": ["critical_infrastructure"], "infrastructure_safety": "yes"}, {"annex-iii-2"}),
    ("2, no safety component", {"areas": ["critical_infrastructure"]}, {"art-95-minimal"}),
    *[
        (f"{point}({letter})", {"areas": [area], question: [use]}, {f"annex-iii-{point}-{letter}"})
        for point, area, question, uses in [
            (3, "education", "education_uses", {"a": "admission", "b": "outcomes", "c": "level", "d": "tests"}),
            (4, "employment", "employment_uses", {"a": "recruitment", "b": "management"}),
            (5, "essential_services", "service_uses", {"a": "public_benefits", "c": "insurance", "d": "emergency"}),
            (
                6,
                "law_enforcement",
                "law_uses",
                {"a": "victim_risk", "b": "polygraph", "c": "evidence", "d": "offending_risk", "e": "profiling"},
            ),
            (
                7,
                "migration",
                "migration_uses",
                {"a": "polygraph", "b": "entrant_risk", "c": "applications", "d": "identification"},
            ),
            (8, "justice_democracy", "justice_uses", {"a": "judicial", "b": "elections"}),
        ]
        for letter, use in uses.items()
    ],
    ("5(b) creditworthiness", CREDIT | {"credit_use": "creditworthiness"}, {"annex-iii-5-b"}),
    ("finding fraud is not", CREDIT | {"credit_use": "fraud"}, {"art-95-minimal"}),
    # Art. 6(3)
    *[
        (f"6(3) {condition}", WORK | {"derogation": condition, "no_significant_risk": "yes"}, {"art-6-3-derogation"})
        for condition in ("narrow_task", "improves_activity", "detects_patterns", "preparatory")
    ],
    *[
        (
            f"6(3) {condition} with profiling stays high risk",
            WORK | {"derogation": condition, "no_significant_risk": "yes", "profiling": "yes"},
            {"annex-iii-4-a", "art-6-3-profiling"},
        )
        for condition in ("narrow_task", "improves_activity", "detects_patterns", "preparatory")
    ],
    ("6(3) with a significant risk", WORK | {"derogation": "narrow_task"}, {"annex-iii-4-a"}),
    ("6(3) without a condition", WORK | {"derogation": "none", "no_significant_risk": "yes"}, {"annex-iii-4-a"}),
    # Art. 50
    ("50(1)", {"interacts": "yes"}, {"art-50-1-interaction"}),
    ("50(1) obvious", {"interacts": "yes", "obviously_ai": "yes"}, {"art-95-minimal"}),
    ("50(2)", CONTENT, {"art-50-2-marking"}),
    ("50(2) standard editing", CONTENT | {"standard_editing": "yes"}, {"art-95-minimal"}),
    ("50(4) deep fakes", CONTENT | {"deep_fake": "yes"}, {"art-50-2-marking", "art-50-4-deep-fake"}),
    ("50(4) public text", CONTENT | {"public_text": "yes"}, {"art-50-2-marking", "art-50-4-public-text"}),
    ("50(4) reviewed text", CONTENT | {"public_text": "yes", "text_reviewed": "yes"}, {"art-50-2-marking"}),
    # Ch. V
    ("53(1)", GPAI | {"training_flop": 1e24}, {"art-53-gpai"}),
    ("51(2) at 10^25", GPAI | {"training_flop": 1e25}, {"art-53-gpai"}),
    ("51(2) above 10^25", GPAI | {"training_flop": 1.01e25}, {"art-53-gpai", "art-51-2-systemic"}),
    ("53(2)", GPAI | {"training_flop": 1e24, "gpai_open": "yes"}, {"art-53-2-gpai-open"}),
    (
        "53(2) never with systemic risk",
        GPAI | {"training_flop": 1e26, "gpai_open": "yes"},
        {"art-53-gpai", "art-51-2-systemic"},
    ),
    ("a modifier over a third", GPAI | {"gpai_origin": "modified", "modification_share": 0.34}, {"art-53-gpai"}),
    ("a modifier under a third", GPAI | {"gpai_origin": "modified", "modification_share": 0.33}, {"art-95-minimal"}),
    ("the model of others", GPAI | {"gpai_origin": "unchanged"}, {"art-95-minimal"}),
    (
        "tiers overlap",
        MEDICAL | {"interacts": "yes"} | CONTENT | GPAI,
        {"annex-i-a-medical-devices", "art-50-1-interaction", "art-50-2-marking", "art-53-gpai"},
    ),
]


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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("infers", "maybe"),
        ("infers", 1),
        ("product", "rocket"),
        ("product", ["toys"]),
        ("areas", "education"),
        ("areas", ["space"]),
        ("training_flop", "-1"),
        ("training_flop", "NaN"),
        ("training_flop", "1e999"),
        ("training_flop", True),
        ("training_flop", 10**400),
        ("nothing_such", "yes"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(AnswersInvalid) as refused:
        read_answers(ACT, {name: value, "influences": "yes"})
    assert list(refused.value.fields) == [name]


def test_answers_are_read_as_forms_and_json_bring_them() -> None:
    raw = {
        "infers": "yes",
        "influences": True,
        "affects_persons": "unknown",
        "gpai_model": None,
        "training_flop": "1e24",
    }
    read_back = {"infers": True, "influences": True, "affects_persons": None, "gpai_model": None, "training_flop": 1e24}
    assert read_answers(ACT, raw) == read_back


SMALL = b"""
id: small
version: "1"
valid_from: "2026-01-01"
instrument: An Act
title: &t { en: a, ro: b, bg: c }
citation_words: { ro: {}, bg: {} }
tiers: { prohibited: *t, high_risk: *t, high_risk_sectoral: *t, derogated: *t, transparency: *t, gpai: *t,
         gpai_systemic: *t, minimal: *t, excluded: *t, not_ai: *t, undetermined: *t }
questions: [{ id: q, type: yes_no_unknown, text: *t }, { id: r, type: yes_no_unknown, text: *t, asked_when: ASKED }]
definitions: { d: DEFINED }
duties: {}
rules: [{ id: one, citation: x, valid_from: "2026-01-01", source_level: LEVEL, when: WHEN, reason: *t, duties: DUTIES }]
contested: []
"""


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("ASKED", "r"),
        ("ASKED", "q and d"),
        ("DEFINED", "d"),
        ("DEFINED", "nowhere"),
        ("WHEN", "nowhere"),
        ("WHEN", '"q ="'),
        ("LEVEL", "verified"),
        ("LEVEL", "guess"),
        ("DUTIES", '[{ from: "2026-01-01", ids: [none] }]'),
    ],
)
def test_a_rule_set_that_leads_nowhere_is_refused(part: str, value: str) -> None:
    good = {"ASKED": "q", "DEFINED": "r", "WHEN": "d", "LEVEL": "S", "DUTIES": "[]"}

    def filled(parts: Mapping[str, str]) -> bytes:
        text = SMALL.decode()
        for name, content in parts.items():
            text = text.replace(name, content)
        return text.encode()

    assert read(filled(good)).rules[0].id == "one"
    with pytest.raises((RulesetError, ValueError)):
        read(filled(good | {part: value}))
