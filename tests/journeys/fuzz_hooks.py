"""Hooks of schemathesis: what a body refers to is, more often than not, something that is there.

Loaded by its command line through `SCHEMATHESIS_HOOKS`; `FAUR_FUZZ_MADE` is a JSON object of uids by name.
"""

import json
import os
from typing import Any

import schemathesis

MADE: dict[str, str] = json.loads(os.environ.get("FAUR_FUZZ_MADE", "{}"))
ALWAYS_ODD = 4
"""One body in so many keeps what was made up for it."""
_count = 0


@schemathesis.hook
def map_body(_context: object, body: Any) -> Any:
    """Puts real identifiers where a body names a project, an allocation, a run …"""
    global _count  # noqa: PLW0603 - the hook is a function by contract, and must be the same at each run
    _count += 1
    if not isinstance(body, dict) or _count % ALWAYS_ODD == 0:
        return body
    return {name: MADE.get(name, said) for name, said in body.items()}
