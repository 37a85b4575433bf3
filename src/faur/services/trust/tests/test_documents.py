"""Classes, declarations, technical files and bundles: what a person says, and what is written from the record."""

import io
import json
import zipfile
from datetime import date, timedelta

import psutil
import pytest

from faur.adapters.documents.process import ProcessRenderer
from faur.kernel import clock, wiring
from faur.kernel.actors.actor import Role
from faur.kernel.actors.directory import actor_of, grant
from faur.kernel.actors.models import User
from faur.kernel.blobs import Digest, blobs
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import entries, latest
from faur.kernel.record.verify import main as verify
from faur.kernel.tasks import drain
from faur.services.compute.tests.world import make_world
from faur.services.models.actions.promote_model import promote_model
from faur.services.models.gate import gaps_of
from faur.services.models.rules import Gap
from faur.services.models.tests.world import ended_run, registered
from faur.services.serving.actions.open_endpoint import open_endpoint
from faur.services.trust import errors
from faur.services.trust.actions.classify_model import classify_model
from faur.services.trust.actions.declare_item import declare_item
from faur.services.trust.actions.export_evidence import export_evidence
from faur.services.trust.actions.write_technical_file import ask_technical_file
from faur.services.trust.bundling import _documents
from faur.services.trust.models import Bundle, RiskClassification, TechnicalFile
from faur.services.trust.ports import DocumentNotRendered, Renderer
from faur.services.trust.tests.world import ANSWERS, PROHIBITED, committed, evaluated, held_out


class Plain:
    """Sets nothing: gives the document back, or fails as it was told."""

    def __init__(self, error=None):
        self.error = error

    def render(self, document, document_format):
        if self.error is not None:
            raise self.error
        return document


def today():
    return clock.now().date()


def steward(world):
    user = User.objects.create_user("steward@example.eu", None, name="Steward")
    grant(user, Role.STEWARD, world.project.uid)
    return actor_of(user)


def test_a_classification_is_kept_with_its_answers_rules_and_day(world, model_version):
    made = classify_model(world.lead, model_version.model, answers=ANSWERS, on=today())
    assert made.tiers == ["minimal"]
    said = latest(world.project.uid, "trust.classify")
    assert (said.strength, said.claims["tiers"], said.claims["open_questions"]) == ("declared", ["minimal"], [])
    assert said.claims["answers"]["role"] == ["provider"]
    assert {"rule", "tier", "citation", "source_level"} <= set(said.claims["rules"][0])
    assert gaps_of(model_version) == [Gap.NOT_EVALUATED]


@pytest.mark.parametrize(
    ("answers", "gap"),
    [
        ({}, Gap.CLASSIFICATION_OPEN),
        ({"infers": "unknown"}, Gap.CLASSIFICATION_OPEN),
        ({**ANSWERS, "product": "unknown"}, Gap.CLASSIFICATION_OPEN),
        (PROHIBITED, Gap.PROHIBITED),
    ],
)
def test_what_is_open_or_prohibited_lets_no_version_through(world, model_version, answers, gap):
    classify_model(world.lead, model_version.model, answers=answers, on=today())
    assert gaps_of(model_version) == [Gap.NOT_EVALUATED, gap]


def test_a_number_that_json_cannot_carry_whole_is_kept_as_what_it_is_about(world, model_version):
    answers = {**ANSWERS, "gpai_model": "yes", "gpai_origin": "own", "training_flop": 10**25, "gpai_open": "no"}
    made = classify_model(world.lead, model_version.model, answers=answers, on=today())
    assert made.answers["training_flop"] == 1e25
    assert "gpai" in made.tiers


@pytest.mark.parametrize(
    "answers", [{"unheard": "yes"}, {"infers": "perhaps"}, {"role": "provider"}, {"training_flop": -1}, {"infers": {}}]
)
def test_answers_that_fit_no_question_are_refused(world, model_version, answers):
    with pytest.raises(errors.AnswersInvalid):
        classify_model(world.lead, model_version.model, answers=answers, on=today())
    assert not RiskClassification.objects.exists()


def test_a_day_before_the_law_is_refused(world, model_version):
    with pytest.raises(errors.RulesetDoesNotCover):
        classify_model(world.lead, model_version.model, answers=ANSWERS, on=date(2020, 1, 1))


def test_the_text_of_a_declaration_is_not_in_the_record(world, model_version):
    declare_item(world.lead, model_version.model, item="2e", text=" A pathologist reads every sample. ")
    said = latest(world.project.uid, "trust.declare_item")
    assert (said.claims["item"], said.strength) == ("2e", "declared")
    assert b"pathologist reads" not in bytes(said.body)
    for item, text, refusal in (("99", "x", errors.ItemUnknown), ("2e", "  ", errors.TextMissing)):
        with pytest.raises(refusal):
            declare_item(world.lead, model_version.model, item=item, text=text)


