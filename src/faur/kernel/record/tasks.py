"""What the record does on a beat."""

from faur.kernel.record.checkpoints import checkpoint
from faur.kernel.tasks import every


@every(seconds=60)
def sign_checkpoint() -> None:
    """Sign the root over all chains, where one of them has grown."""
    checkpoint()
