"""A version is tested on rows that training never saw, against thresholds that cannot change, by a job."""

import json

import pytest

from faur.kernel.actors.actor import Role
from faur.kernel.actors.directory import actor_of, grant
from faur.kernel.actors.models import User
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import entries, entries_about, latest
from faur.services.compute.rules import State
from faur.services.compute.tests.world import make_world
from faur.services.data.errors import ContractMissing, SplitMissing
from faur.services.models.actions.register_model import register_model
from faur.services.models.gate import gaps_of
from faur.services.models.models import ModelVersion
from faur.services.models.rules import Gap
from faur.services.models.tests.world import ended_run, naming, registered
from faur.services.projects.errors import AllocationExhausted
from faur.services.trust import errors
from faur.services.trust.actions.commit_thresholds import commit_thresholds
from faur.services.trust.actions.start_evaluation import Test, start_evaluation
from faur.services.trust.models import Evaluation
from faur.services.trust.promises import Promise
from faur.services.trust.tests.world import ITEMS, SLICES, asked, committed, ended, evaluated, held_out, report


def steward(world):
    user = User.objects.create_user("steward@example.eu", None, name="Steward")
    grant(user, Role.STEWARD, world.project.uid)
    return actor_of(user)


def free_of(world):
    account = world.allocation.account
    account.refresh_from_db()
    return account.free


def test_thresholds_are_committed_word_for_word(world, thresholds):
    said = latest(world.project.uid, "trust.commit_thresholds")
    assert (said.strength, said.actor_uid) == ("declared", world.lead.uid)
    assert (said.claims["items"], said.claims["slices"]) == (ITEMS, SLICES)
    assert list(entries_about(thresholds.digest)) == [said]


def test_thresholds_that_could_judge_nothing_are_refused_with_what_is_wrong(world):
    with pytest.raises(errors.ThresholdsInvalid) as refused:
        commit_thresholds(world.lead, world.project, promise=Promise("T", [{"metric": "luck"}]))
    assert set(refused.value.fields) == {"items.0.metric", "items.0.operator", "items.0.value"}
    assert not entries(world.project.uid).filter(verb="trust.commit_thresholds").exists()


def test_strangers_and_stewards_commit_and_evaluate_nothing(world, thresholds, model_version, data):
    stranger, colleague = make_world().lead, steward(world)
    test = asked(world, thresholds, data)
    for actor, refusal in ((stranger, NotFound), (colleague, Forbidden)):
        with pytest.raises(refusal):
            commit_thresholds(actor, world.project, promise=Promise("T", ITEMS, SLICES))
        with pytest.raises(refusal):
            start_evaluation(actor, model_version, test=test)


def test_the_job_is_given_the_model_the_test_rows_and_the_bounds_and_nothing_else(
    world, thresholds, model_version, data
):
    evaluation = start_evaluation(world.lead, model_version, test=asked(world, thresholds, data))
    given = {file["path"] for file in evaluation.job.spec["inputs"]}
    assert {path for path in given if not path.startswith("program/")} == {
        "in/model/model.json", "in/model/model.onnx", "in/test/test.parquet", "parameters.json",
    }  # fmt: skip
    assert (evaluation.state, evaluation.job.origin, evaluation.job.held) == ("running", evaluation.uid, 15 * 60)
    said = latest(world.project.uid, "trust.start_evaluation")
    assert (said.claims["model"], said.claims["dataset"]) == (model_version.manifest, data.manifest)
    assert said.claims["evaluator"]["manifest"].startswith("sha256:")


def test_rows_that_training_saw_are_refused(world, thresholds, model_version, version):
    from faur.services.data.actions.agree_contract import agree_contract
    from faur.services.data.rules import Purpose

    agree_contract(world.lead, world.project, version=version, purpose=Purpose.EVALUATION)
    for split in ("train", "test"):  # in this world both parts hold the same bytes
        with pytest.raises(errors.TestDataSeen):
            start_evaluation(world.lead, model_version, test=asked(world, thresholds, version, split))
    assert not Evaluation.objects.exists()


def test_what_cannot_be_tested_is_refused_and_holds_nothing(world, thresholds, model_version, data, version, tmp_path):
    other = make_world()
    free = free_of(world)
    cases = [
        (asked(world, committed(other), data), errors.ThresholdsElsewhere),
        (asked(world, thresholds, data, "train"), SplitMissing),
        (asked(world, thresholds, version), ContractMissing),
        (Test(held_out(other, tmp_path).uid, "test", thresholds, world.allocation), NotFound),
        (Test(data.uid, "test", thresholds, other.allocation), NotFound),
        (Test(data.uid, "test", thresholds, make_world(amount=60).allocation), NotFound),
    ]
    for test, refusal in cases:
        with pytest.raises(refusal):
            start_evaluation(world.lead, model_version, test=test)
    assert free_of(world) == free
    assert not Evaluation.objects.exists()


def test_only_registered_bytes_are_tested(world, thresholds, data, version):
    screening = register_model(world.lead, ended_run(world, version), naming=naming())
    with pytest.raises(errors.NotRegistered):
        start_evaluation(world.lead, screening, test=asked(world, thresholds, data))
    ModelVersion.objects.update(state="retired")
    screening.refresh_from_db()
    with pytest.raises(errors.NotRegistered):
        start_evaluation(world.lead, screening, test=asked(world, thresholds, data))


