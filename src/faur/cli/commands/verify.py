"""Check an evidence bundle offline, with nothing but this program."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

import faur
from faur.cli.nouns import add
from faur.cli.output import form
from faur.cli.refusal import Misused

VERIFIER = Path(faur.__file__).parent / "kernel" / "record" / "verify.py"
"""One module that stands alone: an auditor can read it, and run it without Faur."""


def verify(
    bundle: Annotated[Path, typer.Argument(help="The bundle, a .zip file.")],
    key: Annotated[str, typer.Option(help="The factory's key id, or a public key file, known from elsewhere.")] = "",
) -> None:
    """Check every digest, the chain and the signatures of an evidence bundle, without network or factory."""
    if not bundle.is_file():
        raise Misused.because("file.missing", f"There is no file {bundle}.", "`faur evidence export` makes one.")
    options = [*(["--key", key] if key else []), *(["--json"] if form.as_json else [])]
    os.execv(sys.executable, [sys.executable, str(VERIFIER), str(bundle), *options])  # noqa: S606 - no shell is meant


def register(app: typer.Typer) -> None:
    add(app, "verify", panel="Evidence")(verify)
