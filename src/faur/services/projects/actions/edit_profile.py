"""A person changes their own name or language."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.actors.models import User
from faur.kernel.record import Statement
from faur.services.projects.rules import may_be


@action("projects.edit_profile", may=may_be)
def edit_profile(actor: Actor, user: User, *, name: str, language: str) -> Statement[None]:
    """Change the profile; the record says which parts, and not to what."""
    changed = [part for part, value in (("name", name), ("language", language)) if getattr(user, part) != value]
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    return Statement(subjects=[user], claims={"changed": changed})
