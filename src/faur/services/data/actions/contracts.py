"""A project agrees to a version's policy for one purpose; where the policy says so, a data steward decides."""

from django.utils.translation import gettext as _

from faur.kernel import clock
from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor, Role
from faur.kernel.record import Statement, Strength
from faur.services.data import rules
from faur.services.data.digests import digest_of_json
from faur.services.data.errors import ContractDecided, NotPublished, PurposeRefused
from faur.services.data.models import Contract, DatasetVersion
from faur.services.data.rules import Purpose, Reason
from faur.services.projects.public import Project, may_work_in


def _may_agree(actor: Actor, project: Project) -> bool:
    return may_work_in(actor, project)


def _may_decide(actor: Actor, contract: Contract) -> bool:
    """The stewards and the leads of the project whose data it is."""
    return actor.has_any((Role.STEWARD, Role.LEAD), contract.version.dataset.project.uid)


@action("data.agree_contract", may=_may_agree)
def agree_contract(actor: Actor, project: Project, *, version: DatasetVersion, purpose: Purpose) -> Statement[Contract]:
    """`project` agrees to the policy of `version` for `purpose`; agreeing again gives the contract that there is.

    Raises:
        NotPublished: the version cannot be used at all.
        PurposeRefused: the policy does not allow this use.
    """
    if version.state != DatasetVersion.State.PUBLISHED:
        raise NotPublished(version.state)
    policy, own = version.dataset.terms, version.dataset.project_id == project.pk
    if against := rules.reasons_against(policy, purpose, own=own, on=clock.now().date()):
        raise PurposeRefused([_in_words(reason) for reason in against])
    existing = Contract.objects.filter(version=version, project=project, purpose=purpose).exclude(
        state=Contract.State.DECLINED
    )
    contract = existing.first() or _new(actor, project, version, purpose)
    return _statement(contract, strength=Strength.DECLARED)


@action("data.approve_contract", may=_may_decide)
def approve_contract(actor: Actor, contract: Contract) -> Statement[None]:
    """Raises ContractDecided: it does not wait for a decision."""
    return _decided(actor, contract, Contract.State.ACTIVE)


@action("data.decline_contract", may=_may_decide)
def decline_contract(actor: Actor, contract: Contract) -> Statement[None]:
    """Raises ContractDecided: it does not wait for a decision."""
    return _decided(actor, contract, Contract.State.DECLINED)


def _new(actor: Actor, project: Project, version: DatasetVersion, purpose: Purpose) -> Contract:
    waits = version.dataset.terms.requires_approval
    contract = Contract(
        version=version,
        project=project,
        purpose=purpose,
        state=Contract.State.PENDING if waits else Contract.State.ACTIVE,
        policy_digest=digest_of_json(version.dataset.policy),
        agreed_by=actor.uid,
    )
    contract.save()
    return contract


def _decided(actor: Actor, contract: Contract, state: Contract.State) -> Statement[None]:
    waiting = Contract.objects.filter(pk=contract.pk, state=Contract.State.PENDING)
    if not waiting.update(state=state, decided_by=actor.uid, decided_at=clock.now()):
        raise ContractDecided(contract.state)
    contract.refresh_from_db(fields=["state", "decided_by", "decided_at"])
    statement = _statement(contract, strength=Strength.DECLARED)
    return Statement(statement.subjects, statement.claims, statement.chain, statement.strength)


def _statement(contract: Contract, *, strength: Strength) -> Statement[Contract]:
    version = contract.version
    return Statement(
        chain=contract.project.uid,
        subjects=[contract, version],
        claims={
            "contract": contract.uid,
            "dataset_version": version.uid,
            "manifest": version.manifest,
            "purpose": contract.purpose,
            "policy_digest": contract.policy_digest,
            "state": contract.state,
        },
        strength=strength,
        result=contract,
    )


def _in_words(reason: Reason) -> str:
    return {
        Reason.NOT_PERMITTED: _("The policy of the data set does not permit this purpose."),
        Reason.NOT_SHARED: _("The policy of the data set does not let other projects use it."),
        Reason.EXPIRED: _("The policy of the data set has ended."),
    }[reason]
