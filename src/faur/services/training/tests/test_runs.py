"""A run from its order to its end: checked before it is held for, followed while it runs, and finished once."""

import pytest

from faur.kernel import ledger
from faur.kernel.errors import NotFound
from faur.kernel.record import entries
from faur.kernel.units import HOUR
from faur.services.compute.public import Job
from faur.services.compute.tests.world import make_world, run_until_ended
from faur.services.data.public import ContractMissing, SplitMissing
from faur.services.library.public import ParametersInvalid
from faur.services.projects.public import AllocationExhausted, balance_of
from faur.services.training import queries
from faur.services.training.actions.start_run import Wanted, start_run
from faur.services.training.errors import ColumnMissing, InputsInvalid, SingleClass
from faur.services.training.models import Metric, Run
from faur.services.training.tests.world import order, publish


def test_a_real_recipe_runs_on_real_data_and_leaves_a_model(live_world, live_version, scheduler):
    run = start_run(live_world.lead, live_world.project, order(live_world, live_version))
    run_until_ended(run.job, scheduler=scheduler, seconds=120)
    run = queries.run_for(live_world.lead, run.uid)
    assert run.state == "completed", queries.outputs_of(run)
    assert {"out/model.onnx", "out/model.json", "report/metrics.jsonl"} <= {
        file.path for file in queries.outputs_of(run)
    }
    assert run.metrics["validation/roc_auc"] > 0.9
    assert balance_of(run.job.allocation).held == 0
    verbs = [entry.verb for entry in entries(run.project.uid) if run.uid in str(entry.claims)]
    assert verbs == ["compute.submit_job", "training.start_run", "compute.end_job", "training.finish_run"]
    assert ledger.check() == []


def test_the_record_names_recipe_parameters_and_every_file_that_was_given(world, version):
    run = start_run(world.lead, world.project, order(world, version))
    claims = entries(world.project.uid).filter(verb="training.start_run").get().claims
    train = next(file for file in version.files if file["split"] == "train")
    assert claims["recipe"]["name"] == "tabular-classification"
    assert claims["recipe"]["manifest"] == run.recipe_manifest
    assert claims["seed"] == 7
    assert claims["inputs"] == [
        {
            "name": "train",
            "version": version.uid,
            "manifest": version.manifest,
            "split": "train",
            "files": [train["digest"]],
        }
    ]


def test_only_the_chosen_part_is_given_to_the_program(world, version):
    run = start_run(world.lead, world.project, order(world, version))
    given = [file.path for file in run.job.order.inputs if file.path.startswith("in/")]
    assert given == ["in/train/train.parquet"]


def test_what_the_person_asks_for_goes_before_what_the_recipe_asks_for(world, version):
    run = start_run(world.lead, world.project, order(world, version))
    assert (run.job.cores, run.job.order.duration, run.job.held) == (1, 120, 120)
    assert run.job.order.resources.max_processes >= 2


def refuse(world, wanted, refusal):
    with pytest.raises(refusal) as refused:
        start_run(world.lead, world.project, wanted)
    assert not Run.objects.exists()
    assert not Job.objects.exists()
    assert balance_of(world.allocation).held == 0
    return refused.value


def test_data_without_a_contract_is_refused(world, tmp_path):
    version = publish(world, tmp_path, name="uncontracted", agree=False)
    refuse(world, order(world, version), ContractMissing)


def test_a_part_that_is_not_there_is_refused(world, version):
    refuse(world, order(world, version, split="validation"), SplitMissing)


def test_a_missing_input_is_refused(world, version):
    assert "inputs.train" in refuse(world, order(world, None), InputsInvalid).fields


def test_a_parameter_out_of_range_is_refused(world, version):
    assert "folds" in refuse(world, order(world, version, folds=1), ParametersInvalid).fields


def test_a_target_that_is_no_column_is_refused_with_the_columns_that_are(world, version):
    refusal = refuse(world, order(world, version, target="outcome"), ColumnMissing)
    assert refusal.code == "data.column_missing"
    assert "diagnosis" in refusal.hint


def test_a_target_with_one_class_is_refused(world, version):
    assert refuse(world, order(world, version, target="always"), SingleClass).code == "data.single_class"


