"""Check an evidence bundle offline, with nothing but this program."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

import faur

VERIFIER = Path(faur.__file__).parent / "kernel" / "record" / "verify.py"
"""One module that stands alone: an auditor can read it, and run it without Faur."""


def verify(
    bundle: Annotated[Path, typer.Argument(help="The bundle, a .zip file.")],
    key: Annotated[str, typer.Option(help="The factory's key id, or a public key file, known from elsewhere.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Check every digest, the chain and the signatures of an evidence bundle. Needs no network and no factory."""
    options = [*(["--key", key] if key else []), *(["--json"] if as_json else [])]
    os.execv(sys.executable, [sys.executable, str(VERIFIER), str(bundle), *options])  # noqa: S606 - no shell is meant


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel="Evidence")(verify)
