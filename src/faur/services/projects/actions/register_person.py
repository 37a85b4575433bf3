"""A person makes their own account."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Factory
from faur.kernel.actors.models import User
from faur.kernel.config import config
from faur.kernel.record import Statement
from faur.services.projects.errors import NotRegistered, RegistrationClosed, WeakPassword


def may_register(actor: Actor, _factory: Factory) -> bool:
    """Anybody may, where the site is open for registration; operators and the factory may always.

    Raises:
        RegistrationClosed: the site is closed, and the actor is nobody in particular.
    """
    if not config().registration and not actor.is_operator and not actor.is_system:
        raise RegistrationClosed
    return True


@action("projects.register_person", may=may_register)
def register_person(
    actor: Actor, factory: Factory, *, email: str, name: str, password: str, language: str = "en"
) -> Statement[User]:
    """Make an account; `language` is one of the portal's. Neither the name nor the e-mail address goes into the record.

    Raises:
        WeakPassword: by the site's validators; says why.
        NotRegistered: the address has an account. The answer takes as long as one that goes well, and does not say so.
    """
    _check_password(password, User(email=email, name=name))
    if User.objects.filter(email=email.strip().lower()).exists():
        make_password(password)  # the time that making the account would have taken
        raise NotRegistered
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, name=name, language=language)
    except IntegrityError:  # another request of this very moment
        raise NotRegistered from None
    return Statement(subjects=[user], claims={"language": user.language}, result=user)


def _check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from None
