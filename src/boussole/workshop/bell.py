"""Who waits to be told that something changed, and is told at once, or together with what comes just after."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Bell:
    """Something that is waited for by many, and happens again and again. It is of one event loop."""

    def __init__(self, gather: float = 0.0) -> None:
        """`gather`: seconds over which `ring_soon` takes together what happens."""
        self._gather = gather
        self._waiting: set[asyncio.Future[None]] = set()
        self._due: asyncio.TimerHandle | None = None
        self.closed = False

    async def wait(self, seconds: float) -> None:
        """Return when it rings, or after so many seconds, or at once where it rings no more."""
        if self.closed:
            return
        rung: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(rung)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(rung, seconds)
        finally:
            self._waiting.discard(rung)

    def ring(self) -> None:
        """Tell everybody who waits."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        for rung in self._waiting:
            if not rung.done():
                rung.set_result(None)

    def ring_soon(self) -> None:
        """Tell whoever waits now within the time that things are gathered, once however much happens meanwhile."""
        if self._waiting and self._due is None:
            self._due = asyncio.get_running_loop().call_later(self._gather, self.ring)

    def close(self) -> None:
        """Tell everybody who waits that it ends; nobody waits any more."""
        self.closed = True
        self.ring()
