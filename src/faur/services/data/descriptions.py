"""What a person must say of a data set: checked before anything is written, and shown as a form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext as _

from faur.kernel.record import canonical
from faur.services.data import rules
from faur.services.data.errors import DatasetInvalid
from faur.services.data.models import Dataset

Json = dict[str, Any]  # Any: JSON
SHEET_PARTS = ("motivation", "composition", "collection", "preprocessing", "uses", "maintenance", "origin")
NEEDED_PARTS = ("composition", "origin")
POLICY_PARTS = ("permissions", "prohibitions", "requires_approval", "expires_on")
LONGEST = 10_000
MOST_PROHIBITIONS, LONGEST_PROHIBITION = 50, 500
LONGEST_TITLE, LONGEST_LICENCE = 200, 100


@dataclass(frozen=True, slots=True)
class Description:
    """What is told of a data set. `sheet` and `policy` as `Dataset` has them."""

    title: str
    description: str
    licence: str
    sheet: Json = field(default_factory=dict)
    policy: Json = field(default_factory=dict)


def take_over(dataset: Dataset, told: Description) -> None:
    """Let `dataset` say what was told, in its stored form: known fields only, absent ones filled. Nothing is saved.

    Raises:
        DatasetInvalid: names each field that is missing or cannot be right.
        NotCanonical: a value that no record and no database holds.
    """
    canonical({"sheet": told.sheet, "policy": told.policy})
    if faults := {**_head_faults(told), **_sheet_faults(told.sheet), **_policy_faults(told.policy)}:
        raise DatasetInvalid(faults)
    dataset.describe(
        title=told.title.strip(),
        description=told.description.strip(),
        licence=told.licence.strip(),
        sheet=_kept_sheet(told.sheet),
        policy=_kept_policy(told.policy),
    )


def _kept_sheet(sheet: Json) -> Json:
    return {**{part: sheet.get(part, "").strip() for part in SHEET_PARTS}, "personal_data": sheet["personal_data"]}


def _kept_policy(policy: Json) -> Json:
    ends = policy.get("expires_on")
    return {
        "permissions": sorted(set(policy["permissions"])),
        "prohibitions": [text for one in policy.get("prohibitions", []) if (text := one.strip())],
        "requires_approval": policy.get("requires_approval", False),
        "expires_on": date.fromisoformat(ends).isoformat() if ends else None,
    }


def _head_faults(told: Description) -> dict[str, str]:
    longest = {"title": LONGEST_TITLE, "licence": LONGEST_LICENCE}
    said = {name: getattr(told, name).strip() for name in longest}
    faults = {name: _("This is needed.") for name, text in said.items() if not text}
    long = {name: most for name, most in longest.items() if len(said[name]) > most}
    return faults | {name: _("Use %(n)s characters at most.") % {"n": most} for name, most in long.items()}


def _sheet_faults(sheet: Json) -> dict[str, str]:
    faults = {f"sheet.{part}": _("This is needed.") for part in NEEDED_PARTS if not _text(sheet.get(part)).strip()}
    for part, value in sheet.items():
        if part not in {*SHEET_PARTS, "personal_data"}:
            faults[f"sheet.{part}"] = _("There is no such part of a data sheet.")
        elif not isinstance(value, str) or len(value) > LONGEST:
            faults[f"sheet.{part}"] = _("This must be text of at most 10,000 characters.")
    if _text(sheet.get("personal_data")) not in {one.value for one in rules.Personal}:
        faults["sheet.personal_data"] = _("Say none, pseudonymised or personal.")
    return faults


def _policy_faults(policy: Json) -> dict[str, str]:
    known = [one.value for one in rules.Permission]
    faults = {f"policy.{name}": _("There is no such part of a policy.") for name in policy if name not in POLICY_PARTS}
    if not _is_list(policy.get("permissions"), lambda one: one in known):
        faults["policy.permissions"] = _("Choose from: %(known)s.") % {"known": ", ".join(known)}
    if not _is_list(policy.get("prohibitions", []), lambda one: len(one) <= LONGEST_PROHIBITION, MOST_PROHIBITIONS):
        faults["policy.prohibitions"] = _("This must be a list of at most 50 texts of at most 500 characters.")
    if not isinstance(policy.get("requires_approval", False), bool):
        faults["policy.requires_approval"] = _("This must be yes or no.")
    if not _is_day(policy.get("expires_on")):
        faults["policy.expires_on"] = _("This must be a date, as 2027-12-31.")
    return faults


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _is_list(value: object, fits: Callable[[str], bool], most: int = 10) -> bool:
    texts = isinstance(value, list) and len(value) <= most and all(isinstance(one, str) for one in value)
    return texts and all(fits(one) for one in cast("list[str]", value))


def _is_day(value: object) -> bool:
    """A day, or none."""
    if value in (None, ""):
        return True
    try:
        return bool(date.fromisoformat(_text(value)))
    except ValueError:
        return False
