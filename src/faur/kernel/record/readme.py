"""What a bundle says about itself to the person who opens it."""

_TEXT = """\
EVIDENCE BUNDLE

This is the record of one chain ({chain}) of a Faur factory: who did what to which
things, in order, written by the platform. Nothing in it can be changed, removed, added or put in
another order without being noticed. What it holds of other chains are hashes that say nothing.

  entries.jsonl      the entries, one a line: {{"body": what was recorded, "hash": its SHA-256}}
  checkpoints.jsonl  signed roots over all chains of the factory, and the way from this chain to each
  statements/        each entry once more as a signed in-toto Statement v1 in a DSSE envelope
  files/             documents that were put in with it, if any
  keys.json          the public keys; the name of a key is the SHA-256 of its 32 bytes
  manifest.json      every file with its size and SHA-256; manifest.sig.json is its signature

CHECK IT WITH FAUR

  faur verify BUNDLE.zip --key KEY

or with one file of Faur, verify.py, which needs Python 3.11 and the package `cryptography` alone:

  python verify.py BUNDLE.zip --key KEY

KEY is the name of the factory's key. Ask the factory for it by another way than this bundle. The one
that signed this bundle calls itself
{key}

CHECK IT BY HAND, in the unpacked bundle

1. An entry's hash is the SHA-256 of its body, for example the third:
     sed -n 3p entries.jsonl | sed -E 's/^."body":(.*),"hash":"[0-9a-f]+".$/\\1/' | tr -d '\\n' | sha256sum
2. Each entry's "prev" is the "hash" of the line before it; the first one's is 64 zeros. "seq" counts 1, 2, 3 …
3. Every file has the SHA-256 that manifest.json states:
     sha256sum entries.jsonl
4. The signatures are Ed25519 over DSSE's "pre-authentication encoding" of the payload. For the manifest:
     printf '%b' "$(sed -E 's/.*{key}","pem":"([^"]+)".*/\\1/' keys.json)" > key.pem
     sed -E 's/.*"sig":"([^"]+)".*/\\1/' manifest.sig.json | base64 -d > sig
     (printf 'DSSEv1 32 application/vnd.faur.bundle+json %d ' "$(wc -c < manifest.json)"; cat manifest.json) > signed
     openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed -sigfile sig
   and the name of that key:
     openssl pkey -pubin -in key.pem -outform DER | tail -c 32 | sha256sum
5. A checkpoint's root is reached from the head {{"chain","hash","seq"}} by RFC 6962: SHA-256 of a zero byte and
   the head's text; then, for each step of "path", SHA-256 of a one byte and both hashes, left and right.
"""


def text(chain: str, key: str) -> bytes:
    """The README of a bundle of `chain` that `key` signed; plain English, the same for the same bundle."""
    return _TEXT.format(chain=chain, key=key).encode()
