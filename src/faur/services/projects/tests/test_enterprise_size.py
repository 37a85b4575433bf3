"""The size of an enterprise, case by case, as a lawyer would put them (Recommendation 2003/361/EC, annex)."""

from fractions import Fraction

import pytest
from django.utils.translation import override

from faur.services.projects.explanations import explain
from faur.services.projects.rules import Figures, Ground, Holding, Size, enterprise_size

MILLION = 1_000_000
PLENTY = 900 * MILLION


def own(staff, turnover=0, balance=0):
    return Figures(Fraction(staff), Fraction(turnover), Fraction(balance))


def held(percent, staff, turnover=0, balance=0, name="Other"):
    return Holding(name, Fraction(percent), own(staff, turnover, balance))


ALONE = [
    ("nobody yet, nothing sold: a new start-up", own(0), Size.MICRO),
    ("nine people and two million: the edge of micro", own(9, 2 * MILLION, 2 * MILLION), Size.MICRO),
    ("ten people are too many for micro, however little they sell", own(10, 1, 1), Size.SMALL),
    ("turnover over two million, balance sheet under: either is enough", own(9, 3 * MILLION, 2 * MILLION), Size.MICRO),
    ("one euro over in both: no longer micro", own(9, 2 * MILLION + 1, 2 * MILLION + 1), Size.SMALL),
    ("forty-nine people and ten million: the edge of small", own(49, 10 * MILLION, 10 * MILLION), Size.SMALL),
    ("turnover over ten million, balance sheet under", own(49, 12 * MILLION, 9_900_000), Size.SMALL),
    ("both over ten million", own(49, 10 * MILLION + 1, 10 * MILLION + 1), Size.MEDIUM),
    ("fifty people are too many for small", own(50, 1, 1), Size.MEDIUM),
    ("the edge of medium by turnover alone", own(249, 50 * MILLION, PLENTY), Size.MEDIUM),
    ("the edge of medium by balance sheet alone", own(249, PLENTY, 43 * MILLION), Size.MEDIUM),
    ("fifty million does not do for the balance sheet", own(249, 50 * MILLION + 1, 43 * MILLION + 1), Size.LARGE),
    ("two hundred and fifty people are too many, whatever the rest", own(250, 0, 0), Size.LARGE),
]

TIED = [
    ("a partner at one third counts by a third: 40 + 20", own(40), [held("33.33", 60)], Size.MEDIUM),
    ("a partner at a quarter counts by a quarter: 40 + 10", own(40), [held(25, 40)], Size.MEDIUM),
    ("just below a quarter does not count at all", own(40), [held("24.99", 4000)], Size.SMALL),
    ("exactly half is still a partner: 40 + 5", own(40), [held(50, 10)], Size.SMALL),
    ("over half is linked and counts in full: 40 + 10", own(40), [held("50.01", 10)], Size.MEDIUM),
    ("a subsidiary counts in full", own(40), [held(100, 300)], Size.LARGE),
    ("two partners add up: 40 + 5 + 5", own(40), [held(25, 20), held(25, 20)], Size.MEDIUM),
    ("a partner's money counts as well", own(9, MILLION, MILLION), [held(50, 0, 4 * MILLION, 4 * MILLION)], Size.SMALL),
    ("parts of people are not rounded: 9 + 0.75 is below ten", own(9), [held(25, 3)], Size.MICRO),
    ("and 9 + 1 is not", own(9), [held(25, 4)], Size.SMALL),
]


@pytest.mark.parametrize(("why", "figures", "expected"), ALONE, ids=[case[0] for case in ALONE])
def test_an_enterprise_alone_is_sized_by_its_own_figures(why, figures, expected):
    assert enterprise_size(figures).size == expected


@pytest.mark.parametrize(("why", "figures", "holdings", "expected"), TIED, ids=[case[0] for case in TIED])
def test_holdings_count_in_proportion_or_in_full(why, figures, holdings, expected):
    assert enterprise_size(figures, holdings).size == expected


def test_an_enterprise_that_public_bodies_control_by_a_quarter_is_no_sme():
    sizing = enterprise_size(own(5), public_control=True)
    assert sizing.size == Size.LARGE
    assert [reason.article for reason in sizing.reasons] == ["4(1)", "3(4)"]


def test_the_reasons_tell_the_calculation_step_by_step():
    sizing = enterprise_size(own(40), [held("33.33", 60, name="Holding SA"), held("10", 5000, name="Bank")])
    assert [reason.ground for reason in sizing.reasons] == [
        Ground.OWN,
        Ground.PARTNER,
        Ground.BELOW_A_QUARTER,
        Ground.WITHIN,
    ]
    assert sizing.figures.staff == Fraction("59.998")
    with override("en"):
        lines = explain(sizing)
    assert "Holding SA is a partner enterprise (33.33 %)" in lines[1].text
    assert lines[1].citation == "Recommendation 2003/361/EC, annex, art. 6(2)"
    assert "60" in lines[3].text
    assert "medium-sized enterprise has fewer than 250 staff" in lines[3].text
    assert lines[-1].citation.endswith("4(2)")


def test_every_size_but_the_large_and_the_unknown_is_an_sme():
    assert {size for size in Size if size.is_sme} == {Size.MICRO, Size.SMALL, Size.MEDIUM}
