"""A call, and applications to it in every state, made by the verbs that make real ones."""

import re
from datetime import timedelta

from faur.kernel import clock
from faur.kernel.actors.actor import SYSTEM, Role
from faur.kernel.actors.models import User
from faur.kernel.units import HOUR
from faur.services.access.actions.assess_application import assess_application
from faur.services.access.actions.award import award
from faur.services.access.actions.open_call import Invitation, open_call
from faur.services.access.actions.start_application import start_application
from faur.services.access.actions.submit_application import submit_application
from faur.services.access.models import Application, Assessment, Award, Call
from faur.services.access.wishes import Wish
from faur.services.projects.models import Organisation, Pool
from faur.services.projects.tests.world import acting, bearer, organisation, person, pool, today

__all__ = ["SYSTEM", "Role", "acting", "bearer", "organisation", "person", "pool", "today"]

MOST_QUERIES = 15

ANSWERS = {
    "abstract": "We want to learn whether measurements of cell nuclei tell benign from malignant samples.",
    "sector": "life-sciences",
    "civilian": True,
    "ai_use": "training",
    "experience": "none",
    "personal_data": "none",
    "contract_valid": True,
}
PASS, FAIL = Assessment.Result.PASS, Assessment.Result.FAIL


def operator(name: str = "Olga") -> User:
    return person(name, Role.OPERATOR)


def evaluator(name: str = "Eva") -> User:
    return person(name, Role.EVALUATOR)


def invitation(**changes) -> Invitation:
    now = clock.now()
    told = {
        "title": "Playground for industry",
        "mode": "playground",
        "summary": "First steps.",
        "terms": "Civilian purposes only.",
        "opens_at": now - timedelta(hours=1),
        "closes_at": now + timedelta(days=30),
        "max_amount": 20 * HOUR,
    }
    return Invitation(**{**told, **changes})


def call(by: User, *, source: Pool | None = None, **changes) -> Call:
    return open_call(acting(by), source or pool(), invitation=invitation(**changes))


def wish(**changes) -> Wish:
    told = {"title": "Second reader", "amount": 10 * HOUR, "months": 3, "answers": ANSWERS}
    return Wish(**{**told, **changes})


def draft(applicant: User, to: Call, *, by: Organisation | None = None, **changes) -> Application:
    own = by or organisation(applicant)
    return start_application(acting(applicant), own, call=to, wish=wish(**changes))


def submitted(applicant: User, to: Call, **changes) -> Application:
    made = draft(applicant, to, **changes)
    submit_application(acting(applicant), made, at=clock.now())
    return made


def assessed(applicant: User, to: Call, by: User, verdict: Assessment.Result = PASS, **changes) -> Application:
    made = submitted(applicant, to, **changes)
    assess_application(acting(by), made, verdict=verdict, comment="It fits on one node.")
    return made


def awarded(applicant: User, to: Call, evaluator: User, operator: User, **changes) -> Award:
    made = assessed(applicant, to, evaluator, **changes)
    return award(acting(operator), made, amount=None, at=clock.now())


def text_of(response) -> str:
    """The words of a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
