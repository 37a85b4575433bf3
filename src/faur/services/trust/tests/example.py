"""The evidence of one model as the factory would have it, for tests; run as a program it records the file it makes.

python -m faur.services.trust.tests.example
"""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from faur.services.trust.evaluation_report import results_of
from faur.services.trust.evidence import (
    Award,
    Column,
    Contract,
    DatasetVersion,
    Declaration,
    Endpoint,
    Environment,
    Evaluation,
    Evidence,
    EvidenceRef,
    ModelFile,
    ModelVersion,
    Project,
    Promotion,
    Provider,
    Recipe,
    Run,
    Tensor,
    Threshold,
    ThresholdCommitment,
    Usage,
)
from faur.services.trust.requirements import shipped
from faur.services.trust.rules import classify
from faur.services.trust.rulesets import shipped as shipped_ruleset
from faur.services.trust.technical_file import TechnicalFile, assemble

PROJECT = "prj_01kb5q8e3nf6v9x2c4m7t0w1yz"
RECORDED = Path(__file__).parent / "recorded"
WRITTEN = "2026-11-28T21:05:00+00:00"
PURPOSE = (
    "Helps a pathologist to tell benign from malignant breast masses in fine needle aspirates. "
    "It supports the diagnosis and never replaces it."
)
ANSWERS: dict[str, Any] = {
    "infers": True,
    "influences": True,
    "role": frozenset({"provider"}),
    "union_link": "on_market",
    "exclusion": frozenset(),
    "open_source": False,
    "affects_persons": True,
    "manipulates": False,
    "exploits_vulnerability": False,
    "social_scoring": False,
    "crime_profiling": False,
    "processes_biometrics": False,
    "infers_emotions": False,
    "generates_content": False,
    "product": "medical_devices",
    "product_safety": True,
    "third_party": True,
    "areas": frozenset(),
    "interacts": False,
    "market_date": "not_yet",
    "gpai_model": False,
}


def digest(name: str) -> str:
    return f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


def ref(seq: int, verb: str, strength: str = "observed", chain: str = PROJECT) -> EvidenceRef:
    at = f"2026-11-28T20:{seq:02d}:00+00:00"
    return EvidenceRef(chain, seq, digest(f"{chain}{seq}"), verb, strength, at, digest(f"subject {seq}"))


def dataset(role: str, split: str, rows: int) -> DatasetVersion:
    return DatasetVersion(
        uid="dsv_01kb5q8e3nf6v9x2c4m7t0w1aa",
        title="Breast Cancer Wisconsin",
        number=1,
        digest=digest("data"),
        licence="CC-BY-4.0",
        role=role,
        split=split,
        rows=rows,
        ref=ref(4, "data.accept_version"),
        columns=(
            Column("mean radius", "double", 0),
            Column("mean texture", "double", 0),
            Column("worst area", "double", 0),
            Column("malignant", "int64", 0),
        ),
        sheet={
            "motivation": "Diagnosis of breast masses from digitised images of fine needle aspirates.",
            "composition": "569 samples, 357 benign and 212 malignant, thirty measures each.",
            "collection": "Collected at the University of Wisconsin between 1989 and 1991.",
            "personal_data": "none",
        },
        sheet_ref=ref(3, "data.create_dataset", "declared"),
    )


def usage(seq: int, core_seconds: int, elapsed: int) -> Usage:
    return Usage(core_seconds, 0, elapsed, 2, 0, 2 * 1024**3, ref(seq, "compute.end_job"))


def run() -> Run:
    packages = (("scikit-learn", "1.9.1"), ("numpy", "2.4.6"), ("onnx", "1.23.2"))
    return Run(
        uid="run_01kb5q8e3nf6v9x2c4m7t0w1bb",
        parameters={"target": "malignant", "folds": 5, "families": ["logistic", "forest"], "seed": 17},
        seed=17,
        start_ref=ref(8, "training.start_run"),
        usage=usage(10, 1284, 642),
        environment=Environment(digest("lock"), "CPython 3.11.7", packages, "bubblewrap", ref(9, "compute.start_job")),
    )


