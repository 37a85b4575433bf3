"""The factory's Ed25519 key: made once, kept in a file that it alone can read, and what is signed with it."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.utils.translation import gettext as _

from faur.kernel import files
from faur.kernel.config import config
from faur.kernel.record.errors import KeyUnsafe
from faur.kernel.record.jcs import JSON

FILE_NAME = "record-ed25519.pem"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and its name: the SHA-256, in hexadecimal, of the public key's 32 bytes."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        return key_id(self.public)

    def sign(self, payload_type: str, payload: bytes) -> bytes:
        """The 64 bytes of an Ed25519 signature (RFC 8032) over DSSE's pre-authentication encoding."""
        return self.private.sign(authenticated(payload_type, payload))


def signing_key(folder: Path | None = None) -> SigningKey:
    """The key in `folder` (by default `keys` in the factory's home), made at first need; safe when many ask at once.

    Raises:
        KeyUnsafe: the file can be read by others, or holds no Ed25519 key.
    """
    path = (folder or config().root / "keys") / FILE_NAME
    if not path.exists():
        _make(path)
    if path.stat().st_mode & 0o077:
        raise KeyUnsafe(_("others may read %(path)s") % {"path": path})
    return SigningKey(_read(path))


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """What everybody may know of the factory's key: its name, and the public key as PEM."""

    id: str
    pem: str


def published_key() -> PublishedKey:
    """The key by which bundles of this factory are checked. Raises KeyUnsafe."""
    key = signing_key()
    return PublishedKey(key.id, public_pem(key.public))


def key_id(public: bytes) -> str:
    return sha256(public).hexdigest()


def public_pem(public: bytes) -> str:
    """A public key's 32 bytes in the form that other programs read."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def authenticated(payload_type: str, payload: bytes) -> bytes:
    """DSSE's pre-authentication encoding, PAE (secure-systems-lab/dsse, protocol.md, version 1.0.2)."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def envelope(payload_type: str, payload: bytes, key: str, signature: bytes) -> Mapping[str, JSON]:
    """A DSSE envelope around what `key` signed."""
    return {
        "payload": b64encode(payload).decode("ascii"),
        "payloadType": payload_type,
        "signatures": [signature_of(key, signature)],
    }


def signature_of(key: str, signature: bytes) -> Mapping[str, str]:
    return {"keyid": key, "sig": b64encode(signature).decode("ascii")}


def _make(path: Path) -> None:
    """Of several processes the first makes the key; the others read it. It outlasts a power cut, as signatures do."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    files.create(path, Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, OSError):
        raise KeyUnsafe(_("%(path)s cannot be read") % {"path": path}) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnsafe(_("%(path)s holds no Ed25519 key") % {"path": path})
    return key
