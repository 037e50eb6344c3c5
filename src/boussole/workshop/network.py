"""By which addresses phones may reach this machine, the likely one first; nothing is sent to find out."""

from __future__ import annotations

import socket
import struct
from contextlib import closing, suppress
from typing import NamedTuple

from boussole.errors import BoussoleError, reason_of
from boussole.i18n import gettext

ANYWHERE = "0.0.0.0"  # noqa: S104 - phones reach it by whatever network there is
_GETS_ADDRESS = 0x8915
"""SIOCGIFADDR of Linux."""
_TRIED = 50
"""How many ports after the usual one are tried."""
_WAITING = 2048
"""How many phones may wait to be let in, as uvicorn has it."""


class Adapter(NamedTuple):
    """An address of this machine, with the name of its adapter ("" where the system does not say)."""

    address: str
    name: str


def adapters() -> list[Adapter]:
    """Return the addresses of this machine on networks, the one by which it would go out first."""
    found = {address: name for name, address in _named()}
    with suppress(OSError):
        for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            found.setdefault(str(info[4][0]), "")
    likely = _likely()
    if likely is not None:
        found.setdefault(likely, "")
    networks = [Adapter(address, name) for address, name in found.items() if not address.startswith("127.")]
    return sorted(networks, key=lambda one: (one.address != likely, one.name, one.address))


def _named() -> list[tuple[str, str]]:
    """Return names of adapters with their addresses, where the system is Linux."""
    try:
        import fcntl
    except ImportError:
        return []
    named = []
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
        for _, name in socket.if_nameindex():
            with suppress(OSError):
                answer = fcntl.ioctl(asking, _GETS_ADDRESS, struct.pack("256s", name.encode()[:15]))
                named.append((name, socket.inet_ntoa(answer[20:24])))
    return named


def _likely() -> str | None:
    """Return the address from which a packet would leave; none leaves."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(asking.getsockname()[0])


def listen(host: str, port: int, *, exactly: bool) -> socket.socket:
    """Return a socket that listens at `port`, or, unless `exactly` there, at one of the next.

    Raises:
        BoussoleError: when it cannot.

    """
    for number in range(port, port + (1 if exactly else _TRIED)):
        try:
            return _bound(host, number)
        except (OSError, OverflowError) as error:
            refusal = error
    why = reason_of(refusal) if isinstance(refusal, OSError) else gettext("ports go from 0 to 65535")
    raise BoussoleError(
        gettext("Port {port} of {host} cannot be used: {reason}.", host=host, port=port, reason=why),
        gettext("Is another session running? Stop it, or give another --port or --host."),
    )


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # TCP by its name: asyncio takes the delay from such sockets only, and without that each page takes 40 ms more
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the port of a server that was just killed
        made.bind((host, port))
        made.listen(_WAITING)  # two sessions that start together are both let bind a port where neither listens yet
    except BaseException:
        made.close()
        raise
    return made


def url_host(host: str) -> str:
    """Return a host as addresses write it."""
    return f"[{host}]" if ":" in host else host


def known_hosts(host: str, port: int, others: list[Adapter]) -> set[str]:
    """Return by which names, with the port, a browser may come here: those that are printed."""
    names = {"127.0.0.1", "localhost", "[::1]", url_host(host).lower(), *(one.address for one in others)}
    found = {f"{name}:{port}" for name in names}
    return found | names if port == _HTTP else found


_HTTP = 80
