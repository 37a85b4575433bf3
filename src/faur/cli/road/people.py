"""The people of the demo: each with a role, an account and a token."""

import json
import secrets
from dataclasses import dataclass

from faur.cli.client import Api, Json
from faur.cli.refusal import Refused
from faur.cli.road.journal import Journal
from faur.cli.road.server import home

ROLES = {
    "evaluator": "Elena Evaluator",
    "engineer": "Ion Engineer",
    "steward": "Sofia Steward",
}
LANGUAGES = {"evaluator": "en", "engineer": "ro", "steward": "bg"}


@dataclass(frozen=True, slots=True)
class Person:
    role: str
    email: str
    password: str
    token: str
    id: str

    def at(self, url: str) -> Api:
        return Api(url, self.token)


def operator(url: str, journal: Journal) -> Person:
    """The first operator, whose account the factory made at its first start. Raises Refused: its file is no more."""
    path = home() / "operator.json"
    try:
        account = json.loads(path.read_text(encoding="utf-8"))
        email, password = str(account["email"]), str(account["password"])
    except (OSError, ValueError, TypeError, KeyError):
        raise Refused.because(
            "operator.unreadable",
            f"{path} does not hold the first operator's account.",
            "Put it back, or walk the demo's road in a new folder, with another FAUR_HOME.",
        ) from None
    return _with_token(url, journal, "operator", email, password)


def make_person(url: str, journal: Journal, role: str) -> Person:
    """Registers the person of that role, and logs them in."""
    number = "" if journal.number == 1 else f"-{journal.number}"
    email = f"{role}{number}@demo.faur.local"
    password: str = journal.once(f"password of {role}", lambda: secrets.token_urlsafe(12))
    body = {"email": email, "password": password, "name": ROLES[role], "language": LANGUAGES[role]}
    journal.post(Api(url), "/people", body, name=f"register {role}")
    return _with_token(url, journal, role, email, password)


def _with_token(url: str, journal: Journal, role: str, email: str, password: str) -> Person:
    body = {"email": email, "password": password, "name": "demo", "days": 30}
    token: Json = journal.post(Api(url), "/tokens", body, name=f"token of {role}")
    me = Api(url, token["token"]).get("/me")
    return Person(role, email, password, token["token"], me["id"])
