"""A project agrees to a version's policy for one purpose; where the policy says so, a data steward decides."""

from faur.kernel import clock
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.data import rules
from faur.services.data.digests import digest_of_json
from faur.services.data.errors import NotPublished, PurposeRefused
from faur.services.data.models import Contract, DatasetVersion
from faur.services.data.rights import may_agree
from faur.services.data.rules import Purpose
from faur.services.data.statements import about_contract
from faur.services.data.wording import against
from faur.services.projects.public import Project


@action("data.agree_contract", may=may_agree)
def agree_contract(actor: Actor, project: Project, *, version: DatasetVersion, purpose: Purpose) -> Statement[Contract]:
    """`project` agrees to the policy of `version` for `purpose`; agreeing again gives the contract that there is.

    Raises:
        NotPublished: the version cannot be used at all.
        PurposeRefused: the policy does not allow this use.
    """
    version.dataset.lock()
    version.lock()
    if version.state != DatasetVersion.State.PUBLISHED:
        raise NotPublished(version.state)
    own = version.dataset.project_id == project.pk
    if reasons := rules.reasons_against(version.dataset.terms, purpose, own=own, on=clock.today()):
        raise PurposeRefused(against(reasons))
    contract = _standing(version, project, purpose) or _new(actor, project, version, purpose)
    return about_contract(contract)


def _standing(version: DatasetVersion, project: Project, purpose: Purpose) -> Contract | None:
    """The contract that there is; one whose policy has ended since is marked as ended, and is none."""
    contract = Contract.objects.filter(version=version, project=project, purpose=purpose).not_over().first()
    if contract is not None and contract.stands == Contract.State.ENDED:
        contract.state = Contract.State.ENDED
        contract.save(update_fields=["state"])
        return None
    return contract


def _new(actor: Actor, project: Project, version: DatasetVersion, purpose: Purpose) -> Contract:
    policy = version.dataset.terms
    contract = Contract(
        version=version,
        project=project,
        purpose=purpose,
        state=Contract.State.PENDING if policy.requires_approval else Contract.State.ACTIVE,
        policy_digest=digest_of_json(version.dataset.policy),
        ends_on=policy.expires_on,
        agreed_by=actor.uid,
    )
    contract.save()
    return contract
