"""The technical file: what each item rests on, what it says is missing, and that it says nothing else."""

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from faur.services.trust.bindings import BINDINGS
from faur.services.trust.bindings.development import COLUMNS_SHOWN
from faur.services.trust.evaluation_report import results_of
from faur.services.trust.evidence import Column, Declaration, Evidence
from faur.services.trust.requirements import read, shipped
from faur.services.trust.rules import ItemStatus
from faur.services.trust.technical_file import TechnicalFile
from faur.services.trust.tests.example import RECORDED, dataset, evidence, ref, run, technical_file
from faur.services.trust.words import LANGUAGES

SCHEMA = json.loads((files("faur.services.trust") / "technical-file.schema.json").read_bytes())
ITEMS = [*(f"1{letter}" for letter in "abcdefgh"), *(f"2{letter}" for letter in "abcdefgh"), *"3456789"]


def statuses(file: TechnicalFile) -> dict[str, str]:
    return {item.requirement.id: item.status.value for item in file.items}


def tree(file: TechnicalFile) -> dict[str, Any]:
    return json.loads(file.to_json())


def item(file: TechnicalFile, name: str) -> dict[str, Any]:
    return next(each for each in tree(file)["items"] if each["id"] == name)


def test_every_item_of_annex_iv_is_there_with_a_binding_that_exists() -> None:
    assert [requirement.id for requirement in shipped().items] == ITEMS
    assert {requirement.binding for requirement in shipped().items} == set(BINDINGS)


def test_the_statuses_of_a_model_that_walked_the_whole_road() -> None:
    assert statuses(technical_file()) == {
        **dict.fromkeys(["1c", "1d", "1e", "2a", "2c", "2g", "2h", "6"], "evidenced"),
        **dict.fromkeys(["1a", "1b", "2b", "2d"], "declared"),
        **dict.fromkeys(["1g", "1h", "2e", "2f", "3", "4", "5", "7", "8", "9"], "missing"),
        "1f": "not_applicable",
    }


def test_without_evidence_every_item_is_missing_and_says_what() -> None:
    file = technical_file(Evidence())
    assert set(statuses(file).values()) == {"missing"}
    assert item(file, "2c")["why"] == "Still to come: a registered model version, the computation used for training."
    assert item(file, "4")["why"] == "Still to come: the text of a person."
    assert all(not each["blocks"] and not each["evidence"] for each in tree(file)["items"])


@pytest.mark.parametrize(
    ("gone", "items"),
    [
        ("provider", {"1a"}),
        ("recipe", {"2a"}),
        ("run", {"1c", "2a", "2c", "2g"}),
        ("datasets", {"2d"}),
        ("commitment", {"2g"}),
        ("evaluations", {"2g"}),
        ("promotion", {"2g"}),
        ("endpoints", {"1e"}),
        ("model", {"1a", "2c", "2h", "6"}),
    ],
)
def test_an_item_whose_evidence_is_gone_is_missing(gone: str, items: set[str]) -> None:
    empty = () if gone in {"datasets", "evaluations", "endpoints"} else None
    before, after = statuses(technical_file()), statuses(technical_file(evidence(**{gone: empty})))
    assert {name for name in ITEMS if before[name] != after[name]} == items
    assert {after[name] for name in items} == {"missing"}


def test_thresholds_that_came_after_the_run_do_not_count() -> None:
    late = replace(run(), start_ref=ref(6, "training.start_run"))
    found = item(technical_file(evidence(run=late)), "2g")
    assert found["status"] == "missing"
    assert found["why"] == "Still to come: thresholds committed before the training run."


def test_an_order_in_another_chain_proves_nothing() -> None:
    elsewhere = replace(run(), start_ref=ref(8, "training.start_run", chain="prj_other"))
    assert item(technical_file(evidence(run=elsewhere)), "2g")["status"] == "missing"


def test_what_a_person_wrote_stands_with_their_name_and_only_as_declared() -> None:
    found = item(technical_file(), "2b")
    assert found["status"] == "declared"
    assert found["blocks"][-1]["by"] == "Ana Ionescu, lead · 2026-11-28 20:23 UTC"
    assert found["blocks"][-1]["rests_on"] == [found["evidence"][-1]["entry"]]