def test_an_allocation_that_is_too_small_is_refused(world, thresholds, model_version, data):
    from faur.services.projects.use import hold_for

    hold_for(world.allocation, free_of(world) - 60, "job_other")
    with pytest.raises(AllocationExhausted):
        start_evaluation(world.lead, model_version, test=asked(world, thresholds, data))


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        ((), "passed"),
        (("pass", "fail"), "failed"),
        (("inconclusive",), "inconclusive"),
        (("error", "pass"), "error"),
        (("not_applicable",), "passed"),
    ],
)
def test_what_was_found_is_judged_kept_and_recorded(world, thresholds, model_version, data, statuses, verdict):
    evaluation = evaluated(world, model_version, thresholds, data, *statuses)
    assert (evaluation.state, evaluation.committed_before_run) == (verdict, True)
    assert len(evaluation.results) == len(evaluation.judged) == 3
    assert evaluation.artefacts[0]["title"] == "Reliability"
    said = latest(world.project.uid, "trust.finish_evaluation")
    assert (said.actor_uid, said.strength) == ("system", "observed")
    assert said.claims["verdict"] == verdict
    assert said.claims["results"][1]["slice"] == "weight=<5"
    assert (said.claims["results"][0]["lo"], said.claims["results"][0]["hi"]) == (0.93, 0.97)
    assert said.claims["thresholds_seq"] < said.seq
    assert said in entries_about(model_version.manifest)
    gaps = {"passed": [Gap.NOT_CLASSIFIED]}.get(verdict, [Gap.EVALUATION_FAILED, Gap.NOT_CLASSIFIED])
    assert gaps_of(model_version) == gaps


def test_thresholds_that_came_after_the_run_let_nothing_through(world, thresholds, model_version, data):
    late = committed(world, title="Lowered")
    evaluation = evaluated(world, model_version, late, data)
    assert (evaluation.state, evaluation.committed_before_run) == ("passed", False)
    assert gaps_of(model_version)[0] == Gap.THRESHOLDS_LATE


def without(document, *names):
    return {name: value for name, value in document.items() if name not in names}


@pytest.mark.parametrize(
    "forge",
    [
        lambda told: {**told, "thresholds": told["thresholds"][:1]},
        lambda told: {**told, "thresholds": [{**one, "value": 0.0} for one in told["thresholds"]]},
        lambda told: {**told, "thresholds": [{**one, "operator": "<="} for one in told["thresholds"]]},
        lambda told: {**told, "thresholds": []},
        lambda told: {**told, "model": {**told["model"], "sha256": "1" * 64}},
        lambda told: without(told, "results"),
        lambda told: {**told, "results": [{**told["results"][0], "value": float("nan")}]},
        lambda told: b"not json",
        lambda told: b"[]",
        lambda told: b"[" * 100_000,
        lambda told: json.dumps(told).encode()[:-1] + b', "evaluator": "a\\u0000b"}',
    ],
)
def test_a_report_that_answers_something_else_is_an_error_and_no_pass(world, thresholds, model_version, data, forge):
    started = start_evaluation(world.lead, model_version, test=asked(world, thresholds, data))
    evaluation = ended(started, forge(report(started)))
    assert (evaluation.state, evaluation.results) == ("error", [])
    assert evaluation.message
    assert latest(world.project.uid, "trust.finish_evaluation").claims["verdict"] == "error"


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED, State.TIMEOUT, State.OUT_OF_MEMORY, State.LOST])
def test_a_job_that_did_not_end_well_is_an_error_in_words(world, thresholds, model_version, data, state):
    started = start_evaluation(world.lead, model_version, test=asked(world, thresholds, data))
    evaluation = ended(started, report(started), state=state)
    assert (evaluation.state, bool(evaluation.message)) == ("error", True)
    assert gaps_of(model_version)[0] == Gap.EVALUATION_FAILED


def test_a_report_that_cannot_be_taken_in_ends_as_an_error(world, thresholds, model_version, data, monkeypatch):
    monkeypatch.setattr("faur.kernel.tasks.retries.Retry.allows", lambda *_: False)
    monkeypatch.setattr("faur.services.trust.listening.report_of", lambda *_: 1 / 0)
    started = start_evaluation(world.lead, model_version, test=asked(world, thresholds, data))
    assert ended(started, report(started)).state == "error"


def test_what_was_finished_is_not_finished_again(world, thresholds, model_version, data):
    from faur.kernel.tasks import drain
    from faur.services.trust.listening import finish

    evaluation = evaluated(world, model_version, thresholds, data)
    before = entries(world.project.uid).count()
    finish.enqueue(evaluation.uid)
    drain()
    assert entries(world.project.uid).count() == before


def test_the_evaluator_measures_a_real_model_on_a_cluster(live_world, live_version, scheduler, tmp_path):
    from faur.kernel.tasks import drain
    from faur.services.compute.tests.world import run_until_ended

    thresholds = committed(live_world)
    version = registered(live_world, ended_run(live_world, live_version))
    test = asked(live_world, thresholds, held_out(live_world, tmp_path))
    started = start_evaluation(live_world.lead, version, test=test)
    run_until_ended(started.job, scheduler=scheduler, seconds=120)
    drain()
    evaluation = Evaluation.objects.get(pk=started.pk)
    assert (evaluation.state, evaluation.message) == ("passed", "")
    assert {one["status"] for one in evaluation.judged} == {"pass"}
    assert {"", "weight", "weight=<5", "weight=>=5", "noise=0.1"} <= {one["slice"] for one in evaluation.results}
    assert all(plot["path"].endswith(".svg") for plot in evaluation.artefacts)
