import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from faur.kernel.record.errors import KeyUnsafe
from faur.kernel.record.signing import FILE_NAME, authenticated, key_id, public_pem, published_key, signing_key

PROGRAM = """
import pathlib, sys
from faur.kernel.record.signing import signing_key
print(signing_key(pathlib.Path(sys.argv[1])).id)
"""


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    folder = tmp_path / "a" / "keys"
    made = signing_key(folder)
    assert signing_key(folder).public == made.public
    assert (folder / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_of_many_threads_at_first_start_one_makes_the_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: signing_key(tmp_path / "keys").id, range(64)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [FILE_NAME]


def test_of_many_processes_at_first_start_one_makes_the_key(tmp_path):
    started = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path / "keys")], stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    assert len({process.communicate(timeout=60)[0] for process in started}) == 1
    assert [process.returncode for process in started] == [0] * 4


def test_a_key_that_others_may_read_is_refused(tmp_path):
    signing_key(tmp_path)
    (tmp_path / FILE_NAME).chmod(0o640)
    with pytest.raises(KeyUnsafe) as refused:
        signing_key(tmp_path)
    assert refused.value.code == "record.key_unsafe"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a key",
        generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    ],
)
def test_a_file_that_holds_no_ed25519_key_is_refused_and_kept(tmp_path, content):
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyUnsafe):
        signing_key(tmp_path)
    assert path.read_bytes() == content


def test_what_is_signed_is_the_pre_authentication_encoding_of_dsse(tmp_path):
    encoded = authenticated("http://example.com/HelloWorld", b"hello world")  # the example in DSSE's protocol.md
    assert encoded == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    key = signing_key(tmp_path)
    Ed25519PublicKey.from_public_bytes(key.public).verify(key.sign("a", b"b"), authenticated("a", b"b"))


def test_a_key_is_named_by_the_hash_of_its_public_half(tmp_path):
    key = signing_key(tmp_path)
    assert key.id == key_id(key.public)
    assert len(key.id) == 64
    assert public_pem(key.public).startswith("-----BEGIN PUBLIC KEY-----\n")


def test_what_is_published_of_the_key_is_its_name_and_its_public_half():
    published = published_key()
    assert published.id == signing_key().id
    assert published.pem.startswith("-----BEGIN PUBLIC KEY-----")
