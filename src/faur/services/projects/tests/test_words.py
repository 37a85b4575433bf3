"""Every verb and every kind of thing that the record can name has words, so that a person reads it without a manual."""

from faur.kernel.actions import verbs
from faur.kernel.entities import kinds
from faur.services.projects.verb_words import in_words, kind_in_words

NEVER_NAMED = {"acc", "trf"}
"""Accounts and transfers stand in the ledger's own statements."""


def test_every_verb_has_words():
    known = [verb for verb, done in verbs.items() if ".tests." not in done.__module__]
    assert not [verb for verb in known if in_words(verb) == verb.replace(".", ": ").replace("_", " ")]


def test_every_kind_of_thing_has_a_word():
    assert not [prefix for prefix in kinds() if not kind_in_words(f"{prefix}_x") and prefix not in NEVER_NAMED]
