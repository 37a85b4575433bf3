"""One process at a time watches over a cluster; another takes over when it ends or falls silent."""

import os
import secrets
import socket
from datetime import datetime, timedelta

import psutil
from django.db import transaction

from faur.services.compute.models import Lease

LASTS = timedelta(seconds=15)


def holder_name() -> str:
    """This poller, so that another process of this machine can see whether it still lives."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{psutil.Process(pid).create_time():.2f}:{secrets.token_hex(4)}"


def take_lease(name: str, holder: str, at: datetime) -> bool:
    """Take or renew the lease; whether `holder` has it now."""
    with transaction.atomic():
        lease, made = Lease.objects.select_for_update().get_or_create(
            name=name, defaults={"holder": holder, "expires_at": at + LASTS}
        )
        if made or lease.holder == holder or lease.expires_at <= at or is_gone(lease.holder):
            lease.holder, lease.expires_at = holder, at + LASTS
            lease.save()
            return True
        return False


def leave_lease(name: str, holder: str) -> None:
    """Let another take it at once."""
    Lease.objects.filter(name=name, holder=holder).delete()


def is_gone(holder: str) -> bool:
    """Whether the holder was a process of this machine that has ended; of other machines nothing is known."""
    host, pid, started, *_ = holder.split(":")
    if host != socket.gethostname():
        return False
    try:
        return f"{psutil.Process(int(pid)).create_time():.2f}" != started
    except psutil.NoSuchProcess:
        return True
