"""Hours and days become seconds and dates; PSI/J's words become the API's."""

from datetime import UTC, datetime

import pytest

from faur.cli import orders
from faur.cli.refusal import Misused, Refused

BEGUN = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def test_hours_stand_for_the_amount():
    assert orders.wish({"title": "A", "hours": 1.5}) == {"title": "A", "amount": 5400}
    assert orders.wish({"title": "A", "amount": 7}) == {"title": "A", "amount": 7}


def test_hours_and_amount_at_once_say_two_things():
    with pytest.raises(Refused, match="say the same"):
        orders.wish({"hours": 1, "amount": 7})


@pytest.mark.parametrize("hours", ["ten", True, None, float("inf"), float("nan")])
def test_hours_that_are_no_number_are_refused(hours):
    with pytest.raises(Refused, match="must be a number"):
        orders.wish({"hours": hours})


def test_days_stand_for_a_pools_dates():
    assert orders.pool({"title": "A", "capacity_hours": 2, "days": 31}, BEGUN) == {
        "title": "A",
        "capacity": 7200,
        "starts_on": "2026-12-01",
        "ends_on": "2027-01-01",
    }
    dated = {"starts_on": "2027-01-01", "ends_on": "2027-02-01", "capacity": 5}
    assert orders.pool(dated, BEGUN) == dated


def test_days_stand_for_a_calls_times_and_it_opens_at_once():
    order = orders.call({"max_hours": 1, "days": 1}, BEGUN)
    assert order["max_amount"] == 3600
    assert datetime.fromisoformat(order["opens_at"]) < BEGUN < datetime.fromisoformat(order["closes_at"])


@pytest.mark.parametrize("days", [0, -1, 1e9])
def test_days_out_of_this_world_are_refused(days):
    with pytest.raises(Refused, match="`days` must lie between"):
        orders.pool({"days": days}, BEGUN)


def test_a_job_may_be_said_in_psi_js_words():
    psi_j = {
        "name": "Count",
        "executable": "python3",
        "arguments": ["-c", "print(1)"],
        "resources": {"node_count": 1, "process_count": 1, "cpu_cores_per_process": 2, "memory": "4GiB"},
        "attributes": {"duration": "00:10:00"},
    }
    assert orders.job(psi_j) == {
        "title": "Count",
        "executable": "python3",
        "arguments": ["-c", "print(1)"],
        "resources": {"cores": 2, "memory": 4 << 30},
        "duration": 600,
    }


def test_a_job_may_be_said_in_the_apis_words():
    order = {"title": "Count", "executable": "true", "resources": {"cores": 1, "gpus": 1}, "duration": 60}
    assert orders.job(order) == order


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"resources": {"node_count": 2}}, "one process on one node"),
        ({"resources": {"exclusive_node_use": True}}, "No resource is called exclusive_node_use"),
        ({"resources": [1]}, "must be a mapping"),
        ({"attributes": {"queue_name": "fast"}}, "`duration` alone"),
        ({"attributes": "fast"}, "`duration` alone"),
    ],
)
def test_what_a_job_cannot_have_is_refused(order, said):
    with pytest.raises(Refused, match=said):
        orders.job(order)


def test_a_time_that_is_none_is_wrong_usage():
    with pytest.raises(Misused, match="is not a time"):
        orders.job({"duration": "soon"})