def model() -> ModelVersion:
    return ModelVersion(
        uid="mdv_01kb5q8e3nf6v9x2c4m7t0w1cc",
        name="breast-mass",
        title="Breast mass classifier",
        number=1,
        digest=digest("model"),
        format="onnx",
        family="logistic regression",
        ref=ref(13, "models.accept_model"),
        files=(ModelFile("model.onnx", digest("onnx"), 3312), ModelFile("model.json", digest("json"), 1804)),
        inputs=(Tensor("features", "float32", "[n, 30]", "thirty measures of a cell nucleus"),),
        outputs=(Tensor("probabilities", "float32", "[n, 2]", "benign, malignant"),),
        purpose=PURPOSE,
        purpose_ref=ref(12, "models.register_model", "declared"),
    )


def declarations() -> dict[str, Declaration]:
    by = "Ana Ionescu, lead"

    def said(seq: int, text: str, *, excuses: bool = False) -> Declaration:
        return Declaration(text, by, ref(seq, "trust.declare_item", "declared"), excuses)

    return {
        "1b": said(21, "It runs by itself behind the endpoint and calls no other system."),
        "1f": said(22, "It is software alone, without a housing to photograph.", excuses=True),
        "2b": said(
            23,
            "Logistic regression was taken over a forest of the same accuracy since its weights can be read. "
            "We assume that images come from the same kind of microscope.\n\nA missed malignant mass is worse than "
            "a false alarm: the threshold of the probability is set at 0.4.",
        ),
    }


def commitment() -> ThresholdCommitment:
    bounds = (
        Threshold("roc_auc", ">=", 0.95),
        Threshold("recall_spread", "<=", 0.2, "radius"),
        Threshold("roc_auc_under_noise", ">=", 0.9, "noise=0.1"),
    )
    return ThresholdCommitment("Before the first run", bounds, ref(7, "trust.commit_thresholds"))


def evaluation() -> Evaluation:
    return Evaluation(
        uid="eva_01kb5q8e3nf6v9x2c4m7t0w1dd",
        evaluator="tabular evaluation",
        dataset="Breast Cancer Wisconsin 1",
        verdict="passed",
        results=results_of(json.loads((RECORDED / "evaluation.json").read_bytes())),
        ref=ref(16, "trust.finish_evaluation"),
        usage=usage(15, 96, 48),
    )


def endpoint() -> Endpoint:
    return Endpoint(
        uid="end_01kb5q8e3nf6v9x2c4m7t0w1ee",
        name="breast-mass",
        protocol="Open Inference Protocol v2",
        engine="ONNX Runtime",
        hardware="CPU, x86-64",
        state="ready",
        ref=ref(20, "serving.endpoint_ready"),
    )


def contract(purpose: str, seq: int) -> Contract:
    return Contract("Breast Cancer Wisconsin 1", purpose, "active", ref(seq, "data.agree_contract", "declared"))


def evidence(**changes: Any) -> Evidence:
    """A model that walked the whole road; `changes` replace what is known of it."""
    added = ref(1, "library.add_recipe", chain="factory")
    known: dict[str, Any] = {
        "provider": Provider("Histologica SRL", "RO", ref(1, "projects.found_project"), "J40/1234/2024"),
        "project": Project(PROJECT, "Earlier diagnosis", ref(1, "projects.found_project")),
        "award": Award("Playground", 720_000, "core-seconds", ref(2, "access.award", chain="factory")),
        "model": model(),
        "datasets": (dataset("training", "train", 455), dataset("evaluation", "test", 114)),
        "contracts": (contract("training", 5), contract("evaluation", 6)),
        "recipe": Recipe("tabular-classification", "1.0.0", digest("recipe"), "Apache-2.0", added),
        "run": run(),
        "commitment": commitment(),
        "evaluations": (evaluation(),),
        "classification_ref": ref(17, "trust.classify", "declared"),
        "promotion": Promotion("Ana Ionescu, lead", "It keeps every threshold.", ref(18, "models.promote_model")),
        "endpoints": (endpoint(),),
        "declarations": declarations(),
    }
    return Evidence(**known | changes)


def technical_file(known: Evidence | None = None, language: str = "en") -> TechnicalFile:
    act = shipped_ruleset()
    classification = classify(act, ANSWERS, date(2026, 11, 28)).described(act, language)
    return assemble(known or evidence(), shipped(), classification, language=language, generated_at=WRITTEN)


def record() -> None:
    """Write the files that the renderers are tested with."""
    RECORDED.mkdir(exist_ok=True)
    for language in ("en", "ro", "bg"):
        (RECORDED / f"technical-file.{language}.json").write_bytes(technical_file(language=language).to_json())


if __name__ == "__main__":
    record()
