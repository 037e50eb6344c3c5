"""Serving a session until Ctrl-C: what is acknowledged is kept, and nobody is cut in the middle of an answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from starlette.applications import Starlette

_KEPT_OPEN = 120
"""Seconds: browsers send again what a connection closed too early made them lose, but not always (uvicorn: 5)."""
_GRACE = 2


def serve(app: Starlette, listening: socket.socket, started: Callable[[], None]) -> None:
    """Serve until the process is interrupted.

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
    asyncio.run(_serve(uvicorn.Server(config), listening, started))


async def _serve(server: uvicorn.Server, listening: socket.socket, started: Callable[[], None]) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn tells nobody
        await asyncio.sleep(0.01)
    if server.started:
        started()
    await serving
