"""The server: a port, one or several processes, and an end that is clean."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address

import uvicorn
from uvicorn.supervisors import Multiprocess

from saidanddone.errors import BadChoice
from saidanddone.faces.web.application import application
from saidanddone.faces.web.holdings import Holdings
from saidanddone.faces.web.protocol import MOST_HEAD, Protocol
from saidanddone.faces.web.settings import Settings

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")

BACKLOG = 2_048
"""Connections that the system holds until they are taken: uvicorn's own default."""

GRACE_SECONDS = 5
"""What answers under way get when the server ends."""

HEALTH_SECONDS = 60
"""How long a process may be busy before it is taken for dead: fitting norms holds it for some."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def serve(
    settings: Settings,
    host: str,
    port: int,
    workers: int,
    *,
    say: Callable[[str], None],
) -> None:
    """Serve until a signal ends it.

    Raises BadChoice where the data are not to be served, or the port cannot be had.
    """
    Holdings(settings).now()  # what is wrong with the data is told before anybody asks
    with listening(host, port) as listener:
        at, number = listener.getsockname()[:2]
        shown = f"[{at}]" if ":" in at else at
        config = uvicorn.Config(
            partial(application, settings),
            factory=True,
            http=Protocol,
            ws="none",
            lifespan="on",
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            workers=workers,
            backlog=BACKLOG,
            timeout_graceful_shutdown=GRACE_SECONDS,
            timeout_worker_healthcheck=HEALTH_SECONDS,
            h11_max_incomplete_event_size=MOST_HEAD,
        )
        # uvicorn raises a signal again after it has ended; the end is then over.
        for number_of in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number_of, _ended)
        say(f"http://{shown}:{number}/ (Ctrl-C ends it)")
        if workers == 1:
            uvicorn.Server(config).run(sockets=[listener])
        else:
            Multiprocess(config, sockets=[listener]).run()


def listening(host: str, port: int) -> socket.socket:
    """Open a socket that listens; raises BadChoice."""
    if not 0 <= port <= 65_535:
        # The system would take the remainder.
        raise _not_to_be_had(host, port, "there is no such port")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(BACKLOG)
            listener.set_inheritable(True)
        except OSError:
            listener.close()
            raise
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _not_to_be_had(host, port, why) from error
    return listener


def _not_to_be_had(host: str, port: int, why: str) -> BadChoice:
    return BadChoice(
        f"port {port} of '{host}' cannot be had ({why})",
        "a host of this machine, and a port from 1 to 65535 that is free",
        "choose another with --port",
    )


def _ended(_signal: int, _frame: object) -> None:
    """The signal has done what it was for."""
