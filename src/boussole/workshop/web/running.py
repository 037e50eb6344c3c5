"""Serving a session until Ctrl-C: what is acknowledged is kept, and nobody is cut in the middle of an answer."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from types import FrameType

    from starlette.applications import Starlette

_KEPT_OPEN = 120
"""Seconds: browsers send again what a connection closed too early made them lose, but not always (uvicorn: 5)."""
_GRACE = 2
_CONNECTIONS = 4096
_SWITCH = 0.001
"""Seconds for which results, worked out in threads, hold back answers (Python: 0.005)."""


def serve(
    app: Starlette, listening: socket.socket, *, started: Callable[[], None], stopping: Callable[[], None]
) -> None:
    """Serve until the process is interrupted, which `stopping` is told first.

    Raises:
        KeyboardInterrupt: then, once everything is put away.

    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEPT_OPEN,
        timeout_graceful_shutdown=_GRACE,
        lifespan="off",
        ws="none",
    )
    sys.setswitchinterval(_SWITCH)
    allow_connections()
    asyncio.run(_serve(_Server(config, stopping), listening, started))


def allow_connections() -> None:
    """Let as many phones in as the system allows: some let a program open 256 files unless it asks for more."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS if hard == resource.RLIM_INFINITY else min(_CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class _Server(uvicorn.Server):
    """A server that ends what waits before it waits for what ends."""

    def __init__(self, config: uvicorn.Config, stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._stopping = stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        asyncio.get_running_loop().call_soon_threadsafe(self._stopping)
        super().handle_exit(sig, frame)


async def _serve(server: uvicorn.Server, listening: socket.socket, started: Callable[[], None]) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn tells nobody
        await asyncio.sleep(0.01)
    if server.started:
        started()
    await serving
