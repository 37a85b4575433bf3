"""What a person must say of a data set: checked before anything is written, and shown as a form."""

from typing import Any

from django.utils.translation import gettext as _

from faur.services.data import rules
from faur.services.data.errors import DatasetInvalid

Json = dict[str, Any]  # Any: JSON
SHEET_PARTS = ("motivation", "composition", "collection", "preprocessing", "uses", "maintenance", "origin")
NEEDED_PARTS = ("composition", "origin")
LONGEST = 10_000


def checked_sheet_and_policy(sheet: Json, policy: Json) -> tuple[Json, Json]:
    """Both in their stored form: known fields only, absent ones filled.

    Raises:
        DatasetInvalid: names each field that is missing or cannot be right.
    """
    fields = {**_sheet_faults(sheet), **_policy_faults(policy)}
    if fields:
        raise DatasetInvalid(fields)
    kept_sheet = {part: str(sheet.get(part, "")).strip() for part in SHEET_PARTS}
    kept_policy = {
        "permissions": sorted(policy.get("permissions", [])),
        "prohibitions": [str(one) for one in policy.get("prohibitions", [])],
        "requires_approval": bool(policy.get("requires_approval", False)),
        "expires_on": policy.get("expires_on") or None,
    }
    return {**kept_sheet, "personal_data": sheet["personal_data"]}, kept_policy


def _sheet_faults(sheet: Json) -> dict[str, str]:
    faults = {f"sheet.{part}": _("This is needed.") for part in NEEDED_PARTS if not str(sheet.get(part, "")).strip()}
    for part, value in sheet.items():
        if part not in {*SHEET_PARTS, "personal_data"}:
            faults[f"sheet.{part}"] = _("There is no such part of a data sheet.")
        elif not isinstance(value, str) or len(value) > LONGEST:
            faults[f"sheet.{part}"] = _("This must be text of at most 10,000 characters.")
    if sheet.get("personal_data") not in {one.value for one in rules.Personal}:
        faults["sheet.personal_data"] = _("Say none, pseudonymised or personal.")
    return faults


def _policy_faults(policy: Json) -> dict[str, str]:
    known = {one.value for one in rules.Permission}
    faults = {
        f"policy.{name}": _("There is no such part of a policy.")
        for name in policy
        if name not in {"permissions", "prohibitions", "requires_approval", "expires_on"}
    }
    permissions = policy.get("permissions")
    if not isinstance(permissions, list) or not {str(one) for one in permissions} <= known:
        faults["policy.permissions"] = _("Choose from: %(known)s.") % {"known": ", ".join(sorted(known))}
    if not isinstance(policy.get("prohibitions", []), list):
        faults["policy.prohibitions"] = _("This must be a list.")
    if not isinstance(policy.get("requires_approval", False), bool):
        faults["policy.requires_approval"] = _("This must be yes or no.")
    try:
        rules.policy_of(policy)
    except ValueError:
        faults["policy.expires_on"] = _("This must be a date, as 2027-12-31.")
    return faults
