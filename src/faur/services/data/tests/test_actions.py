"""From a description to a contract: what each verb does, who may do it, and what it refuses."""

from datetime import timedelta

import pytest

from faur.kernel import clock
from faur.kernel.actors.actor import Role
from faur.kernel.blobs import ManifestInvalid, blobs, read_manifest, receipt
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import entries_about
from faur.kernel.record.errors import NotCanonical
from faur.services.data.actions.accept_version import accept_version
from faur.services.data.actions.create_dataset import create_dataset
from faur.services.data.actions.edit_dataset import edit_dataset
from faur.services.data.actions.publish_version import MOST_FILES, Uploaded, publish_version
from faur.services.data.actions.refuse_version import refuse_version
from faur.services.data.digests import digest_of_json
from faur.services.data.errors import (
    DatasetInvalid,
    FilesInvalid,
    NameTaken,
    NotPublished,
    PurposeRefused,
    SplitMissing,
    VersionDecided,
)
from faur.services.data.models import Dataset, DatasetVersion
from faur.services.data.public import columns_of, files_of, version_for_use
from faur.services.data.rules import Purpose
from faur.services.data.tests import world
from faur.services.data.tests.world import SYSTEM, acting

pytestmark = pytest.mark.django_db
SHEET, POLICY = world.SHEET, world.POLICY


def test_a_data_set_is_described_and_recorded_on_the_chain_of_its_project(ana, place):
    made = world.dataset(ana, place)
    (entry,) = entries_about(made.uid, "data.create_dataset")
    assert entry.chain == place.uid
    assert entry.claims["licence"] == "CC0-1.0"
    assert entry.claims["policy_digest"] == digest_of_json(made.policy)
    assert made.policy == {
        "permissions": ["evaluation", "training"], "prohibitions": [], "requires_approval": False, "expires_on": None,
    }  # fmt: skip
    assert made.sheet["motivation"] == ""
    with pytest.raises(NameTaken):
        world.dataset(ana, place)
    assert Dataset.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"licence": ""}, "licence"),
        ({"sheet": {}}, "sheet.composition"),
        ({"sheet": {**SHEET, "origin": "  "}}, "sheet.origin"),
        ({"sheet": {**SHEET, "origin": 7}}, "sheet.origin"),
        ({"sheet": {**SHEET, "smell": "none"}}, "sheet.smell"),
        ({"sheet": {**SHEET, "uses": "x" * 10_001}}, "sheet.uses"),
        ({"sheet": {**SHEET, "personal_data": "perhaps"}}, "sheet.personal_data"),
        ({"sheet": {**SHEET, "personal_data": []}}, "sheet.personal_data"),
        ({"sheet": {**SHEET, "personal_data": {}}}, "sheet.personal_data"),
        ({"policy": {}}, "policy.permissions"),
        ({"policy": {"permissions": "training"}}, "policy.permissions"),
        ({"policy": {"permissions": [["training"]]}}, "policy.permissions"),
        ({"policy": {"permissions": ["training", 7]}}, "policy.permissions"),
        ({"policy": {"permissions": ["selling"]}}, "policy.permissions"),
        ({"policy": {**POLICY, "prohibitions": "all"}}, "policy.prohibitions"),
        ({"policy": {**POLICY, "prohibitions": [7]}}, "policy.prohibitions"),
        ({"policy": {**POLICY, "prohibitions": ["x"] * 51}}, "policy.prohibitions"),
        ({"policy": {**POLICY, "prohibitions": ["x" * 501]}}, "policy.prohibitions"),
        ({"policy": {**POLICY, "requires_approval": "yes"}}, "policy.requires_approval"),
        ({"policy": {**POLICY, "expires_on": "soon"}}, "policy.expires_on"),
        ({"policy": {**POLICY, "expires_on": 20271231}}, "policy.expires_on"),
        ({"policy": {**POLICY, "expires_on": "2027-02-30"}}, "policy.expires_on"),
        ({"policy": {**POLICY, "expires_on": ["2027-12-31"]}}, "policy.expires_on"),
        ({"policy": {**POLICY, "loud": True}}, "policy.loud"),
    ],
)
def test_a_description_that_cannot_be_right_is_refused_by_field(ana, place, changes, field):
    with pytest.raises(DatasetInvalid) as refused:
        create_dataset(acting(ana), place, name="cells", description=world.describe(**changes))
    assert field in refused.value.fields
    assert not Dataset.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"sheet": {**SHEET, "uses": "\0"}}, {"sheet": {"\ud800": "x"}}, {"policy": {**POLICY, "x": float("nan")}},
        {"policy": {**POLICY, "prohibitions": ["\ud800"]}}, {"policy": {**POLICY, "requires_approval": 10**30}},
    ],
)  # fmt: skip
def test_what_no_record_can_hold_is_refused(ana, place, changes):
    with pytest.raises(NotCanonical):
        create_dataset(acting(ana), place, name="cells", description=world.describe(**changes))


