"""A rule set that leads nowhere is refused when it is read, before anyone is classified by it."""

from collections.abc import Mapping

import pytest

from faur.services.trust.rulesets import RulesetError, read

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
