"""The golden cases of the AI Act's classification, for a lawyer to read: answers, and the rules that hold."""

from typing import Any

SYSTEM: dict[str, Any] = {
    "infers": "yes",
    "influences": "yes",
    "role": ["provider"],
    "union_link": "on_market",
    "market_date": "not_yet",
}
MEDICAL = {"product": "medical_devices", "product_safety": "yes", "third_party": "yes", "affects_persons": "yes"}
PERSONS = {"affects_persons": "yes"}
BIOMETRIC = PERSONS | {"processes_biometrics": "yes"}
CREDIT = PERSONS | {"areas": ["essential_services"]}
WORK = PERSONS | {"areas": ["employment"], "employment_uses": ["recruitment"]}
CONTENT = {"generates_content": "yes"}
GPAI = {"gpai_model": "yes", "gpai_origin": "own"}

GOLDEN: list[tuple[str, dict[str, Any], set[str]]] = [
    ("an ordinary system", {}, {"art-95-minimal"}),
    ("hand-written rules are no AI system", {"infers": "no"}, {"art-3-not-ai"}),
    ("nothing uses the output", {"influences": "no"}, {"art-3-not-ai"}),
    ("nothing ties it to the Union", {"union_link": "none"}, {"art-2-1-territory"}),
    ("only its output is used in the Union", {"union_link": "output_used"}, {"art-95-minimal"}),
    ("military", {"exclusion": ["military"]}, {"art-2-3-military"}),
    ("third-country authority", {"exclusion": ["third_country_authority"]}, {"art-2-4-third-country"}),
    ("research alone", {"exclusion": ["research_only"]}, {"art-2-6-research"}),
    ("before the market", {"exclusion": ["pre_market"], "real_world_testing": "no"}, {"art-2-8-pre-market"}),
    ("tested in the real world", {"exclusion": ["pre_market"], "real_world_testing": "yes"}, {"art-95-minimal"}),
    ("a private person", {"exclusion": ["personal"], "role": ["deployer"]}, {"art-2-10-personal"}),
    ("a provider is not private", {"exclusion": ["personal"]}, {"art-95-minimal"}),
    ("open source stays high risk", MEDICAL | {"open_source": "yes"}, {"annex-i-a-medical-devices"}),
    # Art. 5
    ("5(1)(a)", PERSONS | {"manipulates": "yes"}, {"art-5-1-a"}),
    ("5(1)(b)", PERSONS | {"exploits_vulnerability": "yes"}, {"art-5-1-b"}),
    ("5(1)(c)", PERSONS | {"social_scoring": "yes"}, {"art-5-1-c"}),
    ("5(1)(d)", PERSONS | {"crime_profiling": "yes"}, {"art-5-1-d"}),
    ("5(1)(e)", BIOMETRIC | {"face_scraping": "yes"}, {"art-5-1-e"}),
    ("5(1)(f)", PERSONS | {"infers_emotions": "yes", "emotion_place": "work_or_education"}, {"art-5-1-f"}),
    (
        "5(1)(f) for medical reasons",
        PERSONS | {"infers_emotions": "yes", "emotion_place": "work_or_education", "emotion_medical_safety": "yes"},
        {"art-95-minimal"},
    ),
    (
        "5(1)(g), which is categorisation as well",
        BIOMETRIC | {"biometric_categories": "listed"},
        {"art-5-1-g", "annex-iii-1-b", "art-50-3-exposed"},
    ),
    (
        "5(1)(h)",
        BIOMETRIC | {"biometric_recognition": "identification", "real_time_identification": "yes"},
        {"art-5-1-h", "annex-iii-1-a"},
    ),
    (
        "5(1)(h), an authorised exception",
        BIOMETRIC
        | {"biometric_recognition": "identification", "real_time_identification": "yes", "real_time_exception": "yes"},
        {"annex-iii-1-a"},
    ),
    # Art. 6(1)
    ("medical software with a notified body: section A", MEDICAL, {"annex-i-a-medical-devices"}),
    ("medical software without one", MEDICAL | {"third_party": "no"}, {"art-95-minimal"}),
    ("no safety component", MEDICAL | {"product_safety": "no"}, {"art-95-minimal"}),
    ("in vitro diagnostics: A", MEDICAL | {"product": "in_vitro_diagnostics"}, {"annex-i-a-in-vitro-diagnostics"}),
    ("toys: A", MEDICAL | {"product": "toys"}, {"annex-i-a-toys"}),
    ("machinery moved to section B", MEDICAL | {"product": "machinery"}, {"annex-i-b-machinery"}),
    ("motor vehicles: section B", MEDICAL | {"product": "motor_vehicles"}, {"annex-i-b-motor-vehicles"}),
    ("civil aviation: section B", MEDICAL | {"product": "civil_aviation"}, {"annex-i-b-civil-aviation"}),
    # Annex III
    ("1(a) identification", BIOMETRIC | {"biometric_recognition": "identification"}, {"annex-iii-1-a"}),
    ("verification is not", BIOMETRIC | {"biometric_recognition": "verification"}, {"art-95-minimal"}),
    (
        "1(b)",
        BIOMETRIC | {"biometric_categories": "other_protected"},
        {"annex-iii-1-b", "art-50-3-exposed"},
    ),
    (
        "1(c)",
        BIOMETRIC | {"infers_emotions": "yes", "emotion_place": "elsewhere"},
        {"annex-iii-1-c", "art-50-3-exposed"},
    ),
    ("2", {"areas": ["critical_infrastructure"], "infrastructure_safety": "yes"}, {"annex-iii-2"}),
    ("2, no safety component", {"areas": ["critical_infrastructure"]}, {"art-95-minimal"}),
    *[
        (f"{point}({letter})", {"areas": [area], question: [use]}, {f"annex-iii-{point}-{letter}"})
        for point, area, question, uses in [
            (3, "education", "education_uses", {"a": "admission", "b": "outcomes", "c": "level", "d": "tests"}),
            (4, "employment", "employment_uses", {"a": "recruitment", "b": "management"}),
            (5, "essential_services", "service_uses", {"a": "public_benefits", "c": "insurance", "d": "emergency"}),
            (
                6,
                "law_enforcement",
                "law_uses",
                {"a": "victim_risk", "b": "polygraph", "c": "evidence", "d": "offending_risk", "e": "profiling"},
            ),
            (
                7,
                "migration",
                "migration_uses",
                {"a": "polygraph", "b": "entrant_risk", "c": "applications", "d": "identification"},
            ),
            (8, "justice_democracy", "justice_uses", {"a": "judicial", "b": "elections"}),
        ]
        for letter, use in uses.items()
    ],
    ("5(b) creditworthiness", CREDIT | {"credit_use": "creditworthiness"}, {"annex-iii-5-b"}),
    ("finding fraud is not", CREDIT | {"credit_use": "fraud"}, {"art-95-minimal"}),
    # Art. 6(3)
    *[
        (f"6(3) {condition}", WORK | {"derogation": condition, "no_significant_risk": "yes"}, {"art-6-3-derogation"})
        for condition in ("narrow_task", "improves_activity", "detects_patterns", "preparatory")
    ],
    *[
        (
            f"6(3) {condition} with profiling stays high risk",
            WORK | {"derogation": condition, "no_significant_risk": "yes", "profiling": "yes"},
            {"annex-iii-4-a", "art-6-3-profiling"},
        )
        for condition in ("narrow_task", "improves_activity", "detects_patterns", "preparatory")
    ],
    ("6(3) with a significant risk", WORK | {"derogation": "narrow_task"}, {"annex-iii-4-a"}),
    ("6(3) without a condition", WORK | {"derogation": "none", "no_significant_risk": "yes"}, {"annex-iii-4-a"}),
    # Art. 50
    ("50(1)", {"interacts": "yes"}, {"art-50-1-interaction"}),
    ("50(1) obvious", {"interacts": "yes", "obviously_ai": "yes"}, {"art-95-minimal"}),
    ("50(2)", CONTENT, {"art-50-2-marking"}),
    ("50(2) standard editing", CONTENT | {"standard_editing": "yes"}, {"art-95-minimal"}),
    ("50(4) deep fakes", CONTENT | {"deep_fake": "yes"}, {"art-50-2-marking", "art-50-4-deep-fake"}),
    ("50(4) public text", CONTENT | {"public_text": "yes"}, {"art-50-2-marking", "art-50-4-public-text"}),
    ("50(4) reviewed text", CONTENT | {"public_text": "yes", "text_reviewed": "yes"}, {"art-50-2-marking"}),
    # Ch. V
    ("53(1)", GPAI | {"training_flop": 1e24}, {"art-53-gpai"}),
    ("51(2) at 10^25", GPAI | {"training_flop": 1e25}, {"art-53-gpai"}),
    ("51(2) above 10^25", GPAI | {"training_flop": 1.01e25}, {"art-53-gpai", "art-51-2-systemic"}),
    ("53(2)", GPAI | {"training_flop": 1e24, "gpai_open": "yes"}, {"art-53-2-gpai-open"}),
    (
        "53(2) never with systemic risk",
        GPAI | {"training_flop": 1e26, "gpai_open": "yes"},
        {"art-53-gpai", "art-51-2-systemic"},
    ),
    ("a modifier over a third", GPAI | {"gpai_origin": "modified", "modification_share": 0.34}, {"art-53-gpai"}),
    ("a modifier under a third", GPAI | {"gpai_origin": "modified", "modification_share": 0.33}, {"art-95-minimal"}),
    ("the model of others", GPAI | {"gpai_origin": "unchanged"}, {"art-95-minimal"}),
    (
        "tiers overlap",
        MEDICAL | {"interacts": "yes"} | CONTENT | GPAI,
        {"annex-i-a-medical-devices", "art-50-1-interaction", "art-50-2-marking", "art-53-gpai"},
    ),
]
