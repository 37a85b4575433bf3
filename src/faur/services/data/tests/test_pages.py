"""The pages of data, as people of each role meet them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faur.kernel.actors.actor import Role
from faur.kernel.tasks import drain
from faur.services.data import forms
from faur.services.data.models import Contract, Dataset, DatasetVersion
from faur.services.data.tests import world
from faur.services.data.tests.world import text_of

pytestmark = pytest.mark.django_db


def dataset_form(place=None, **changes):
    told = {
        "title": "Cells", "description": "Of many.", "licence": "CC0-1.0", "sheet.composition": "Four rows.",
        "sheet.origin": "A test.", "sheet.personal_data": "none", "policy.permissions": ["training", "evaluation"],
        "policy.prohibitions": "re-identification\n\nselling", "policy.expires_on": "2099-12-31",
    }  # fmt: skip
    return {**told, **({"project": place.uid, "name": "cells"} if place else {}), **changes}


def version_form(*parts, **changes):
    """What the form of a version sends: parts of a name and files `(path, bytes)`."""
    told = {"parts-TOTAL_FORMS": str(len(parts)), "parts-INITIAL_FORMS": "0", "note": "First."}
    for place, (split, files) in enumerate(parts):
        told[f"parts-{place}-split"] = split
        told[f"parts-{place}-tables"] = [SimpleUploadedFile(path, content) for path, content in files]
    return {**told, **changes}


PAGES = ["/datasets/", "/datasets/new/", "/contracts/", "/datasets/{dts}/", "/datasets/{dts}/edit/"]


@pytest.mark.parametrize("path", [*PAGES, "/datasets/{dts}/versions/new/"])
def test_a_visitor_is_sent_to_log_in(visit, ana, place, path):
    where = path.format(dts=world.dataset(ana, place).uid)
    assert visit(None, where)["Location"] == f"/login/?next={where}"


def test_who_has_no_project_is_told_how_to_get_one(visit):
    mallory = world.person("Mallory")
    assert "No data here" in text_of(visit(mallory, "/datasets/"))
    assert "First a project" in text_of(visit(mallory, "/datasets/new/"))


def test_a_data_set_is_described_with_sheet_and_policy(visit, ana, place):
    shown = text_of(visit(ana, f"/datasets/new/?project={place.uid}"))
    assert "What is a row? How many are there, of what kinds?" in shown
    wrong = visit(ana, "/datasets/new/", dataset_form(place, **{"sheet.composition": "", "name": "A b"}))
    assert (wrong.status_code, "This field is required" in text_of(wrong)) == (422, True)
    wrong = visit(ana, "/datasets/new/", dataset_form(place, name="A b"))
    assert "Lower-case letters, digits and hyphens, beginning with a letter." in text_of(wrong)
    made = visit(ana, "/datasets/new/", dataset_form(place))
    dataset = Dataset.objects.get()
    assert made["Location"] == f"/datasets/{dataset.uid}/versions/new/"
    assert dataset.policy == {
        "permissions": ["evaluation", "training"], "prohibitions": ["re-identification", "selling"],
        "requires_approval": False, "expires_on": "2099-12-31",
    }  # fmt: skip
    twice = visit(ana, "/datasets/new/", dataset_form(place))
    assert (twice.status_code, "has a data set called" in text_of(twice)) == (422, True)
    shown = text_of(visit(ana, f"/datasets/{dataset.uid}/"))
    for word in ("Four rows.", "re-identification", "No version yet", "Publish a version", "CC0-1.0", "2099"):
        assert word in shown, word


def test_the_description_is_changed(visit, ana, place):
    dataset = world.dataset(ana, place)
    assert "Made for a test." in visit(ana, f"/datasets/{dataset.uid}/edit/").content.decode()
    changed = dataset_form(**{"title": "Other cells", "policy.requires_approval": "on", "policy.permissions": []})
    assert visit(ana, f"/datasets/{dataset.uid}/edit/", changed)["Location"] == f"/datasets/{dataset.uid}/"
    dataset.refresh_from_db()
    assert (dataset.title, dataset.policy["permissions"], dataset.terms.requires_approval) == ("Other cells", [], True)


def test_files_are_sent_part_by_part_looked_into_and_published(visit, client, ana, place):
    dataset = world.dataset(ana, place)
    where = f"/datasets/{dataset.uid}/versions/new/"
    assert "faur data push" in text_of(visit(ana, where))
    parts = [
        ("train", [("a.parquet", world.parquet()), ("b.csv", world.CSV)]),
        ("test", [("t.csv", world.CSV)]),
        ("", []),
    ]
    sent = visit(ana, where, version_form(*parts))
    version = DatasetVersion.objects.get()
    page = f"/dataset-versions/{version.uid}/"
    assert sent["Location"] == page
    assert [(file["path"], file["split"]) for file in version.files] == [
        ("a.parquet", "train"), ("b.csv", "train"), ("t.csv", "test"),
    ]  # fmt: skip
    waiting = visit(ana, page).content.decode()
    assert f'hx-get="{page}"' in waiting
    assert "Agree" not in waiting
    assert 'hx-get="/datasets/' in visit(ana, f"/datasets/{dataset.uid}/").content.decode()
    assert "HX-Refresh" not in client.get(page, headers={"HX-Request": "true"})
    drain()
    assert client.get(page, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    shown = visit(ana, page)
    assert "data-live" not in shown.content.decode()
    words = text_of(shown)
    for word in ("a.parquet", "1.5 to 4", "benign (2), malignant (1)", "(25 %)", "4 rows", "Agree"):
        assert word in words, word
    assert "/api/v1/bytes/" in shown.content.decode()


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([("train", [])], "Choose at least one file."),
        ([("", [("a.csv", world.CSV)])], "This is needed."),
        ([("Train", [("a.csv", world.CSV)])], "Lower-case letters, digits, hyphens and underscores."),
        ([("train", [("a.csv", b"")])], "is empty"),
        ([("train", [("a.csv", world.CSV)]), ("test", [("A.csv", world.CSV)])], "The path A.csv comes twice."),
    ],
)
def test_the_form_of_a_version_says_what_cannot_be_right(visit, ana, place, parts, sentence):
    dataset = world.dataset(ana, place)
    refused = visit(ana, f"/datasets/{dataset.uid}/versions/new/", version_form(*parts))
    assert (refused.status_code, sentence in text_of(refused)) == (422, True), text_of(refused)
    assert not DatasetVersion.objects.exists()


def test_a_broken_form_of_a_version_is_refused(visit, ana, place):
    where = f"/datasets/{world.dataset(ana, place).uid}/versions/new/"
    for broken in ({}, {"parts-TOTAL_FORMS": "x"}, {"parts-TOTAL_FORMS": "1000000", "parts-INITIAL_FORMS": "0"}):
        assert visit(ana, where, broken).status_code == 422


def test_more_than_a_page_takes_is_sent_on_the_command_line(visit, ana, place, monkeypatch):
    monkeypatch.setattr(forms, "MOST_BYTES", 10)
    where = f"/datasets/{world.dataset(ana, place).uid}/versions/new/"
    refused = visit(ana, where, version_form(("train", [("a.csv", world.CSV)])))
    assert "command line" in text_of(refused)
    assert refused.status_code == 422


def test_what_is_wrong_with_a_file_is_said_in_words(visit, ana, place):
    dataset = world.dataset(ana, place)
    visit(ana, f"/datasets/{dataset.uid}/versions/new/", version_form(("train", [("bad.csv", b"a,a\n1,2\n")])))
    drain()
    version = DatasetVersion.objects.get()
    shown = text_of(visit(ana, f"/dataset-versions/{version.uid}/"))
    assert "It cannot be used" in shown
    assert "more than one column" in shown
    assert "data.duplicate_column" in shown
    assert "publish another version" in shown


def test_a_project_agrees_and_a_steward_approves_or_declines(visit, ana, place):
    version = world.published(ana, world.dataset(ana, place, requires_approval=True))
    steward, member = world.joined(ana, place, "Stela", "steward"), world.joined(ana, place, "Bogdan", "member")
    page = f"/dataset-versions/{version.uid}/"
    assert "Agree" not in text_of(visit(steward, page)).split("Use it")[1].split("Before")[0]
    for value in ("", "x", f"{place.uid}:selling", "prj_nothing:training"):
        assert visit(member, page, {"agree": value}).status_code == 404, value
    for purpose in ("training", "evaluation"):
        assert visit(member, page, {"agree": f"{place.uid}:{purpose}"}).status_code == 302
    first, second = Contract.objects.order_by("pk")
    assert "Cells 1, training" in text_of(visit(steward, "/"))
    assert "It waits for approval" in text_of(visit(member, f"/contracts/{first.uid}/"))
    assert "Approve" not in text_of(visit(member, f"/contracts/{first.uid}/"))
    for verb in ("approve", "decline"):
        assert visit(member, f"/contracts/{first.uid}/{verb}/").status_code == 403
        assert visit(member, f"/contracts/{first.uid}/{verb}/", {}).status_code == 403
    assert "Approve this contract?" in text_of(visit(steward, f"/contracts/{first.uid}/approve/"))
    assert visit(steward, f"/contracts/{first.uid}/approve/", {})["Location"] == f"/contracts/{first.uid}/"
    assert "Decline this contract?" in text_of(visit(steward, f"/contracts/{second.uid}/decline/"))
    visit(steward, f"/contracts/{second.uid}/decline/", {})
    assert visit(steward, f"/contracts/{first.uid}/decline/").status_code == 409
    shown = text_of(visit(ana, f"/contracts/{first.uid}/"))
    assert "Decided by Stela" in shown
    assert "active" in text_of(visit(ana, "/contracts/?state=active"))
    assert "No contract here" in text_of(visit(ana, "/contracts/?state=pending"))


def test_a_policy_that_was_changed_says_so_on_the_contract(visit, ana, place):
    dataset = world.dataset(ana, place)
    contract = world.agreed(ana, place, world.published(ana, dataset))
    assert "The policy was changed since" not in text_of(visit(ana, f"/contracts/{contract.uid}/"))
    visit(ana, f"/datasets/{dataset.uid}/edit/", dataset_form())
    assert "The policy was changed since" in text_of(visit(ana, f"/contracts/{contract.uid}/"))


def test_shared_data_shows_its_shape_to_all_and_its_values_under_a_contract(visit, ana, place, mihai, elsewhere):
    version = world.published(ana, world.dataset(ana, place, permissions=["training", "sharing"]))
    page = f"/dataset-versions/{version.uid}/"
    shown = visit(mihai, page).content.decode()
    assert "/api/v1/bytes/" not in shown
    assert "1.5" not in text_of(visit(mihai, page))
    assert elsewhere.title in shown
    assert "does not permit this purpose" in shown
    visit(mihai, page, {"agree": f"{elsewhere.uid}:training"})
    shown = visit(mihai, page).content.decode()
    assert "/api/v1/bytes/" in shown
    assert "1.5 to 2.5" in shown
    contract = Contract.objects.get()
    assert visit(ana, f"/contracts/{contract.uid}/").status_code == 200
    assert visit(mihai, f"/contracts/{contract.uid}/").status_code == 200
    assert visit(world.person("Mallory"), f"/contracts/{contract.uid}/").status_code == 404


def test_strangers_find_nothing_and_those_who_inspect_change_nothing(visit, ana, place, mihai):
    dataset = world.dataset(ana, place, requires_approval=True)
    version = world.published(ana, dataset)
    contract = world.agreed(ana, place, version)
    auditor = world.person("Vera", Role.AUDITOR)
    pages = [
        f"/datasets/{dataset.uid}/", f"/dataset-versions/{version.uid}/", f"/contracts/{contract.uid}/",
        f"/datasets/{dataset.uid}/edit/", f"/datasets/{dataset.uid}/versions/new/",
        f"/contracts/{contract.uid}/approve/",
    ]  # fmt: skip
    for path in pages:
        assert visit(mihai, path).status_code == 404, path
        assert visit(mihai, path, {}).status_code in {404, 405}, path
    assert [visit(auditor, path).status_code for path in pages] == [200, 200, 200, 403, 403, 403]
    assert Contract.objects.get().state == "pending"


def test_a_projects_page_shows_its_data_and_its_contracts(visit, ana, place):
    world.agreed(ana, place, world.published(ana, world.dataset(ana, place)))
    shown = text_of(visit(ana, f"/projects/{place.uid}/work/"))
    assert "Data contracts" in shown
    assert "Cells 1, training" in shown
    assert "Your data" in text_of(visit(ana, "/"))


@pytest.mark.parametrize(
    "path", ["/datasets/", "/contracts/", "/datasets/{dts}/", "/dataset-versions/{dsv}/", "/contracts/{con}/", "/"]
)
def test_pages_run_no_more_queries_when_there_are_more_rows(client, ana, place, path):
    made = world.dataset(ana, place)
    version = world.published(ana, made)
    contract = world.agreed(ana, place, version)
    client.force_login(ana)

    def more(rows):
        for _ in range(rows):
            world.agreed(ana, place, world.published(ana, made))
            world.dataset(ana, place, name=f"d{Dataset.objects.count()}-x", permissions=["training", "sharing"])
            lead = world.person(f"P{Dataset.objects.count()}")
            Contract.objects.create(
                version=version, project=world.project(lead).project, purpose="training", state="active",
                policy_digest="sha256:x", agreed_by=lead.uid,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as ran:
            assert client.get(path.format(dts=made.uid, dsv=version.uid, con=contract.uid)).status_code == 200
        return len(ran)

    assert more(2) == more(5) <= world.MOST_QUERIES