def test_a_declaration_for_an_item_that_lacks_facts_says_so() -> None:
    said = Declaration("On the factory's processors.", "Ana Ionescu, lead", ref(24, "trust.declare_item", "declared"))
    found = item(technical_file(evidence(endpoints=(), declarations={"1e": said})), "1e")
    assert (found["status"], "Still to come: the hardware that it is served on." in found["why"]) == ("declared", True)


def test_every_block_rests_on_entries_that_the_item_lists() -> None:
    for each in tree(technical_file())["items"]:
        listed = {entry["entry"] for entry in each["evidence"]}
        used = {entry for block in each["blocks"] for entry in block["rests_on"]}
        assert used == listed


def test_coverage_counts_every_item_once_and_no_share_is_ever_given() -> None:
    file = technical_file()
    assert sum(file.coverage.values()) == len(ITEMS)
    assert tree(file)["gaps"] == [name for name in ITEMS if statuses(file)[name] == ItemStatus.MISSING]
    assert "compliant" not in file.to_json().decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_has_the_shape_of_its_schema_in_every_language(language: str) -> None:
    jsonschema.validate(tree(technical_file(language=language)), SCHEMA, jsonschema.Draft202012Validator)
    jsonschema.validate(tree(technical_file(Evidence(), language)), SCHEMA, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_evidence_gives_the_recorded_bytes(language: str) -> None:
    """Record anew, when the change is meant, with `python -m faur.services.trust.tests.example`."""
    recorded = (RECORDED / f"technical-file.{language}.json").read_bytes()
    assert technical_file(language=language).to_json() == recorded


def test_a_language_that_the_factory_does_not_speak_becomes_english() -> None:
    assert tree(technical_file(language="de"))["language"] == "en"


def test_what_no_format_can_carry_becomes_the_replacement_character() -> None:
    said = Declaration("a\x00b\ud800c", "A\x00", ref(24, "trust.declare_item", "declared"))
    found = item(technical_file(evidence(declarations={"4": said})), "4")
    assert (found["blocks"][0]["text"], found["blocks"][0]["by"]) == (
        "a\ufffdb\ufffdc",
        "A\ufffd · 2026-11-28 20:24 UTC",
    )


def test_a_data_set_of_thousands_of_columns_says_how_many_it_does_not_list() -> None:
    wide = replace(dataset("training", "train", 9), columns=tuple(Column(f"c{n}", "double", 0) for n in range(5000)))
    blocks = item(technical_file(evidence(datasets=(wide,))), "2d")["blocks"]
    assert max(len(block.get("rows", [])) for block in blocks) == COLUMNS_SHOWN
    assert "4\u202f800 more columns are in the profile of this version." in [block.get("text") for block in blocks]


def test_percent_signs_in_what_people_wrote_are_text() -> None:
    said = Declaration("100 %(lacks)s %s", "%(by)s", ref(24, "trust.declare_item", "declared"))
    assert item(technical_file(evidence(declarations={"4": said})), "4")["blocks"][0]["text"] == "100 %(lacks)s %s"


def test_requirements_that_break_their_schema_are_refused() -> None:
    with pytest.raises(jsonschema.ValidationError):
        read(b"{id: x, version: '1', title: {en: a, ro: b, bg: c}, groups: []}")


def test_figures_carry_the_threshold_that_judges_them_and_thresholds_without_a_figure_are_kept() -> None:
    report = json.loads((RECORDED / "evaluation.json").read_bytes())
    results = results_of(report)
    judged = {(each.metric, each.slice): each.status for each in results if each.threshold}
    assert judged == {
        ("roc_auc", ""): "pass",
        ("recall_spread", "radius"): "pass",
        ("roc_auc_under_noise", "noise=0.1"): "pass",
        ("rmse", ""): "not_applicable",
    }
    assert len(results) == len(report["results"]) + 1
    assert {each.status for each in results if not each.threshold} == {None, "inconclusive"}


def test_a_figure_under_two_thresholds_stands_once_for_each() -> None:
    report = json.loads((RECORDED / "evaluation.json").read_bytes())
    stricter = report["thresholds"][0] | {"id": "stricter", "value": 0.999, "status": "fail"}
    results = results_of(report | {"thresholds": [*report["thresholds"], stricter]})
    assert [each.status for each in results if (each.metric, each.slice) == ("roc_auc", "")] == ["pass", "fail"]
