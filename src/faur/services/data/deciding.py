"""What approving and declining a contract have in common."""

from faur.kernel import clock
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.data.errors import ContractDecided
from faur.services.data.models import Contract
from faur.services.data.statements import about_contract


def decide(actor: Actor, contract: Contract, state: Contract.State) -> Statement[Contract]:
    """Raises ContractDecided: it does not wait for a decision."""
    contract.lock()
    if contract.state != Contract.State.PENDING:
        raise ContractDecided(contract.state)
    contract.state, contract.decided_by, contract.decided_at = state, actor.uid, clock.now()
    contract.save(update_fields=["state", "decided_by", "decided_at"])
    return about_contract(contract)
