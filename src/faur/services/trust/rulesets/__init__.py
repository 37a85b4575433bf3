"""The rule sets that ship with Faur, and the reader that checks them before anyone is classified by them."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema
import rfc8785
import yaml

from faur.services.trust.conditions import Condition, parse
from faur.services.trust.ruleset import (
    Choice,
    ContestedPoint,
    Duty,
    Question,
    QuestionKind,
    Rule,
    Ruleset,
    SourceLevel,
    Tier,
)
from faur.services.trust.words import Translated

Tree = Mapping[str, Any]  # Any: a parsed YAML tree whose shape schema.json has checked
Citer = Callable[[str], Translated]

DEFAULT = "ai-act"


class RulesetError(ValueError):
    """The author of a rule set made a mistake; the message names the place."""


@cache
def shipped(name: str = DEFAULT) -> Ruleset:
    """A rule set that ships with Faur.

    Raises:
        FileNotFoundError: none has that name.
    """
    return read((files(__package__) / f"{name}.yaml").read_bytes())


def read(content: bytes) -> Ruleset:
    """Read a rule set from YAML.

    Raises:
        RulesetError: it breaks schema.json, or a name in it leads nowhere or in a circle.
        ConditionError: a condition cannot be read.
    """
    tree = _checked(yaml.load(content, yaml.CSafeLoader))
    ruleset = _assembled(tree)
    _check_unique("question or definition", (*(question.id for question in ruleset.questions), *ruleset.definitions))
    _check_unique("rule", (rule.id for rule in ruleset.rules))
    _check_names(ruleset)
    return ruleset


def _assembled(tree: Tree) -> Ruleset:
    cite = _citer(tree["citation_words"])
    duties = {key: _duty(key, duty, cite) for key, duty in tree["duties"].items()}
    return Ruleset(
        id=tree["id"],
        version=tree["version"],
        valid_from=date.fromisoformat(tree["valid_from"]),
        instrument=cite(tree["instrument"]),
        title=Translated.read(tree["title"]),
        tiers={Tier(tier): Translated.read(text) for tier, text in tree["tiers"].items()},
        questions=tuple(_question(question, cite) for question in tree["questions"]),
        definitions={name: parse(text) for name, text in tree["definitions"].items()},
        rules=tuple(_rule(rule, duties, cite) for rule in tree["rules"]),
        contested=tuple(_contested(point, cite) for point in tree["contested"]),
        digest=f"sha256:{hashlib.sha256(rfc8785.dumps(dict(tree))).hexdigest()}",
    )


def _checked(tree: Any) -> dict[str, Any]:  # Any: what a YAML file may hold, before the schema has spoken
    schema = json.loads((files(__package__) / "schema.json").read_bytes())
    try:
        jsonschema.validate(tree, schema, jsonschema.Draft202012Validator)
    except jsonschema.ValidationError as error:
        raise RulesetError(f"{error.json_path}: {error.message}") from None
    return dict(tree)


def _citer(words: Mapping[str, Mapping[str, str]]) -> Citer:
    """Turns an English citation into one in three languages, word by word, the longest words first."""

    def said_in(citation: str, language: str) -> str:
        known = words[language]
        longest_first = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
        return re.sub(rf"(?<!\w)({longest_first})(?!\w)", lambda match: known[match[0]], citation)

    return lambda citation: Translated(citation, said_in(citation, "ro"), said_in(citation, "bg"))


def _question(tree: Tree, cite: Citer) -> Question:
    return Question(
        id=tree["id"],
        kind=QuestionKind(tree["type"]),
        text=Translated.read(tree["text"]),
        hint=Translated.read(tree["hint"]) if "hint" in tree else None,
        citation=cite(tree["citation"]) if "citation" in tree else None,
        unit=tree.get("unit", ""),
        choices=tuple(Choice(choice["id"], Translated.read(choice["text"])) for choice in tree.get("choices", ())),
        asked_when=parse(tree["asked_when"]) if "asked_when" in tree else None,
    )


def _duty(duty_id: str, tree: Tree, cite: Citer) -> Duty:
    return Duty(
        id=duty_id,
        citation=cite(tree["citation"]),
        source_level=SourceLevel(tree["source_level"]),
        roles=frozenset(tree["roles"]),
        text=Translated.read(tree["text"]),
    )


def _rule(tree: Tree, duties: Mapping[str, Duty], cite: Citer) -> Rule:
    return Rule(
        id=tree["id"],
        citation=cite(tree["citation"]),
        valid_from=date.fromisoformat(tree["valid_from"]),
        valid_to=date.fromisoformat(tree["valid_to"]) if "valid_to" in tree else None,
        source_level=SourceLevel(tree["source_level"]),
        roles=frozenset(tree.get("roles", ())),
        when=parse(tree["when"]),
        tier=Tier(tree["tier"]) if "tier" in tree else None,
        reason=Translated.read(tree["reason"]),
        duties=tuple(_dated_duties(tree, duties)),
    )


def _dated_duties(rule: Tree, duties: Mapping[str, Duty]) -> Iterable[tuple[date, Duty]]:
    for group in rule.get("duties", ()):
        for duty_id in group["ids"]:
            if duty_id not in duties:
                raise RulesetError(f"rule {rule['id']}: there is no duty {duty_id}")
            yield date.fromisoformat(group["from"]), duties[duty_id]


def _contested(tree: Tree, cite: Citer) -> ContestedPoint:
    return ContestedPoint(
        id=tree["id"],
        citation=cite(tree["citation"]),
        source_level=SourceLevel(tree["source_level"]),
        when=parse(tree["when"]),
        text=Translated.read(tree["text"]),
    )


def _check_unique(kind: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise RulesetError(f"more than one {kind} is called {each}")
        seen.add(each)


def _check_names(ruleset: Ruleset) -> None:
    """Every name leads to a question; a question's condition only to questions before it, so that asking can end."""
    order = [question.id for question in ruleset.questions]
    for question in ruleset.questions:
        if question.asked_when is not None:
            before = order[: order.index(question.id)]
            late = _questions_behind(ruleset, question.asked_when, order) - set(before)
            if late:
                raise RulesetError(f"question {question.id} is asked by what comes later: {', '.join(sorted(late))}")
    whens = [*(rule.when for rule in ruleset.rules), *(point.when for point in ruleset.contested)]
    for condition in [*ruleset.definitions.values(), *whens]:
        _questions_behind(ruleset, condition, order)


def _questions_behind(
    ruleset: Ruleset, condition: Condition, questions: Sequence[str], above: tuple[str, ...] = ()
) -> set[str]:
    found: set[str] = set()
    for name in condition.names:
        if name in above:
            raise RulesetError(f"the definition {name} leads back to itself")
        if name in ruleset.definitions:
            found |= _questions_behind(ruleset, ruleset.definitions[name], questions, (*above, name))
        elif name in questions:
            found.add(name)
        else:
            raise RulesetError(f"{name!r} in {condition.text!r} is neither a question nor a definition")
    return found
