"""The tokens and keys on this machine: each kept with the address of the factory that made it, and sent to no other."""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from platformdirs import user_config_path

from faur.cli.refusal import Misused, Refused

DEFAULT_URL = "http://127.0.0.1:8000"
DEFAULT_PORTS = {"http": 80, "https": 443}
OTHERS = 0o077
Kept = dict[str, Any]  # Any: the file's JSON


@dataclass(frozen=True, slots=True)
class Access:
    """Which factory, and as whom; the token is empty where nobody logged in there."""

    url: str
    token: str


def access() -> Access:
    """`FAUR_URL` with `FAUR_TOKEN`, or with the token kept for that address; else the last login.

    Raises:
        Misused: a token without the address that it was made for, or an address that is none.
        Refused: the file of the credentials cannot be used.
    """
    url, token = os.environ.get("FAUR_URL", ""), os.environ.get("FAUR_TOKEN", "")
    if token and not url:
        raise Misused.because(
            "credentials.no_url", "FAUR_TOKEN is set without FAUR_URL.", "Name the factory that made the token."
        )
    if token:
        return Access(plain_url(url), token)
    url = plain_url(url or _read().get("current") or DEFAULT_URL)
    return Access(url, kept_token(url))


def plain_url(text: str) -> str:
    """The address of a factory, always written in the same way. Raises Misused: it is none."""
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, UnicodeError):
        url = httpx.URL("")
    is_plain = url.scheme in DEFAULT_PORTS and url.host and "%" not in url.host and (url.port or 0) < 1 << 16
    if not is_plain or url.userinfo or url.query or url.fragment:
        raise Misused.because(
            "argument.no_address", f"“{text}” is no address of a factory.", "As http://127.0.0.1:8000"
        )
    if url.port == DEFAULT_PORTS[url.scheme]:
        url = url.copy_with(port=None)
    return str(url).rstrip("/")


def kept_token(url: str) -> str:
    """The token of the last login at that address; empty where there is none. Raises Refused."""
    return str(_of(_read(), url).get("token", ""))


def keep_token(url: str, token: str) -> None:
    """Keep the token of a login, and ask this factory from now on. Raises Refused."""
    _change(lambda kept: _of(kept, url).update(token=token) or kept.update(current=url))


def forget_token(url: str) -> None:
    """Raises Refused."""
    _change(lambda kept: _of(kept, url).pop("token", None))


def keep_key(url: str, endpoint: str, secret: str) -> None:
    """Keep the key of an endpoint by the endpoint's name. Raises Refused."""
    _change(lambda kept: _of(kept, url).setdefault("keys", {}).update({endpoint: secret}))


def kept_key(url: str, endpoint: str) -> str:
    """The key of an endpoint on this machine; empty where there is none. Raises Refused."""
    return str(_of(_read(), url).get("keys", {}).get(endpoint, ""))


def credentials_path() -> Path:
    return Path(os.environ.get("FAUR_CREDENTIALS") or user_config_path("faur") / "credentials.json")


def _of(kept: Kept, url: str) -> Kept:
    """What is kept for one factory."""
    found: Kept = kept.setdefault("factories", {}).setdefault(url, {})
    return found


def _read() -> Kept:
    path = credentials_path()
    try:
        if path.stat().st_mode & OTHERS:
            raise Refused.because(
                "credentials.exposed",
                f"Others may read {path}.",
                f"Close it (`chmod 600 {path}`), and make new tokens.",
            )
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    return kept if isinstance(kept, dict) else {}


def _change(change: Callable[[Kept], object]) -> None:
    """Write the file anew, where only its owner can read it."""
    kept = _read()
    change(kept)
    path = credentials_path()
    made = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(kept, file, indent=1)
        made.replace(path)
    except OSError as error:
        made.unlink(missing_ok=True)
        raise _unusable(path, error) from error


def _unusable(path: Path, error: Exception) -> Refused:
    return Refused.because(
        "credentials.unusable", f"{path} cannot be used: {error}.", "FAUR_CREDENTIALS names another file."
    )
