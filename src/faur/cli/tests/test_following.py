"""A log is followed by events, and every byte is written once, whatever breaks in between."""

import json

import pytest

from faur.cli import following
from faur.cli.following import Follower, show_to_the_end
from faur.cli.output import form
from faur.cli.refusal import Refused
from faur.cli.tests.scripted import Answer, Asked, refusal

EVENTS, LOG = ("GET", "/api/v1/jobs/job_x/events"), ("GET", "/api/v1/jobs/job_x/log")
STREAM = {"Content-Type": "text/event-stream"}
END = 'event: end\ndata: {"state": "completed"}\n\n'


def _part(text: str, after: int) -> str:
    return f"id: {after}\ndata: {json.dumps(text)}\n\n"


def _logged(content: bytes, *, complete: bool = True):
    def answer(asked: Asked) -> Answer:
        offset = int(asked.query["offset"][0])
        headers = {"Faur-Log-Offset": str(len(content)), "Faur-Log-Complete": str(complete).lower()}
        return Answer(content[offset:], headers=headers)

    return answer


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(following, "POLL_SECONDS", 0.01)


def test_the_log_is_written_as_the_events_bring_it(factory, api, capsys):
    state = 'event: state\ndata: {"state": "running"}\n\n'
    body = state + _part("one\n", 4) + _part("two ă\n", 11) + END
    factory.says[EVENTS] = Answer(body.encode(), headers=STREAM)
    Follower(api, "job_x").follow()
    assert capsys.readouterr().out == "one\ntwo ă\n"


def test_a_stream_that_breaks_goes_on_behind_what_came(factory, api, capsys):
    first = _part("one\n", 4).encode()
    factory.says[EVENTS] = [
        Answer(first + b"id: 8\nda", headers={**STREAM, "Content-Length": "1000"}, cut=len(first) + 5),
        Answer((_part("two\n", 8) + END).encode(), headers=STREAM),
    ]
    Follower(api, "job_x").follow()
    assert capsys.readouterr().out == "one\ntwo\n"
    assert [asked.headers["last-event-id"] for asked in factory.asked] == ["0", "4"]


@pytest.mark.parametrize(
    "no_stream", [refusal(404, "not_found"), Answer(b"<html>"), refusal(405, "method_not_allowed")]
)
def test_without_a_stream_it_is_asked_again_and_again(factory, api, capsys, no_stream):
    factory.says[EVENTS] = no_stream
    factory.says[LOG] = [_logged(b"one\n", complete=False), _logged(b"one\n", complete=False), _logged(b"one\ntwo\n")]
    Follower(api, "job_x").follow()
    assert capsys.readouterr().out == "one\ntwo\n"


def test_a_job_that_is_not_there_is_refused(api):
    with pytest.raises(Refused, match="No") as refused:
        Follower(api, "job_x").follow()
    assert refused.value.code == "not_found"


def test_what_is_there_is_written_once(factory, api, capsys):
    factory.says[LOG] = _logged(b"one\n", complete=False)
    Follower(api, "job_x").write_once()
    assert capsys.readouterr().out == "one\n"


def test_for_programs_a_part_is_a_line_with_the_offset_after_it(factory, api, capsys):
    form.as_json = True
    factory.says[EVENTS] = Answer((_part("one\n", 4) + END).encode(), headers=STREAM)
    Follower(api, "job_x").follow()
    assert json.loads(capsys.readouterr().out) == {"offset": 4, "text": "one\n"}


def test_a_run_that_failed_is_shown_and_refused_with_its_reason(factory, api, capsys):
    factory.says[EVENTS] = Answer(END.encode(), headers=STREAM)
    refused_by_program = {"code": "data.single_class", "sentence": "One class only.", "hint": "Bring another."}
    run = {"id": "run_x", "state": "failed", "refusal": refused_by_program}
    factory.says["GET", "/api/v1/runs/run_x"] = Answer(run)
    with pytest.raises(Refused, match="One class only") as refused:
        show_to_the_end(api, "/runs/run_x", "job_x")
    assert (refused.value.code, refused.value.exit_status) == ("data.single_class", 1)
    assert "failed" in capsys.readouterr().out
