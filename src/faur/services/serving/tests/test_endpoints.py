"""Endpoints and their keys: who opens them, what is refused, what the record and the gateways hear."""

from datetime import timedelta

import pytest

from faur.kernel import clock
from faur.kernel.actors.actor import Role
from faur.kernel.actors.directory import actor_of, grant
from faur.kernel.actors.models import User, digest_of
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import entries, latest
from faur.services.compute.tests.world import make_world
from faur.services.models.actions.promote_model import retire_model
from faur.services.models.tests.world import ended_run, registered
from faur.services.serving import errors, hot, rules
from faur.services.serving.actions.keys import issue_key, revoke_key
from faur.services.serving.actions.open_endpoint import open_endpoint
from faur.services.serving.actions.portal_key import portal_secret
from faur.services.serving.actions.stop_endpoint import stop_endpoint
from faur.services.serving.hot import Doors, Entrance, Meter, note_failed, note_ready, write_usage
from faur.services.serving.models import Endpoint, Key, TableVersion, UsageWindow
from faur.services.serving.ports import EngineKind
from faur.services.serving.queries import usage_by_hour, usage_in_all
from faur.services.serving.tests.world import opened

KIND = EngineKind(make=lambda: None, name="ONNX Runtime", protocol="v2", hardware="CPU")


def colleague(world, role):
    user = User.objects.create_user(f"{role}@example.eu", None, name="Colleague")
    grant(user, role, "factory" if role in {Role.OPERATOR, Role.AUDITOR} else world.project.uid)
    return actor_of(user)


def test_an_endpoint_is_opened_on_a_promoted_version(world, model_version):
    before = TableVersion.current()
    endpoint = open_endpoint(world.lead, model_version, name="second-reader")
    assert endpoint.state == "starting"
    assert TableVersion.current() > before
    said = latest(world.project.uid, "serving.open_endpoint")
    assert (said.claims["manifest"], said.claims["name"]) == (model_version.manifest, "second-reader")


def test_only_a_promoted_version_is_served(world, version, model_version):
    with pytest.raises(errors.NotPromoted):
        open_endpoint(world.lead, registered(world, ended_run(world, version)), name="other-reader")
    stale = type(model_version).objects.with_origin().get(pk=model_version.pk)
    retire_model(world.lead, model_version, reason="A better one is there.")
    with pytest.raises(errors.NotPromoted):
        open_endpoint(world.lead, stale, name="second-reader")
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("name", ["", "Second Reader", "ab", "../etc", "a" * 51])
def test_a_name_that_cannot_be_part_of_an_address_is_refused(world, model_version, name):
    with pytest.raises(errors.NameInvalid):
        open_endpoint(world.lead, model_version, name=name)


def test_a_name_is_taken_in_the_whole_factory_until_it_is_stopped(world, endpoint, model_version):
    with pytest.raises(errors.NameTaken):
        open_endpoint(world.lead, model_version, name=endpoint.name)
    stop_endpoint(world.lead, endpoint)
    assert open_endpoint(world.lead, model_version, name=endpoint.name).pk != endpoint.pk


def test_a_stranger_finds_nothing_and_a_colleague_without_the_right_is_told_so(world, endpoint, model_version):
    key, _secret = issue_key(world.lead, endpoint, name="x", days=1)
    stranger, steward = make_world().lead, colleague(world, Role.STEWARD)
    acts = [
        lambda actor: open_endpoint(actor, model_version, name="other-reader"),
        lambda actor: issue_key(actor, endpoint, name="x", days=1),
        lambda actor: portal_secret(actor, endpoint),
        lambda actor: revoke_key(actor, key),
        lambda actor: stop_endpoint(actor, endpoint),
    ]
    before = entries(world.project.uid).count()
    for act in acts:
        with pytest.raises(NotFound):
            act(stranger)
        with pytest.raises(Forbidden):
            act(steward)
    assert entries(world.project.uid).count() == before


def test_operators_stop_and_revoke_but_do_not_issue(world, endpoint):
    key, _secret = issue_key(world.lead, endpoint, name="x", days=1)
    operator = colleague(world, Role.OPERATOR)
    with pytest.raises(Forbidden):
        issue_key(operator, endpoint, name="x", days=1)
    revoke_key(operator, key)
    stop_endpoint(operator, endpoint)
    assert Endpoint.objects.get().state == "stopped"


def test_a_secret_is_not_kept(world, endpoint):
    key, secret = issue_key(world.lead, endpoint, name=" nightly ", days=30)
    assert secret.startswith("faur_key_")
    assert (key.name, key.state, key.prefix, key.digest) == ("nightly", "valid", secret[:15], digest_of(secret))
    said = latest(world.project.uid, "serving.issue_key")
    assert said.claims["prefix"] == key.prefix
    assert secret not in bytes(said.body).decode()
    assert abs(key.expires_at - clock.now() - timedelta(days=30)) < timedelta(minutes=1)


@pytest.mark.parametrize("days", [0, -3, 367, 10**30])
def test_a_key_of_another_lifetime_is_refused(world, endpoint, days):
    with pytest.raises(errors.LifetimeInvalid) as refused:
        issue_key(world.lead, endpoint, name="x", days=days)
    assert "days" in refused.value.fields


def test_a_stopped_endpoint_has_no_valid_key_and_gets_none(world, endpoint):
    key, _secret = issue_key(world.lead, endpoint, name="x", days=1)
    stop_endpoint(world.lead, endpoint)
    assert Key.objects.get(pk=key.pk).state == "revoked"
    for issue in (
        lambda: issue_key(world.lead, endpoint, name="x", days=1),
        lambda: portal_secret(world.lead, endpoint),
    ):
        with pytest.raises(errors.EndpointEnded):
            issue()
    with pytest.raises(errors.EndpointEnded):
        stop_endpoint(world.lead, endpoint)


