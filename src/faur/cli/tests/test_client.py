"""One address, one token, and refusals in plain words."""

import pytest

from faur.cli.client import Api, at
from faur.cli.refusal import Refused
from faur.cli.tests.scripted import Answer, Asked, refusal, scripted

NOBODY = "http://127.0.0.1:1"


def test_a_list_is_read_to_its_end_a_page_at_a_time(factory, api):
    def page(asked: Asked) -> Answer:
        number = int(asked.query["page"][0])
        items = [{"id": f"job_{number}{place}"} for place in range(2 if number < 3 else 1)]
        return Answer({"items": items, "total": 5, "page": number, "size": 2})

    factory.says["GET", "/api/v1/jobs"] = page
    assert [job["id"] for job in api.all("/jobs")] == ["job_10", "job_11", "job_20", "job_21", "job_30"]
    assert [asked.query["page"] for asked in factory.asked] == [["1"], ["2"], ["3"]]


def test_what_was_not_said_is_not_asked_and_several_are_asked_each(factory, api):
    factory.says["GET", "/api/v1/runs/compare"] = Answer({"items": []})
    api.get("/runs/compare", run=["run_a", "run_b"], project="", state=None)
    assert factory.asked[0].query == {"run": ["run_a", "run_b"]}


def test_a_refusal_is_the_factorys_own_document(factory, api):
    factory.says["POST", "/api/v1/pools"] = refusal(422, "invalid", title="It cannot be.", fields={"unit": "unknown"})
    with pytest.raises(Refused) as refused:
        api.post("/pools", {})
    assert (refused.value.code, refused.value.status) == ("invalid", 422)
    assert refused.value.in_words() == "It cannot be.\n  unit: unknown\n(invalid)"


def test_who_is_not_known_is_told_how_to_log_in(factory, api):
    factory.says["GET", "/api/v1/me"] = refusal(401, "unauthenticated", hint="Send a header.")
    with pytest.raises(Refused, match="No") as refused:
        api.get("/me")
    assert f"faur login --url {factory.url}" in refused.value.in_words()


@pytest.mark.parametrize("body", [b"<html>hello</html>", b"[1, 2]", b"\xff\xfe"])
@pytest.mark.parametrize("status", [200, 404, 502])
def test_what_is_no_factory_is_called_none(factory, api, status, body):
    factory.says["GET", "/api/v1/me"] = Answer(body, status)
    with pytest.raises(Refused, match="did not answer as a factory does") as refused:
        api.get("/me")
    assert refused.value.code == "unexpected"


def test_a_factory_that_is_not_running_is_said_to_be_away():
    with pytest.raises(Refused, match="does not answer") as refused:
        Api(NOBODY).get("/me")
    assert refused.value.code == "unreachable"
    assert refused.value.is_passing


def test_a_connection_that_breaks_is_no_stack_trace(factory, api):
    factory.says["GET", "/api/v1/me"] = Answer(b'{"id": "usr_x"}', cut=4)
    with pytest.raises(Refused, match="does not answer"):
        api.get("/me")


@pytest.mark.parametrize(
    "elsewhere", ["http://elsewhere.example/x", "https://elsewhere.example", "//elsewhere.example/x"]
)
def test_a_token_is_not_sent_to_another_address(api, elsewhere):
    with pytest.raises(Refused, match="may lie elsewhere"):
        api.get(elsewhere)


def test_a_redirect_is_told_and_not_followed_with_what_was_posted(factory, api):
    factory.says["POST", "/api/v1/tokens"] = Answer(b"", 308, {"Location": "https://other.example/api/v1/tokens"})
    with pytest.raises(Refused, match=r"sends us to https://other\.example") as refused:
        api.post("/tokens", {"password": "secret"})
    assert refused.value.code == "moved"


def test_bytes_may_lie_elsewhere_and_the_token_stays_behind(factory, api):
    with scripted() as store:
        store.says["GET", "/bytes"] = Answer(b"content")
        factory.says["GET", "/api/v1/bytes/x"] = Answer(b"", 302, {"Location": f"{store.url}/bytes"})
        with api.stream("/bytes/x", seconds=5) as answer:
            assert answer.read() == b"content"
        assert factory.asked[0].headers["authorization"] == "Bearer faur_token"
        assert "authorization" not in store.asked[0].headers


def test_a_proxy_has_nothing_to_do_with_this_machine(factory, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", NOBODY)
    monkeypatch.setenv("NO_PROXY", "")
    factory.says["GET", "/api/v1/me"] = Answer({"id": "usr_x"})
    assert Api(factory.url).get("/me") == {"id": "usr_x"}


def test_what_a_person_gave_stays_one_part_of_the_path():
    assert at("jobs", "../me?x=1#y", "cancel") == "/jobs/..%2Fme%3Fx%3D1%23y/cancel"


def test_what_no_header_can_carry_is_no_token():
    for text in ("tőken", "two\nlines"):
        with pytest.raises(Refused, match="no token"):
            Api(NOBODY, text)


def test_events_are_read_as_the_standard_says(factory, api):
    stream = b': a comment\n\nid: 7\ndata: "one"\n\nevent: state\ndata: {"a":\ndata: 1}\n\ndata: left over'
    factory.says["GET", "/api/v1/jobs/j/events"] = Answer(stream, headers={"Content-Type": "text/event-stream"})
    found = [(event.name, event.id, event.data) for event in api.events("/jobs/j/events", last="3", seconds=5)]
    assert found == [("message", "7", '"one"'), ("state", "7", '{"a":\n1}')]
    assert factory.asked[0].headers["last-event-id"] == "3"


def test_an_idempotency_key_goes_along_where_there_is_one(factory, api):
    factory.says["POST", "/api/v1/runs"] = Answer({"id": "run_x"}, 201)
    api.post("/runs", {"a": 1}, key="once")
    api.post("/runs", {"a": 1})
    assert [asked.headers.get("idempotency-key") for asked in factory.asked] == ["once", None]