def test_strangers_find_nothing_and_stewards_only_take_the_evidence_along(world, model_version):
    stranger, colleague, model = make_world().lead, steward(world), model_version.model
    acts = [
        lambda actor: classify_model(actor, model, answers=ANSWERS, on=today()),
        lambda actor: declare_item(actor, model, item="2e", text="x"),
        lambda actor: ask_technical_file(actor, model_version, language="en"),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act(stranger)
        with pytest.raises(Forbidden):
            act(colleague)
    with pytest.raises(NotFound):
        export_evidence(stranger, world.project)
    assert export_evidence(colleague, world.project).state == "writing"


def test_a_file_that_cannot_be_set_ends_as_an_error_in_words(world, model_version, monkeypatch):
    monkeypatch.setattr("faur.kernel.tasks.retries.Retry.allows", lambda *_: False)
    for trouble in (DocumentNotRendered("pdf", "no font"), RuntimeError("broken")):
        wiring.wire(Renderer, Plain(trouble))
        asked = ask_technical_file(world.lead, model_version, language="en")
        drain()
        asked.refresh_from_db()
        assert (asked.state, bool(asked.message), asked.formats) == ("error", True, {})
    assert not entries(world.project.uid).filter(verb="trust.write_technical_file").exists()


def test_a_file_before_screening_has_nothing_to_describe(world, version):
    from faur.services.models.actions.register_model import register_model
    from faur.services.models.tests.world import naming

    screening = register_model(world.lead, ended_run(world, version), naming=naming())
    with pytest.raises(errors.NotRegistered):
        ask_technical_file(world.lead, screening, language="en")


def document_of(file):
    return json.loads(b"".join(blobs().open(Digest(file.document))))


def test_a_file_of_a_bare_version_says_what_is_missing(world, model_version):
    wiring.wire(Renderer, Plain())
    asked = ask_technical_file(world.lead, model_version, language="ro-MD")
    drain()
    file = TechnicalFile.objects.get(pk=asked.pk)
    assert (file.state, file.language, sum(file.coverage.values())) == ("ready", "ro", 23)
    items = {item["id"]: item for item in document_of(file)["items"]}
    assert items["2g"]["status"] == "missing"
    assert document_of(file)["classification"] is None
    said = latest(world.project.uid, "trust.write_technical_file")
    assert (said.claims["document"], said.claims["coverage"]) == (file.document, file.coverage)


@pytest.fixture
def walked(live_world, live_version, tmp_path):
    """A version that came the whole road, and a file and a bundle of it."""
    world = live_world
    thresholds = committed(world)
    version = registered(world, ended_run(world, live_version))
    evaluated(world, version, thresholds, held_out(world, tmp_path))
    classify_model(world.lead, version.model, answers=ANSWERS, on=today())
    declare_item(world.lead, version.model, item="2e", text="A pathologist reads every sample.")
    promote_model(world.lead, version, reason="It kept every bound.")
    open_endpoint(world.lead, version, name="second-reader")
    wiring.wire(Renderer, ProcessRenderer())
    file = ask_technical_file(world.lead, version, language="en")
    drain()
    bundle = export_evidence(world.lead, world.project)
    drain()
    return world, TechnicalFile.objects.get(pk=file.pk), Bundle.objects.get(pk=bundle.pk)


def test_a_walked_road_is_written_in_every_format_and_proves_itself(walked, tmp_path):
    world, file, bundle = walked
    assert (file.state, sorted(file.formats)) == ("ready", ["docx", "html", "json", "pdf"]), file.message
    pdf = b"".join(blobs().open(Digest(file.formats["pdf"])))
    assert pdf.startswith(b"%PDF")
    document = document_of(file)
    items = {item["id"]: item for item in document["items"]}
    assert (items["2e"]["status"], items["2h"]["status"]) == ("declared", "evidenced")
    assert items["2g"]["status"] == "declared", "it was accepted by a person, and measured before"
    assert document["classification"]["tiers"][0]["id"] == "minimal"
    assert document["system"]["digest"].startswith("sha256:")
    seen = {ref["entry"] for item in document["items"] for ref in item["evidence"]}
    assert all(entry.startswith((world.project.uid, "factory")) for entry in seen)

    assert bundle.state == "ready", bundle.message
    assert bundle.entries == latest(world.project.uid).seq
    path = tmp_path / "evidence.zip"
    path.write_bytes(b"".join(blobs().open(Digest(bundle.digest))))
    names = zipfile.ZipFile(io.BytesIO(path.read_bytes())).namelist()
    assert {f"files/technical-files/{file.uid}.{kind}" for kind in file.formats} <= set(names)
    assert verify([str(path)]) == 0


def test_a_bundle_that_cannot_be_written_says_so(live_world, monkeypatch):
    monkeypatch.setattr("faur.kernel.tasks.retries.Retry.allows", lambda *_: False)
    monkeypatch.setattr("faur.services.trust.bundling.export_bundle", lambda *_: 1 / 0)
    bundle = export_evidence(live_world.lead, live_world.project)
    drain()
    bundle.refresh_from_db()
    assert (bundle.state, bool(bundle.message)) == ("error", True)


def test_a_bundle_of_many_documents_opens_them_one_by_one(world, model_version, monkeypatch):
    documents = [blobs().put([f"document {number}".encode()]).digest for number in range(40)]
    formats = {f"kind{number}": digest for number, digest in enumerate(documents)}
    ready = {"state": TechnicalFile.State.READY, "formats": formats}
    TechnicalFile.objects.create(project=world.project, model_version=model_version, **ready)
    before = open_files()
    given = _documents(Bundle(project=world.project))
    assert (len(given), open_files()) == (40, before)
    assert {b"".join(chunks) for chunks in given.values()} == {f"document {n}".encode() for n in range(40)}


def open_files():
    return psutil.Process().num_fds()


def test_what_was_declared_last_stands_in_the_file(world, model_version):
    wiring.wire(Renderer, Plain())
    for text in ("First.", "Second."):
        declare_item(world.lead, model_version.model, item="2e", text=text)
    declare_item(world.lead, model_version.model, item="1f", text="It has no pictures.", excuses=True)
    asked = ask_technical_file(world.lead, model_version, language="en")
    drain()
    items = {item["id"]: item for item in document_of(TechnicalFile.objects.get(pk=asked.pk))["items"]}
    assert "Second." in json.dumps(items["2e"])
    assert "First." not in json.dumps(items["2e"])
    assert items["1f"]["status"] == "not_applicable"
    assert asked.created_at - clock.now() < timedelta(minutes=1)
