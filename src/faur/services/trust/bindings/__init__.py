"""The evidence queries: from what the factory knows to what stands under an item. They never write prose by guess."""

from collections.abc import Callable, Mapping

from faur.services.trust.bindings import development, operation, system
from faur.services.trust.content import Draft
from faur.services.trust.evidence import Evidence

Binding = Callable[[Evidence, Draft], None]


def human_text(evidence: Evidence, draft: Draft) -> None:
    """Nothing that the factory could have seen: only a person can write this."""


BINDINGS: Mapping[str, Binding] = {
    "human_text": human_text,
    "intended_purpose": system.intended_purpose,
    "interaction": system.interaction,
    "software_versions": system.software_versions,
    "forms_on_market": system.forms_on_market,
    "hardware": system.hardware,
    "instructions_for_use": system.instructions_for_use,
    "development_steps": development.development_steps,
    "design": development.design,
    "architecture_and_compute": development.architecture_and_compute,
    "data_sheets": development.data_sheets,
    "validation": operation.validation,
    "cybersecurity": operation.cybersecurity,
    "capabilities_and_limits": operation.capabilities_and_limits,
    "risk_management": operation.risk_management,
    "changes": operation.changes,
}
