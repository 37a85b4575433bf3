"""A data steward lets a project use the data for the purpose that it agreed to."""

from faur.kernel.actions import action
from faur.kernel.actors.actor import Actor
from faur.kernel.record import Statement
from faur.services.data.deciding import decide
from faur.services.data.models import Contract
from faur.services.data.rights import may_decide


@action("data.approve_contract", may=may_decide)
def approve_contract(actor: Actor, contract: Contract) -> Statement[Contract]:
    """Raises ContractDecided: it does not wait for a decision."""
    return decide(actor, contract, Contract.State.ACTIVE)
