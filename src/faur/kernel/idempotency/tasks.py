"""What is forgotten of the answers already given."""

from datetime import timedelta

from faur.kernel import clock
from faur.kernel.idempotency.models import Answer
from faur.kernel.tasks import every

KEPT_FOR = timedelta(days=1)


@every(seconds=3600)
def forget_old_answers() -> None:
    """Remove the answers to requests with an idempotency key that are older than a day."""
    Answer.objects.filter(created_at__lt=clock.now() - KEPT_FOR).delete()