@pytest.mark.parametrize("name", ["", "ab", "Ab-c", "ab_c", "ab\0c", "-abc", "x" * 81])
def test_a_name_that_no_command_can_say_is_refused(ana, place, name):
    with pytest.raises(DatasetInvalid) as refused:
        create_dataset(acting(ana), place, name=name, description=world.describe())
    assert set(refused.value.fields) == {"name"}


def test_everybody_in_the_project_describes_and_nobody_else(ana, place, mihai, elsewhere):
    steward, member = world.joined(ana, place, "Stela", "steward"), world.joined(ana, place, "Bogdan", "member")
    for name, user in {"by-steward": steward, "by-member": member}.items():
        made = world.dataset(user, place, name=name)
        edit_dataset(acting(user), made, description=world.describe(title="Other cells"))
    with pytest.raises(NotFound):
        world.dataset(mihai, place, name="by-stranger")
    with pytest.raises(NotFound):
        edit_dataset(acting(mihai), made, description=world.describe())
    operator = world.person("Olga", Role.OPERATOR)
    with pytest.raises(Forbidden):
        edit_dataset(acting(operator), made, description=world.describe())


def test_a_changed_policy_leaves_what_was_agreed_before(ana, place):
    made = world.dataset(ana, place)
    contract = world.agreed(ana, place, world.published(ana, made))
    edit_dataset(acting(ana), made, description=world.describe(policy={"permissions": []}))
    assert version_for_use(acting(ana), contract.version.uid, place, Purpose.TRAINING) == contract.version
    assert digest_of_json(made.policy) != contract.policy_digest
    with pytest.raises(PurposeRefused):
        world.agreed(ana, place, contract.version, Purpose.EVALUATION)


def test_files_become_a_version_that_waits_to_be_looked_into(ana, place):
    made = world.dataset(ana, place)
    files = [
        world.uploaded(ana, place, b"a\n1\n", path="b.csv", split="test"),
        world.uploaded(ana, place, path="a.csv"),
    ]
    version = publish_version(acting(ana), made, files=files, note=" First. ")
    assert (version.number, version.state, version.note, version.splits) == (1, "checking", "First.", ["test", "train"])
    assert [file.path for file in read_manifest(blobs(), version.manifest)] == ["a.csv", "b.csv"]
    (entry,) = entries_about(version.uid, "data.publish_version")
    assert entry.claims["manifest"] == version.manifest
    assert world.checking(ana, made).number == 2
    with pytest.raises(NotPublished):
        world.agreed(ana, place, version)
    with pytest.raises(NotPublished):
        version_for_use(acting(ana), version.uid, place, Purpose.TRAINING)