def test_there_are_enough_keys_in_the_end(world, endpoint, monkeypatch):
    monkeypatch.setattr(rules, "MOST_KEYS", 2)
    first, _secret = issue_key(world.lead, endpoint, name="x", days=1)
    issue_key(world.lead, endpoint, name="x", days=1)
    with pytest.raises(errors.TooManyKeys):
        issue_key(world.lead, endpoint, name="x", days=1)
    revoke_key(world.lead, first)
    issue_key(world.lead, endpoint, name="x", days=1)


def test_the_portals_key_is_the_same_until_it_is_revoked_and_never_a_persons(world, endpoint):
    issue_key(world.lead, endpoint, name="portal", days=300)
    first = portal_secret(world.lead, endpoint)
    assert portal_secret(world.lead, endpoint) == first
    revoke_key(world.lead, Key.objects.get(digest=digest_of(first)))
    second = portal_secret(world.lead, endpoint)
    assert second != first
    assert Key.objects.get(digest=digest_of(second)).state == "valid"


def test_a_gateway_lets_in_whom_the_table_names(world, endpoint, model_version):
    _key, secret = issue_key(world.lead, endpoint, name="x", days=1)
    doors = Doors()
    assert doors.refresh()
    assert not doors.refresh()
    assert doors.enter(endpoint.name, secret)[0].manifest == model_version.manifest
    with pytest.raises(errors.EndpointUnknown):
        doors.enter("other-reader", secret)
    for wrong in ("", "faur_key_x"):
        with pytest.raises(errors.KeyUnknown):
            doors.enter(endpoint.name, wrong)
    Key.objects.update(expires_at=clock.now())
    TableVersion.bump()
    doors.refresh()
    with pytest.raises(errors.KeyExpired) as refused:
        doors.enter(endpoint.name, secret)
    assert "key" in refused.value.hint.lower()


def test_a_gateway_notes_once_that_an_engine_answers(world, endpoint):
    note_ready(endpoint.uid, KIND)
    note_ready(endpoint.uid, KIND)
    assert Endpoint.objects.get().state == "ready"
    said = entries(world.project.uid).filter(verb="serving.endpoint_ready")
    assert [entry.claims["engine"]["name"] for entry in said] == ["ONNX Runtime"]
    assert note_failed(endpoint.uid, "The machine is busy.") is False, "what answered once is tried again"
    assert Endpoint.objects.get().state == "ready"


def test_a_gateway_notes_why_an_engine_cannot_serve(world, endpoint):
    assert note_failed(endpoint.uid, "No such operator.") is True
    assert (Endpoint.objects.get().state, Endpoint.objects.get().message) == ("error", "No such operator.")
    assert latest(world.project.uid, "serving.endpoint_failed") is not None


def test_what_was_stopped_meanwhile_is_left_alone(world, endpoint):
    stop_endpoint(world.lead, endpoint)
    before = entries(world.project.uid).count()
    note_ready(endpoint.uid, KIND)
    assert note_failed(endpoint.uid, "x") is True
    note_ready("end_unknown", KIND)
    assert (Endpoint.objects.get().state, entries(world.project.uid).count()) == ("stopped", before)


def test_usage_that_is_written_twice_counts_once(world, endpoint):
    _key, secret = issue_key(world.lead, endpoint, name="x", days=1)
    doors, meter = Doors(), Meter()
    doors.refresh()
    _opened, entrance = doors.enter(endpoint.name, secret)
    for rows, failed in ((3, False), (2, False), (0, True)):
        meter.count(entrance, rows=rows, failed=failed)
    windows = meter.take()
    assert meter.take() == []
    write_usage(windows)
    write_usage(windows)
    assert usage_in_all(endpoint) == {"requests": 3, "rows": 5, "errors": 1, "keys": 1}
    ((_hour, requests, failures),) = usage_by_hour(endpoint)
    assert (requests, failures) == (3, 1)
    UsageWindow.objects.update(minute=clock.now() - timedelta(days=3))
    assert usage_by_hour(endpoint) == []


def test_a_key_has_one_row_a_minute_however_often_it_is_written(world, endpoint, monkeypatch):
    key, _secret = issue_key(world.lead, endpoint, name="x", days=1)
    entrance, meter, began = Entrance(key.pk, endpoint.uid, key.expires_at, revoked=False), Meter(), clock.now()
    for seconds in (0, 1, 2, 59, 60, 61, 600):
        monkeypatch.setattr(clock, "now", lambda s=seconds: began.replace(second=0) + timedelta(seconds=s))
        meter.count(entrance, rows=1, failed=False)
        write_usage(meter.take())
    assert list(UsageWindow.objects.order_by("minute").values_list("requests", flat=True)) == [4, 2, 1]
    assert len(meter.counts) == 1
    other = Meter()
    other.count(entrance, rows=1, failed=False)
    write_usage(other.take())
    assert usage_in_all(endpoint)["requests"] == 8, "each gateway has rows of its own"


def test_two_endpoints_of_one_version_have_keys_of_their_own(world, endpoint, model_version):
    other = opened(world, model_version, "other-reader")
    _key, secret = issue_key(world.lead, other, name="x", days=1)
    doors = hot.Doors()
    doors.refresh()
    with pytest.raises(errors.EndpointUnknown):
        doors.enter(endpoint.name, secret)