def test_an_allocation_too_small_is_refused(world, version):
    wanted = order(world, version)
    refuse(
        world, type(wanted)(**{**_fields(wanted), "wanted": Wanted(cores=2, duration=6 * HOUR)}), AllocationExhausted
    )


def _fields(wanted):
    return {name: getattr(wanted, name) for name in type(wanted).__slots__}


def test_a_stranger_sees_no_run(world, version):
    run = start_run(world.lead, world.project, order(world, version))
    with pytest.raises(NotFound):
        queries.run_for(make_world().lead, run.uid)


def test_a_program_that_refuses_its_input_says_why_on_the_run(live_world, live_version, scheduler):
    run = start_run(live_world.lead, live_world.project, order(live_world, live_version, positive_class="unheard of"))
    run_until_ended(run.job, scheduler=scheduler, seconds=120)
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.refusal_code == "parameter.out_of_range"
    assert run.refusal
    claims = entries(run.project.uid).filter(verb="training.finish_run").get().claims
    assert claims["refusal"] == run.refusal_code


SLOW = """
import json, os, time
with open(os.environ["FAUR_REPORT"] + "/metrics.jsonl", "a") as metrics:
    for step in range(40):
        metrics.write(json.dumps({"key": "training/loss", "value": 1 / (step + 1), "step": step}) + chr(10))
        metrics.write("nonsense" + chr(10) if step % 10 == 0 else "")
        metrics.flush()
        time.sleep(0.08)
    metrics.write(json.dumps({"key": "training/loss", "value": float("nan"), "step": 40}))
"""


def test_metrics_are_there_while_the_run_runs_and_each_line_once(live_world, live_version, scheduler):
    from faur.services.compute.announcements import job_observed

    seen = []
    run = start_run(live_world.lead, live_world.project, order(live_world, live_version))
    Job.objects.filter(pk=run.job.pk).update(spec={**run.job.spec, "arguments": ["-c", SLOW]})

    def look(job: Job) -> None:
        seen.append(Metric.objects.filter(run=run).count())

    job_observed.subscribe(look)
    try:
        run_until_ended(run.job, scheduler=scheduler, seconds=60)
    finally:
        job_observed._listeners.remove(look)
    run.refresh_from_db()
    assert any(0 < count < 41 for count in seen)
    assert Metric.objects.filter(run=run).count() == 41
    assert (run.bad_lines, run.left_out) == (4, 0)
    assert run.metrics == {"training/loss": "NaN"}
    points = queries.points_of(run, "training/loss")
    assert [point.step for point in points] == list(range(41))
    assert (points[-1].value, points[-1].special) == (None, "NaN")


def test_a_long_curve_is_thinned_on_reading_and_ends_with_its_last_point(world, version):
    from faur.services.training.ingest import _store
    from faur.services.training.rules import parse

    run = start_run(world.lead, world.project, order(world, version))
    lines = b"".join(b'{"key": "loss", "value": %d, "step": %d}\n' % (n, n) for n in range(3000))
    assert _store(run, parse(lines, 0, whole=True))
    curve = queries.curves(run, ["loss", "unknown"])["loss"]
    assert 300 <= len(curve.points) <= 501
    assert (curve.points[0], curve.points[-1]) == ((0.0, 0.0), (2999.0, 2999.0))
    assert not _store(Run.objects.get(pk=run.pk).__class__(pk=run.pk, read_to=0), parse(lines, 0, whole=True))


def test_metrics_without_end_are_taken_in_up_to_a_limit(live_world, live_version, scheduler, monkeypatch):
    from faur.services.training import ingest

    monkeypatch.setattr(ingest, "MOST_BYTES", 2000)
    monkeypatch.setattr(ingest, "PIECE", 1000)
    run = start_run(live_world.lead, live_world.project, order(live_world, live_version))
    Job.objects.filter(pk=run.job.pk).update(spec={**run.job.spec, "arguments": ["-c", SLOW.replace("0.08", "0")]})
    run_until_ended(run.job, scheduler=scheduler, seconds=60)
    run.refresh_from_db()
    assert run.state == "completed"
    assert 1500 < run.read_to < 3000
