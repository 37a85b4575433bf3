"""docs/reference/settings.md: every setting of a site."""

from typing import get_args

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from faur.kernel.config import PREFIX, Config
from faur.site.reference.markdown import code, document, table

INTRODUCTION = (
    "A site is configured by environment variables alone. Every default is right for one laptop; nothing falls back "
    "silently: a setting that cannot be honoured ends the start with a sentence."
)


def page() -> str:
    rows = [
        [code(f"{PREFIX}{name}".upper()), _kind(field), _default(field), field.description or ""]
        for name, field in Config.model_fields.items()
    ]
    return document("Settings", INTRODUCTION, table(["Variable", "Kind", "Default", "What it is"], rows))


def _kind(field: FieldInfo) -> str:
    kinds = get_args(field.annotation) or (field.annotation,)
    return " or ".join(getattr(kind, "__name__", str(kind)).lower() for kind in kinds)


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "none: it must be given"
    return code(field.default) if str(field.default) else "empty"
