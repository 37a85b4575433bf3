"""The small language of a rule's condition: comparisons and and/or/not over answers, with Kleene's three values.

Every expression is yes (True), no (False) or unknown (None); an outcome says which unknown answers it hangs on.
Nothing is ever handed to Python's own evaluator.

    or     := and ("or" and)*
    and    := not ("and" not)*
    not    := "not" not | test
    test   := term (("==" | "!=" | "<" | "<=" | ">" | ">=") term | ["not"] "in" term)?
    term   := "(" or ")" | "proven" "(" or ")" | "[" literal ("," literal)* "]" | literal | name
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

Value = bool | str | float | frozenset[str] | None
"""An answer: yes or no, a choice, a number, several choices, or None for unknown."""

MAX_DEPTH = 40
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<string>\"[^\"\n]*\")"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>==|!=|<=|>=|[<>()\[\],]))"
)
_WORDS = frozenset({"and", "or", "not", "in", "yes", "no", "unknown", "proven"})
_CONSTANTS: dict[str, Value] = {"yes": True, "no": False, "unknown": None}
_ORDERINGS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class ConditionError(ValueError):
    """The author of a rule wrote a condition that cannot be read, or that compares what cannot be compared."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an expression came to; `because` names the unknown answers that could still decide it."""

    value: Value
    because: frozenset[str] = frozenset()

    @property
    def truth(self) -> bool | None:
        """The value as yes, no or unknown.

        Raises:
            ConditionError: it is a choice or a number, which is no truth.
        """
        if self.value is None or isinstance(self.value, bool):
            return self.value
        raise ConditionError(f"{self.value!r} is neither yes nor no")


Lookup = Callable[[str], Outcome]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition, read once and evaluated against any number of answers."""

    text: str
    names: frozenset[str]
    _evaluate: Callable[[Lookup], Outcome]

    def evaluate(self, lookup: Lookup) -> Outcome:
        """The outcome, where `lookup` gives the value of a name.

        Raises:
            ConditionError: it compares what cannot be compared.
        """
        return self._evaluate(lookup)


def parse(text: str) -> Condition:
    """Read a condition.

    Raises:
        ConditionError: it is no sentence of the language; the message names the place.
    """
    reader = _Reader(text)
    node = reader.disjunction(0)
    if reader.kind != "end":
        raise reader.error("the end")
    return Condition(text, frozenset(reader.names), node)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise ConditionError(f"cannot read {text[at : at + 12]!r} at {at} in {text!r}")
        kind = match.lastgroup or ""
        word = match[kind]
        found.append(_Token("word" if kind == "name" and word in _WORDS else kind, word, match.start(kind)))
        at = match.end()
    return [*found, _Token("end", "", end)]


_Node = Callable[[Lookup], Outcome]


class _Reader:
    """Recursive descent, one method a line of the grammar; each gives a function from answers to an outcome."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: set[str] = set()
        self._tokens = _tokens(text)
        self._next = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._next].kind

    def error(self, wanted: str) -> ConditionError:
        token = self._tokens[self._next]
        return ConditionError(f"wanted {wanted}, found {token.text or 'the end'!r} at {token.at} in {self.text!r}")

    def disjunction(self, depth: int) -> _Node:
        parts = [self._conjunction(depth)]
        while self._took("word", "or"):
            parts.append(self._conjunction(depth))
        return parts[0] if len(parts) == 1 else lambda look: reduce(_either, (part(look) for part in parts))

    def _conjunction(self, depth: int) -> _Node:
        parts = [self._negation(depth)]
        while self._took("word", "and"):
            parts.append(self._negation(depth))
        return parts[0] if len(parts) == 1 else lambda look: reduce(_both, (part(look) for part in parts))

    def _negation(self, depth: int) -> _Node:
        if depth > MAX_DEPTH:
            raise ConditionError(f"more than {MAX_DEPTH} levels deep: {self.text[:40]!r}…")
        if self._took("word", "not"):
            node = self._negation(depth + 1)
            return lambda look: _negated(node(look))
        return self._test(depth)

    def _test(self, depth: int) -> _Node:
        left = self._term(depth)
        for sign in ("==", "!=", "<", "<=", ">", ">="):
            if self._took("sign", sign):
                right = self._term(depth)
                return lambda look: _compared(sign, left(look), right(look))
        if self._took("word", "in"):
            members = self._term(depth)
            return lambda look: _membership(left(look), members(look))
        if self._took("word", "not"):
            self._expect("word", "in")
            members = self._term(depth)
            return lambda look: _negated(_membership(left(look), members(look)))
        return left

    def _term(self, depth: int) -> _Node:
        if self._took("sign", "("):
            node = self.disjunction(depth + 1)
            self._expect("sign", ")")
            return node
        if self._took("word", "proven"):
            self._expect("sign", "(")
            inner = self.disjunction(depth + 1)
            self._expect("sign", ")")
            return lambda look: Outcome(inner(look).truth is True)
        if self._took("sign", "["):
            several = Outcome(self._list())
            return lambda look: several
        if self.kind == "name":
            name = self._advance()
            self.names.add(name)
            return lambda look: look(name)
        constant = Outcome(self._literal())
        return lambda look: constant

    def _list(self) -> frozenset[str]:
        members = {self._literal()}
        while self._took("sign", ","):
            members.add(self._literal())
        self._expect("sign", "]")
        if not all(isinstance(member, str) for member in members):
            raise ConditionError(f"a list holds strings only: {self.text!r}")
        return frozenset(str(member) for member in members)

    def _literal(self) -> Value:
        if self.kind == "string":
            return self._advance()[1:-1]
        if self.kind == "number":
            return float(self._advance())
        if self.kind == "word" and self._tokens[self._next].text in _CONSTANTS:
            return _CONSTANTS[self._advance()]
        raise self.error("a value")

    def _took(self, kind: str, text: str) -> bool:
        token = self._tokens[self._next]
        if (token.kind, token.text) != (kind, text):
            return False
        self._next += 1
        return True

    def _expect(self, kind: str, text: str) -> None:
        if not self._took(kind, text):
            raise self.error(repr(text))

    def _advance(self) -> str:
        self._next += 1
        return self._tokens[self._next - 1].text


def _both(left: Outcome, right: Outcome) -> Outcome:
    if left.truth is False or right.truth is False:
        return Outcome(False)
    unknown = [side.because for side in (left, right) if side.truth is None]
    return Outcome(None, frozenset().union(*unknown)) if unknown else Outcome(True)


def _either(left: Outcome, right: Outcome) -> Outcome:
    return _negated(_both(_negated(left), _negated(right)))


def _negated(outcome: Outcome) -> Outcome:
    truth = outcome.truth
    return Outcome(None if truth is None else not truth, outcome.because)


def _compared(sign: str, left: Outcome, right: Outcome) -> Outcome:
    if left.value is None or right.value is None:
        return Outcome(None, left.because | right.because)
    if sign in {"==", "!="}:
        return Outcome((left.value == right.value) is (sign == "=="))
    if _is_number(left.value) and _is_number(right.value):
        return Outcome(_ORDERINGS[sign](float(str(left.value)), float(str(right.value))))
    raise ConditionError(f"{left.value!r} {sign} {right.value!r} compares what has no order")


def _membership(member: Outcome, members: Outcome) -> Outcome:
    if member.value is None or members.value is None:
        return Outcome(None, member.because | members.because)
    if isinstance(member.value, str) and isinstance(members.value, frozenset):
        return Outcome(member.value in members.value)
    raise ConditionError(f"{member.value!r} in {members.value!r} asks for a choice among several")


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
