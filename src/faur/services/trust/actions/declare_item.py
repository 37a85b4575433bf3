"""A person writes what an item of Annex IV asks of a person; it stands in the file as declared, under their name."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength
from faur.services.data.public import digest_of_json
from faur.services.models.public import Model
from faur.services.projects.public import may_work_in
from faur.services.trust.errors import ItemUnknown, TextMissing
from faur.services.trust.models import Declaration
from faur.services.trust.requirements import shipped


def may_declare(actor: Actor, model: Model) -> bool:
    return may_work_in(actor, model.project)


@action("trust.declare_item", may=may_declare)
def declare_item(actor: Actor, model: Model, *, item: str, text: str, excuses: bool = False) -> Statement[Declaration]:
    """Declare `text` for an item of Annex IV; `excuses` where it says why the item does not apply.

    The text stays here, where it can be erased; the record holds its digest.

    Raises:
        ItemUnknown: Annex IV has no such item.
        TextMissing: nothing was written.
    """
    known = [requirement.id for requirement in shipped().items]
    if item not in known:
        raise ItemUnknown(", ".join(known))
    if not text.strip():
        raise TextMissing
    kept = Declaration(
        project=model.project, model=model, item=item, text=text.strip(), excuses=excuses, declared_by=actor.uid
    )
    kept.save()
    return Statement(
        chain=model.project.uid,
        subjects=[kept, model],
        claims={
            "model": model.uid,
            "item": item,
            "text_digest": digest_of_json({"text": kept.text}),
            "excuses": excuses,
        },
        strength=Strength.DECLARED,
        result=kept,
    )
