"""What is refused before any page is made: other hosts, other origins, bodies too long; and what every answer says."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LONGEST_BODY = 4096
_MOST_FIELDS = 200
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers send « Origin: null » with their own forms
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Lets through what comes by an address that was printed, and forms from our own pages.

    A name of elsewhere that leads here (DNS rebinding) is another host. A form without `Origin` comes from no page of
    elsewhere that a browser shows: browsers send it with every form.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        """Guard `app`, known by `hosts`, each with its port."""
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on, and add what every answer says."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(Headers(scope=scope), scope["method"])
        app = self._app if refusal is None else PlainTextResponse(refusal[1], refusal[0])
        await app(scope, receive, marked)

    def _refusal(self, headers: Headers, method: str) -> tuple[int, str] | None:
        host = headers.get("host", "").lower()
        if host not in self._hosts:
            return 421, "This is not the address of this workshop.\n"
        if method not in {"GET", "HEAD", "POST"}:
            return 405, "No.\n"
        if method == "POST" and headers.get("origin", f"http://{host}").lower() != f"http://{host}":
            return 403, "This form comes from elsewhere.\n"
        return None


class TooLongError(Exception):
    """A body of more than 4 KiB."""


async def form_of(request: Request) -> list[tuple[str, str]]:
    """Return the fields of a form.

    Raises:
        TooLongError: when it is longer than anybody's.

    """
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_BODY:
            raise TooLongError
    try:
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        raise TooLongError from None


class Rate(NamedTuple):
    """So many in so many seconds."""

    most: int
    seconds: float


class Limiter:
    """How often somebody did something lately; those who did it long ago are forgotten."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        """Hold `rate` for each key."""
        self._rate = rate
        self._clock = clock
        self._times: dict[str, deque[float]] = {}

    def __len__(self) -> int:
        """Return how many are remembered."""
        return len(self._times)

    def over(self, key: str) -> bool:
        """Tell whether `key` did it too often."""
        times = self._times.get(key)
        if times is None:
            return False
        since = self._clock() - self._rate.seconds
        while times and times[0] <= since:
            times.popleft()
        if not times:
            del self._times[key]
        return len(times) >= self._rate.most

    def note(self, key: str) -> None:
        """Note that `key` did it once more."""
        for other in list(self._times)[:2]:  # in passing, those of long ago
            self.over(other)
        self._times.setdefault(key, deque(maxlen=self._rate.most)).append(self._clock())