def test_receipts_of_others_or_for_another_project_are_refused_by_file(ana, place, mihai, elsewhere):
    made, good = world.dataset(ana, place), world.uploaded(ana, place, path="good.csv")
    stored = blobs().put([b"a\n1\n"])
    theirs = receipt(mihai.uid, stored, "x.csv", place.uid)
    of_elsewhere = receipt(ana.uid, stored, "x.csv", elsewhere.uid)
    bad = enumerate([theirs, of_elsewhere, "", "é\ud800"])
    files = [good, *(Uploaded(f"{n}.csv", "train", text) for n, text in bad)]
    with pytest.raises(FilesInvalid) as refused:
        publish_version(acting(ana), made, files=files)
    assert set(refused.value.fields) == {f"files.{n}.receipt" for n in (1, 2, 3, 4)}
    assert not DatasetVersion.objects.exists()


def test_a_receipt_lasts_a_week(ana, place, monkeypatch):
    made, file = world.dataset(ana, place), world.uploaded(ana, place)
    later = clock.now() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(FilesInvalid):
        publish_version(acting(ana), made, files=[file])


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"split": "Train"}, FilesInvalid), ({"split": ""}, FilesInvalid), ({"split": "../x"}, FilesInvalid),
        ({"path": "../x.csv"}, ManifestInvalid), ({"path": "/etc/passwd"}, ManifestInvalid),
        ({"path": ""}, ManifestInvalid),
        ({"path": "a\0b"}, ManifestInvalid), ({"path": "a\\b"}, ManifestInvalid),
        ({"path": "x" * 2000}, ManifestInvalid), ({"path": "\ud800"}, ManifestInvalid),
    ],
)  # fmt: skip
def test_parts_and_paths_that_cannot_be_are_refused(ana, place, change, refusal):
    made, file = world.dataset(ana, place), world.uploaded(ana, place)
    told = {"path": file.path, "split": file.split, "receipt": file.receipt, **change}
    with pytest.raises(refusal):
        publish_version(acting(ana), made, files=[Uploaded(**told)])
    assert not DatasetVersion.objects.exists()


def test_a_version_has_files_and_not_too_many_and_each_path_once(ana, place):
    made, file = world.dataset(ana, place), world.uploaded(ana, place)
    for files in ([], [file] * (MOST_FILES + 1), [file, file]):
        with pytest.raises(FilesInvalid) as refused:
            publish_version(acting(ana), made, files=files)
        assert "files" in refused.value.fields


def test_only_the_factory_lets_a_version_in_and_says_it_once(ana, place):
    version = world.checking(ana, world.dataset(ana, place))
    with pytest.raises(Forbidden):
        accept_version(acting(ana), version, found=[world.FOUND])
    with pytest.raises(Forbidden):
        refuse_version(acting(ana), version, code="x", sentence="x")
    stale = DatasetVersion.objects.get(pk=version.pk)
    accept_version(SYSTEM, version, found=[world.FOUND])
    with pytest.raises(VersionDecided):
        accept_version(SYSTEM, stale, found=[world.FOUND])
    with pytest.raises(VersionDecided):
        refuse_version(SYSTEM, stale, code="x", sentence="x")
    (entry,) = entries_about(version.uid, "data.accept_version")
    assert entry.actor_uid == "system"
    assert entry.strength == "observed"
    told = {"path": "t.csv", "split": "train", "size": len(world.CSV), "rows": 2, "columns": 1}
    assert entry.claims["files"] == [{**told, "digest": version.files[0]["digest"]}]
    assert {"dataset", "licence", "sheet_digest", "policy_digest", "policy", "manifest"} <= set(entry.claims)


def test_later_services_get_the_files_and_columns_of_one_part(ana, place):
    version = world.published(ana, world.dataset(ana, place))
    assert [file.path for file in files_of(version, "train")] == ["t.csv"]
    assert [column["name"] for column in columns_of(version, "train")] == ["size"]
    assert columns_of(version, "test") == []
    with pytest.raises(SplitMissing) as refused:
        files_of(version, "test")
    assert "train" in refused.value.hint
