"""A technical file for machines: the canonical JSON that it came in, with nothing taken away."""

from typing import Any

import rfc8785


def render(tree: dict[str, Any]) -> bytes:  # Any: a JSON tree
    """The document by RFC 8785, so that its digest means the same everywhere."""
    return rfc8785.dumps(tree)
