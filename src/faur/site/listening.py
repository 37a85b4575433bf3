"""The web server: where it listens, and what happens as soon as it answers."""

import errno
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from django.utils.translation import gettext as _

from faur.kernel.config import config
from faur.kernel.errors import Unavailable

GRACE_SECONDS = 3
_WAITING = 512


class PortTaken(Unavailable):
    """Another program listens at this port."""

    code = "port.taken"


class AddressUnusable(Unavailable):
    """Nothing can listen at this address."""

    code = "address.unusable"


def listening_socket() -> socket.socket:
    """A socket at the configured address. Who comes before the server is ready waits.

    Raises:
        PortTaken: another program listens there.
        AddressUnusable: this machine has no such address, or the port needs more rights.
    """
    host, port = config().host, config().port
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)  # asyncio sets TCP_NODELAY only where the protocol is said
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_WAITING)
    except OSError as error:
        raise _refusal(host, port, error) from None
    return listening


class WebServer(uvicorn.Server):
    """The site's server; calls `when_ready` once it answers, in its loop's thread."""

    def __init__(self, when_ready: Callable[[], None]) -> None:
        application = "faur.site.asgi:application"
        grace = GRACE_SECONDS
        super().__init__(uvicorn.Config(application, log_config=None, timeout_graceful_shutdown=grace, lifespan="on"))
        self._when_ready = when_ready

    async def startup(self, sockets: Any = None) -> None:  # Any: uvicorn's own signature
        await super().startup(sockets)
        if self.started:
            self._when_ready()


def _refusal(host: str, port: int, error: OSError) -> Unavailable:
    if error.errno == errno.EADDRINUSE:
        return PortTaken(_("Port %(port)s is taken.") % {"port": port}, hint=_("Choose another with FAUR_PORT."))
    return AddressUnusable(
        _("Nothing can listen at %(host)s, port %(port)s: %(why)s.")
        % {"host": host, "port": port, "why": error.strerror or error},
        hint=_("Choose others with FAUR_HOST and FAUR_PORT."),
    )
