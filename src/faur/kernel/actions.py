"""The form of every verb: permission, change, record and follow-up in one transaction, impossible to forget."""

from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from django.db import models, transaction

from faur.kernel import clock
from faur.kernel.actors.actor import Actor
from faur.kernel.errors import Forbidden, NotFound
from faur.kernel.record import Statement, append

Thing = TypeVar("Thing")
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Body = Callable[Concatenate[Actor, Thing, Arguments], Statement[Result]]
Verb = Callable[Concatenate[Actor, Thing, Arguments], Result]


class Recorded(Protocol):
    """A verb known to the factory, for its documentation and its tests."""

    __doc__: str | None
    __name__: str


_verbs: dict[str, Recorded] = {}
verbs: Mapping[str, Recorded] = MappingProxyType(_verbs)
"""Every verb that the factory knows, by its name in the record."""


def action(
    verb: str, *, may: Callable[[Actor, Thing], bool]
) -> Callable[[Body[Thing, Arguments, Result]], Verb[Thing, Arguments, Result]]:
    """Make a function a verb of the factory, named `service.verb` in the record.

    The decorated function gets the actor and the thing acted upon, changes the database, and returns the statement
    to record; the caller gets the statement's `result`. All of it is committed, or nothing.

    Raises:
        NotFound: the actor may not even see the thing.
        Forbidden: the actor sees the thing, but `may` says no.
    """

    def decorate(body: Body[Thing, Arguments, Result]) -> Verb[Thing, Arguments, Result]:
        @wraps(body)
        def perform(actor: Actor, thing: Thing, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
            with transaction.atomic():
                if not may(actor, thing):
                    raise Forbidden(verb) if _sees(actor, thing) else NotFound(verb)
                statement = body(actor, thing, *args, **kwargs)
                append(actor.uid, verb, statement, at=clock.now())
                return statement.result

        _verbs[verb] = perform
        return cast(Verb[Thing, Arguments, Result], perform)  # what @wraps returns, named as what it is

    return decorate


def _sees(actor: Actor, thing: object) -> bool:
    """Whether a refusal may admit that the thing exists. The factory itself is no secret."""
    if not isinstance(thing, models.Model):
        return True
    manager = getattr(type(thing), "objects", None)
    visible = getattr(manager, "visible_to", None)
    return visible is not None and bool(visible(actor).filter(pk=thing.pk).exists())
