"""A job's state and log as events: from the beginning or from where one was, to the end, for those who may look."""

import asyncio
import json

import pytest

from faur.services.compute.tests.world import make_world, run_until_ended

TALKATIVE = "import time\nfor n in range(3): print('ție', n, flush=True); time.sleep(0.4)"


@pytest.fixture
def headers(live_world, token_of):
    return token_of(live_world.lead.uid)


@pytest.fixture
def stranger(live_world, token_of):
    return token_of(make_world().lead.uid)


@pytest.fixture
def job(live_world):
    return live_world.submit(TALKATIVE)


def events_of(text: str) -> list[dict[str, str]]:
    """The events of a stream, each with its fields."""
    blocks = [block for block in text.split("\n\n") if block]
    return [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]


def log_of(events: list[dict[str, str]]) -> str:
    return "".join(json.loads(event["data"]) for event in events if "id" in event)


async def test_whoever_watches_sees_the_states_the_whole_log_and_the_end(client, job, headers, scheduler):
    watching = asyncio.create_task(client.get(f"/api/v1/jobs/{job.uid}/events", headers=headers, timeout=60))
    await asyncio.to_thread(run_until_ended, job, scheduler=scheduler)
    answer = await watching
    events = events_of(answer.text)
    states = [json.loads(event["data"])["state"] for event in events if event.get("event") == "state"]
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert states[0] in {"created", "submitted", "pending", "running"}
    assert states[-1] == "completed"
    assert log_of(events) == "ție 0\nție 1\nție 2\n"
    assert json.loads(events[-1]["data"]) == {"state": "completed"}
    assert events[-1]["event"] == "end"


async def test_a_browser_that_comes_back_goes_on_where_it_was(client, job, headers, scheduler):
    await asyncio.to_thread(run_until_ended, job, scheduler=scheduler)
    whole = "ție 0\nție 1\nție 2\n".encode()
    for given in ({"Last-Event-ID": "7"}, {}):
        asked = {} if given else {"offset": "7"}
        answer = await client.get(f"/api/v1/jobs/{job.uid}/events", headers=headers | given, params=asked)
        events = events_of(answer.text)
        assert log_of(events) == whole[7:].decode()
        assert [event["id"] for event in events if "id" in event][-1] == str(len(whole))


async def test_a_job_of_others_is_not_found(client, job, stranger):
    answer = await client.get(f"/api/v1/jobs/{job.uid}/events", headers=stranger)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("offset", ["-1", "x", "9" * 20, "²"])
async def test_an_offset_that_is_no_number_of_bytes_is_refused(client, job, headers, offset):
    answer = await client.get(f"/api/v1/jobs/{job.uid}/events", headers=headers, params={"offset": offset})
    assert (answer.status_code, answer.json()["code"]) == (422, "log.offset_invalid")
