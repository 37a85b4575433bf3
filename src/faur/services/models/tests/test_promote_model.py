"""The gate: a version is used only when the record of its own project shows what must be shown."""

import pytest

from faur.kernel.actors.actor import Role
from faur.kernel.actors.directory import actor_of, grant
from faur.kernel.actors.models import User
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import entries, latest
from faur.services.compute.tests.world import make_world
from faur.services.models import errors
from faur.services.models.actions.promote_model import promote_model, retire_model
from faur.services.models.actions.register_model import register_model
from faur.services.models.gate import gaps_of
from faur.services.models.models import ModelVersion
from faur.services.models.rules import Gap
from faur.services.models.tests.world import classified, ended_run, evaluated, naming, registered

REASON = "It kept every bound."


def test_a_version_is_promoted_on_the_grounds_that_the_record_names(world, model_version):
    test, risk = evaluated(model_version), classified(model_version)
    promote_model(world.lead, model_version, reason=f" {REASON} ")
    assert ModelVersion.objects.get().state == "promoted"
    said = latest(world.project.uid, "models.promote_model")
    assert (said.strength, said.actor_uid) == ("declared", world.lead.uid)
    assert said.claims["reason"] == REASON
    assert (said.claims["evaluation"], said.claims["classification"]) == (str(test), str(risk))


@pytest.mark.parametrize(
    ("test", "tiers", "refusal"),
    [
        (None, ["high_risk"], errors.NotEvaluated),
        ({"verdict": "failed"}, ["high_risk"], errors.EvaluationFailed),
        ({"verdict": "inconclusive"}, ["high_risk"], errors.EvaluationFailed),
        ({"committed_before_run": False}, ["high_risk"], errors.ThresholdsLate),
        ({}, None, errors.NotClassified),
        ({}, ["prohibited"], errors.Prohibited),
        ({}, ["undetermined"], errors.ClassificationOpen),
    ],
)
def test_each_gap_is_refused_in_words(world, model_version, test, tiers, refusal):
    if test is not None:
        evaluated(model_version, **test)
    if tiers is not None:
        classified(model_version, *tiers)
    before = entries(world.project.uid).count()
    with pytest.raises(refusal) as refused:
        promote_model(world.lead, model_version, reason=REASON)
    assert refused.value.message
    assert refused.value.hint
    assert ModelVersion.objects.get().state == "registered"
    assert entries(world.project.uid).count() == before


def test_the_latest_word_counts(world, model_version):
    evaluated(model_version)
    classified(model_version, "minimal")
    assert gaps_of(model_version) == []
    evaluated(model_version, verdict="failed")
    classified(model_version, "prohibited")
    assert gaps_of(model_version) == [Gap.EVALUATION_FAILED, Gap.PROHIBITED]
    evaluated(model_version)
    classified(model_version, "minimal")
    assert gaps_of(model_version) == []


def test_what_another_project_says_of_the_same_bytes_does_not_count(world, model_version):
    evaluated(model_version, chain=make_world().project.uid)
    classified(model_version)
    assert gaps_of(model_version) == [Gap.NOT_EVALUATED]


def test_an_evaluation_of_other_bytes_does_not_count(world, version, model_version):
    from faur.services.models.tests.world import classifier

    other = registered(world, ended_run(world, version, weights=classifier(bias=1.0)))
    evaluated(other)
    classified(model_version)
    assert gaps_of(model_version) == [Gap.NOT_EVALUATED]
    assert gaps_of(other) == []


def test_the_same_bytes_under_another_name_are_meant_for_something_else(world, run, model_version):
    same = registered(world, run, naming("other-reader", purpose="Decides alone."))
    assert same.manifest == model_version.manifest
    evaluated(model_version)
    classified(model_version)
    assert gaps_of(same) == [Gap.NOT_EVALUATED, Gap.NOT_CLASSIFIED]


def test_a_classification_of_another_purpose_does_not_count(world, version, model_version):
    evaluated(model_version)
    classified(model_version, "minimal")
    register_model(world.lead, ended_run(world, version), naming=naming(purpose="Decides alone."))
    model_version.model.refresh_from_db()
    with pytest.raises(errors.PurposeChanged):
        promote_model(world.lead, model_version, reason=REASON)
    classified(model_version, "high_risk")
    promote_model(world.lead, model_version, reason=REASON)


def test_a_person_must_say_why(world, model_version):
    evaluated(model_version)
    classified(model_version)
    with pytest.raises(errors.ReasonMissing):
        promote_model(world.lead, model_version, reason="  ")


def test_a_state_that_was_read_earlier_decides_nothing(world, model_version):
    evaluated(model_version)
    classified(model_version)
    stale = ModelVersion.objects.with_origin().get()
    promote_model(world.lead, model_version, reason=REASON)
    with pytest.raises(errors.StateUnfit):
        promote_model(world.lead, stale, reason=REASON)
    stale = ModelVersion.objects.with_origin().get()
    retire_model(world.lead, model_version, reason="A better one is there.")
    with pytest.raises(errors.StateUnfit):
        retire_model(world.lead, stale, reason="Again.")
    assert ModelVersion.objects.get().state == "retired"
    assert entries(world.project.uid).filter(verb="models.promote_model").count() == 1


def test_only_a_promoted_version_is_retired(world, model_version):
    with pytest.raises(errors.StateUnfit):
        retire_model(world.lead, model_version, reason=REASON)


def test_a_stranger_finds_no_version_and_a_steward_may_not_promote(world, model_version):
    with pytest.raises(NotFound):
        promote_model(make_world().lead, model_version, reason=REASON)
    steward = User.objects.create_user("steward@example.eu", None, name="Steward")
    grant(steward, Role.STEWARD, world.project.uid)
    for verb in (promote_model, retire_model):
        with pytest.raises(Forbidden):
            verb(actor_of(steward), model_version, reason=REASON)
