"""How what a run made becomes a version of a model, and what keeps it out."""

import json

import pytest

from faur.adapters.inspectors.sandboxed import SandboxedModelInspector
from faur.kernel import wiring
from faur.kernel.actors.actor import Role
from faur.kernel.actors.directory import actor_of, grant
from faur.kernel.actors.models import User
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import entries, entries_about, latest
from faur.kernel.tasks import drain
from faur.services.compute.rules import State
from faur.services.compute.tests.world import make_world
from faur.services.models.actions.register_model import register_model
from faur.services.models.errors import NameInvalid, RunHasNoModel
from faur.services.models.models import Model, ModelVersion
from faur.services.models.ports import ModelInspector, Screened
from faur.services.models.tests.world import PURPOSE, classifier, description, ended_run, naming, registered


class Finding:
    """Says of every model what it was made to say."""

    def __init__(self, screened):
        self.screened = screened

    def inspect(self, digest, filename):
        if isinstance(self.screened, Exception):
            raise self.screened
        return self.screened


def screened_by(inspector):
    wiring.wire(ModelInspector, inspector)
    drain()


def test_a_registered_version_is_screened_and_let_in(world, run):
    version = register_model(world.lead, run, naming=naming())
    assert version.state == "screening"
    declared = latest(world.project.uid, "models.register_model")
    assert (declared.strength, declared.claims["intended_purpose"]) == ("declared", PURPOSE)
    screened_by(SandboxedModelInspector())
    version.refresh_from_db()
    assert (version.state, version.refusal, version.format) == ("registered", "", "onnx")
    assert [file["path"] for file in version.files] == ["model.json", "model.onnx"]
    assert version.signature["positive_class"] == "malignant"
    seen = latest(world.project.uid, "models.accept_model")
    assert (seen.strength, seen.actor_uid) == ("observed", "system")
    assert seen.claims["manifest"] == version.manifest
    assert seen.claims["recipe"]["name"] == "tabular-classification"
    assert seen.claims["datasets"]["train"]["version"] == run.inputs["train"]["version"]
    assert seen.claims["signature_digest"].startswith("sha256:")
    assert list(entries_about(version.manifest)) == [seen]


@pytest.mark.parametrize(
    ("screened", "code"),
    [
        (Screened(code="model.format_refused", sentence="This is no ONNX model."), "model.format_refused"),
        (RuntimeError("the inspector is broken"), "model.screening_failed"),
    ],
)
def test_what_an_inspector_refuses_or_cannot_look_into_is_refused(world, run, screened, code, monkeypatch):
    monkeypatch.setattr("faur.kernel.tasks.retries.Retry.allows", lambda *_: False)
    version = register_model(world.lead, run, naming=naming())
    screened_by(Finding(screened))
    version.refresh_from_db()
    assert (version.state, version.refusal_code) == ("refused", code)
    assert version.refusal
    assert latest(world.project.uid, "models.refuse_model").claims["code"] == code
    again = register_model(world.lead, run, naming=naming())
    assert again.number == 2


def test_bytes_that_only_look_like_a_model_are_refused(world, version):
    run = ended_run(world, version, weights=b"\x80\x04pickle", described=b"{}")
    made = register_model(world.lead, run, naming=naming())
    screened_by(SandboxedModelInspector())
    made.refresh_from_db()
    assert (made.state, made.manifest, made.files) == ("refused", "", [])
    assert made.refusal_code.startswith("model.")


@pytest.mark.parametrize("described", [b"[]", json.dumps(description(b"another model")).encode()])
def test_a_model_that_describes_itself_wrongly_is_refused(world, version, described):
    run = ended_run(world, version, described=described)
    made = register_model(world.lead, run, naming=naming())
    screened_by(Finding(Screened(format="onnx")))
    made.refresh_from_db()
    assert (made.state, made.refusal_code) == ("refused", "model.signature_invalid")


def test_the_same_run_under_the_same_name_is_one_version(world, run):
    first = register_model(world.lead, run, naming=naming())
    assert register_model(world.lead, run, naming=naming()) == first
    assert register_model(world.lead, run, naming=naming("other-reader")) != first
    assert ModelVersion.objects.count() == 2


def test_what_is_left_empty_stays_as_it_was(world, version, model_version):
    register_model(world.lead, ended_run(world, version), naming=naming(title="", purpose=" "))
    model = Model.objects.get()
    assert (model.title, model.intended_purpose, model.versions.count()) == ("Second reader", PURPOSE, 2)


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED])
def test_a_run_that_did_not_end_well_has_no_model(world, version, state):
    with pytest.raises(RunHasNoModel):
        register_model(world.lead, ended_run(world, version, state=state), naming=naming())
    assert not Model.objects.exists()


def test_a_name_that_cannot_be_part_of_an_address_is_refused(world, run):
    with pytest.raises(NameInvalid):
        register_model(world.lead, run, naming=naming("Second Reader"))


def test_a_stranger_finds_no_run_and_a_colleague_without_the_right_is_told_so(world, run):
    with pytest.raises(NotFound):
        register_model(make_world().lead, run, naming=naming())
    steward = User.objects.create_user("steward@example.eu", None, name="Steward")
    grant(steward, Role.STEWARD, world.project.uid)
    before = entries(world.project.uid).count()
    with pytest.raises(Forbidden):
        register_model(actor_of(steward), run, naming=naming())
    assert entries(world.project.uid).count() == before


def test_a_version_that_was_decided_on_is_not_decided_on_again(world, model_version):
    from faur.services.models.screening import screen_version

    wiring.wire(ModelInspector, Finding(Screened(code="model.format_refused", sentence="No.")))
    before = entries(world.project.uid).count()
    screen_version.enqueue(model_version.pk)
    drain()
    model_version.refresh_from_db()
    assert model_version.state == "registered"
    assert entries(world.project.uid).count() == before


def test_other_bytes_are_another_manifest(world, version, model_version):
    other = ended_run(world, version, weights=classifier(bias=1.0))
    assert registered(world, other).manifest != model_version.manifest
