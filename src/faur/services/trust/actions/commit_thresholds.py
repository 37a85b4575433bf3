"""What a model must reach is fixed, before anything is trained: the record shows the order (AI Act, Article 9(8))."""

from django.utils.translation import gettext as _

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement, Strength, Subject
from faur.services.data.public import digest_of_json
from faur.services.projects.public import Project, may_work_in
from faur.services.trust.errors import ThresholdsInvalid
from faur.services.trust.models import ThresholdSet
from faur.services.trust.promises import Promise


@action("trust.commit_thresholds", may=may_work_in)
def commit_thresholds(actor: Actor, project: Project, *, promise: Promise) -> Statement[ThresholdSet]:
    """Commit a set of thresholds; it can be followed by another, but never changed.

    Raises:
        ThresholdsInvalid: its fields say of each bound what is wrong.
    """
    if faults := promise.faults():
        raise ThresholdsInvalid(faults)
    kept = ThresholdSet(project=project, title=promise.title.strip() or _("Thresholds"))
    kept.items = promise.kept_items()
    kept.slices = [dict(one) for one in promise.slices]
    kept.digest = digest_of_json({"items": kept.items, "slices": kept.slices})
    kept.save()
    return Statement(
        chain=project.uid,
        subjects=[Subject(kept.uid, digest=kept.digest, title=kept.title)],
        claims={
            "thresholds": kept.uid,
            "digest": kept.digest,
            "title": kept.title,
            "items": kept.items,
            "slices": kept.slices,
        },
        strength=Strength.DECLARED,
        result=kept,
    )
