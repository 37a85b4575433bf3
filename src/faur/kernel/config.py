"""Faur's settings, each from an environment variable `FAUR_…`; the documentation page is made from this class."""

import os
import secrets
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, Field

from faur.kernel import files

PREFIX = "FAUR_"


class Config(BaseModel):
    """What a site may choose. Every default is right for one laptop."""

    home: Path = Field(Path("var"), description="Folder of all state: database, blobs, keys, jobs, logs.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    public_url: str = Field("", description="Address under which people reach the portal; empty: host and port.")
    database_url: str = Field("", description="`postgresql://…`; empty: SQLite in the home folder.")
    secret_key: str = Field("", description="Secret for sessions and signed links; empty: made at first start.")
    debug: bool = Field(False, description="Show errors of the program in the browser. Never in production.")
    registration: bool = Field(True, description="Whether people may make their own account.")
    cluster_cores: int = Field(0, ge=0, description="Cores that the local executor may use; 0: all of this machine.")
    cluster_memory_mib: int = Field(
        0, ge=0, description="Memory that local jobs may use, MiB; 0: three quarters of it."
    )
    cluster_gpus: int = Field(0, ge=0, description="GPUs that the local executor hands out.")
    upload_limit_gib: int = Field(64, ge=1, description="Largest single file that may be uploaded, GiB.")

    @property
    def root(self) -> Path:
        return self.home.expanduser().resolve()

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url.rstrip("/") or f"http://{host}:{self.port}"

    @property
    def hostname(self) -> str:
        """The name in `url`, an address of IPv6 in brackets as a browser sends it."""
        name = urlsplit(self.url).hostname or ""
        return f"[{name}]" if ":" in name else name


@cache
def config() -> Config:
    """The settings of this process, read once.

    Raises:
        ValidationError: a variable is not of its kind.
    """
    named = {name: f"{PREFIX}{name}".upper() for name in Config.model_fields}
    return Config.model_validate({name: os.environ[given] for name, given in named.items() if given in os.environ})


def secret_key() -> str:
    """The configured secret, or the one kept under the home folder (mode 0600), made at first need."""
    if config().secret_key:
        return config().secret_key
    path = config().root / "keys" / "secret"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():  # of several processes the first makes it; the others read it
        files.create(path, secrets.token_urlsafe(48).encode("ascii"))
    return path.read_text(encoding="ascii")
