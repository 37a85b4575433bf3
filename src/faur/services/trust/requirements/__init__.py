"""What a document must contain, and the words that it says: data that ships with Faur, read and checked once."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import jsonschema
import rfc8785
import yaml

from faur.services.trust.rules import HumanPart
from faur.services.trust.ruleset import SourceLevel
from faur.services.trust.words import Translated, Words

ANNEX_IV = "annex-iv"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One item that the document must contain. `asks` says what, in our own words; `binding` names what fills it."""

    id: str
    group: str
    title: Translated
    asks: Translated
    binding: str
    human: HumanPart
    source_level: SourceLevel


@dataclass(frozen=True, slots=True)
class Requirements:
    """Every item of one document, in order. `digest` is SHA-256 over the content (RFC 8785), whatever its comments."""

    id: str
    version: str
    instrument: Translated
    title: Translated
    groups: tuple[tuple[str, Translated], ...]
    items: tuple[Requirement, ...]
    digest: str


@cache
def shipped(name: str = ANNEX_IV) -> Requirements:
    """The requirements that ship with Faur under `name`.

    Raises:
        FileNotFoundError: there are none.
    """
    return read((files(__package__) / f"{name}.yaml").read_bytes())


def read(content: bytes) -> Requirements:
    """Read requirements from YAML.

    Raises:
        jsonschema.ValidationError: they break schema.json.
    """
    tree = yaml.load(content, yaml.CSafeLoader)
    schema = json.loads((files(__package__) / "schema.json").read_bytes())
    jsonschema.validate(tree, schema, jsonschema.Draft202012Validator)
    return Requirements(
        id=tree["id"],
        version=tree["version"],
        instrument=Translated.read(tree["instrument"]),
        title=Translated.read(tree["title"]),
        groups=tuple((group["id"], Translated.read(group["title"])) for group in tree["groups"]),
        items=tuple(_item(group["id"], item) for group in tree["groups"] for item in group["items"]),
        digest=f"sha256:{hashlib.sha256(rfc8785.dumps(tree)).hexdigest()}",
    )


def words(language: str) -> Words:
    """The words of documents in `language`, English where the factory does not speak it."""
    return Words(language, _texts())


@cache
def _texts() -> dict[str, Translated]:
    tree = yaml.load((files(__package__) / "words.yaml").read_bytes(), yaml.CSafeLoader)
    return {key: Translated.read(texts) for key, texts in tree.items()}


def _item(group: str, tree: dict[str, dict[str, str]]) -> Requirement:
    return Requirement(
        id=str(tree["id"]),
        group=group,
        title=Translated.read(tree["title"]),
        asks=Translated.read(tree["asks"]),
        binding=str(tree["binding"]),
        human=HumanPart(str(tree["human"])),
        source_level=SourceLevel(str(tree["source_level"])),
    )
