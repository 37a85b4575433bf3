"""Every eligibility rule both ways, and what they say together, as tables that a lawyer can read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from faur.services.access import rules
from faur.services.access.actions.award import months_later
from faur.services.access.modes import associations, modes
from faur.services.access.rules import Association, Facts, Phase, Reason, Terms, Verdict
from faur.services.access.wording import REASONS, RULE_TITLES

DAY = date(2026, 11, 1)
TERMS = Terms(
    organisations=frozenset({"sme", "startup", "large"}),
    free_for=frozenset({"micro", "small", "medium"}),
    months=(1, 2, 3),
    max_amount=1000,
    unit="gpu-seconds",
)
FACTS = Facts(
    kind="sme", country="RO", size="small", amount=900, unit="gpu-seconds", months=3, on=DAY, cap=None, civilian=True,
    contract_lasts=True,
)  # fmt: skip
COUNTRIES = (
    Association("RO", "member-state", date(2021, 1, 1)),
    Association("GB", "horizon-europe", date(2024, 1, 1)),
    Association("XK", "digital-europe", date(2021, 1, 1), until=date(2025, 12, 31)),
)


def told(rule: str, terms: Terms = TERMS, **facts):
    answers = {answer.rule: answer for answer in rules.eligibility(replace(FACTS, **facts), terms, COUNTRIES)}
    return answers[rule].verdict, answers[rule].reason


@pytest.mark.parametrize(
    ("why", "rule", "facts", "verdict", "reason"),
    [
        ("an SME, where SMEs may apply", "organisation_kind", {}, "yes", Reason.KIND_FITS),
        ("a university among enterprises", "organisation_kind", {"kind": "university"}, "no", Reason.KIND_EXCLUDED),
        ("a Member State", "country", {}, "yes", Reason.COUNTRY_MEMBER),
        ("associated since", "country", {"country": "GB"}, "yes", Reason.COUNTRY_ASSOCIATED),
        ("on the first day", "country", {"country": "GB", "on": date(2024, 1, 1)}, "yes", Reason.COUNTRY_ASSOCIATED),
        ("the day before", "country", {"country": "GB", "on": date(2023, 12, 31)}, "no", Reason.COUNTRY_NOT_ASSOCIATED),
        ("on the last day", "country", {"country": "XK", "on": date(2025, 12, 31)}, "yes", Reason.COUNTRY_ASSOCIATED),
        ("the day after", "country", {"country": "XK"}, "no", Reason.COUNTRY_NOT_ASSOCIATED),
        ("never associated", "country", {"country": "US"}, "no", Reason.COUNTRY_NOT_ASSOCIATED),
        ("a size that is free", "size", {"size": "micro"}, "yes", Reason.SIZE_FREE),
        ("a size that pays: a person agrees on that", "size", {"size": "large"}, "unknown", Reason.SIZE_PAYS),
        ("no size known", "size", {"size": "unknown"}, "unknown", Reason.SIZE_UNKNOWN),
        ("civilian as declared", "civilian", {}, "yes", Reason.CIVILIAN),
        ("not declared", "civilian", {"civilian": False}, "no", Reason.NOT_CIVILIAN),
        ("not said yet", "civilian", {"civilian": None}, "unknown", Reason.NOT_SAID),
        ("a limit for GPUs, in cores", "amount", {"amount": 1001, "unit": "core-seconds"}, "yes", Reason.AMOUNT_FITS),
        ("at the limit of the mode", "amount", {"amount": 1000}, "yes", Reason.AMOUNT_FITS),
        ("over the limit of the mode", "amount", {"amount": 1001}, "no", Reason.AMOUNT_OVER),
        ("over the operator's own limit", "amount", {"cap": 899}, "no", Reason.AMOUNT_OVER),
        ("at the operator's own limit", "amount", {"cap": 900}, "yes", Reason.AMOUNT_FITS),
        ("a duration of the mode", "duration", {"months": 1}, "yes", Reason.DURATION_FITS),
        ("longer than the mode", "duration", {"months": 4}, "no", Reason.DURATION_UNFIT),
        ("the contract lasts", "employment", {}, "yes", Reason.CONTRACT_LASTS),
        ("nothing said of the contract", "employment", {"contract_lasts": None}, "unknown", Reason.NOT_SAID),
        ("the contract does not last", "employment", {"contract_lasts": False}, "no", Reason.CONTRACT_SHORT),
    ],
)  # fmt: skip
def test_each_rule_both_ways(why, rule, facts, verdict, reason):
    assert told(rule, **facts) == (verdict, reason), why


def test_where_no_figure_was_published_any_amount_fits():
    assert told("amount", replace(TERMS, max_amount=None), amount=10**15) == ("yes", Reason.AMOUNT_FITS)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (set(), "yes"),
        ({"yes"}, "yes"),
        ({"yes", "unknown"}, "unknown"),
        ({"no", "unknown", "yes"}, "no"),
        ({"no"}, "no"),
    ],
)
def test_one_no_decides_and_what_is_unknown_goes_to_a_person(said, verdict):
    assert rules.verdict_among({Verdict(one) for one in said}) == verdict


def test_every_rule_and_every_reason_has_words():
    answers = rules.eligibility(FACTS, TERMS, COUNTRIES)
    assert [answer.rule for answer in answers] == list(RULE_TITLES)
    assert set(REASONS) == set(Reason)
    assert all(answer.citation for answer in answers)


NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opens", "closes", "is_open", "phase"),
    [
        (-1, 1, True, Phase.OPEN),
        (0, 1, True, Phase.OPEN),
        (1, 2, True, Phase.AHEAD),
        (-2, 0, True, Phase.CLOSED),
        (-2, -1, True, Phase.CLOSED),
        (-1, 1, False, Phase.CLOSED),
        (1, 2, False, Phase.CLOSED),
    ],
)
def test_a_call_takes_applications_from_its_opening_to_just_before_its_end(opens, closes, is_open, phase):
    moments = (NOON + timedelta(hours=hours) for hours in (opens, closes))
    assert rules.phase(*moments, is_open=is_open, at=NOON) is phase


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
        (date(2026, 12, 31), 36, date(2029, 12, 31)),
    ],
)
def test_months_are_counted_by_the_calendar(first, months, last):
    assert months_later(first, months) == last


def test_a_draft_may_be_short_and_open_but_not_of_another_kind():
    form = {
        "type": "object",
        "required": ["a"],
        "additionalProperties": False,
        "properties": {"a": {"type": "string", "minLength": 40, "maxLength": 50}, "b": {"const": True}},
    }
    assert rules.draft_form(form) == {
        "type": "object",
        "additionalProperties": False,
        "properties": {"a": {"type": "string", "maxLength": 50}, "b": {}},
    }


def test_the_modes_on_file_can_be_read_and_a_figure_that_nobody_published_is_none():
    assert set(modes()) == {"playground", "fast-lane"}
    assert modes()["playground"].terms.max_amount is None
    assert all(set(mode.form["required"]) <= set(mode.form["properties"]) for mode in modes().values())
    assert {"civilian", "contract_valid"} <= set(modes()["playground"].form["required"])


def test_the_countries_on_file_hold_norway_and_all_twenty_seven():
    members = {one.country for one in associations() if one.programme == "member-state"}
    assert len(members) == 27
    assert {one.country for one in associations() if one.programme == "horizon-europe"} >= {"NO", "GB", "UA"}
