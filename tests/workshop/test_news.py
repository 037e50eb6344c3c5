"""What pages that wait are told, when, and how often."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from boussole.workshop.bell import Bell
from boussole.workshop.facts import Stage
from boussole.workshop.network import listen
from boussole.workshop.web import leading
from boussole.workshop.web.running import allow_connections
from workshop.conftest import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from workshop.conftest import Workshop

_LONG = 30.0
_TURNS = 20
"""Of the event loop, in which a request gets as far as it can."""


def asking(workshop: Workshop, scenario: Callable[[httpx2.AsyncClient], Awaitable[None]]) -> None:
    """Run a scenario with the facilitator's browser, on one event loop, as a server has."""

    async def run() -> None:
        transport = httpx2.ASGITransport(workshop.app)
        cookies = {"boussole-animer-BCDF": "token"}
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{ADDRESS}", cookies=cookies) as client:
            await asyncio.wait_for(scenario(client), _LONG)

    asyncio.run(run())


async def news(client: httpx2.AsyncClient, path: str, word: str = "") -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(path, params={"vu": word})).json()
    return found


async def turns() -> None:
    for _ in range(_TURNS):
        await asyncio.sleep(0)


def test_a_phone_waits_until_something_changed(workshop: Workshop) -> None:
    """It is told at once, and told nothing of who joins and answers."""

    async def scenario(client: httpx2.AsyncClient) -> None:
        word = (await news(client, "/etat"))["word"]
        waiting = asyncio.create_task(news(client, "/etat", word))
        await turns()
        await workshop.room.join()
        await turns()
        assert not waiting.done()
        await workshop.room.set_state(workshop.room.state._replace(stage=Stage.PAUSED))
        told = await waiting
        assert told["word"] == told["state"] != word

    asking(workshop, scenario)


def test_nothing_changed_for_long(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is answered all the same: what slept, or sits between, forgets who waits for ever."""
    monkeypatch.setattr(leading, "PATIENCE", 0.01)

    async def scenario(client: httpx2.AsyncClient) -> None:
        for path in ("/etat", "/mur/etat"):
            word = (await news(client, path))["word"]
            assert (await news(client, path, word))["word"] == word

    asking(workshop, scenario)


def test_the_big_screen_is_told_four_times_a_second(workshop: Workshop) -> None:
    """However many join; what comes together is told together, and the last number is right."""

    async def scenario(client: httpx2.AsyncClient) -> None:
        told = await news(client, "/mur/etat")
        times = 0

        async def join() -> None:
            for _ in range(30):
                await workshop.room.join()
                await asyncio.sleep(0.02)

        joining = asyncio.create_task(join())
        while told["joined"] != "30 people joined":
            told = await news(client, "/mur/etat", told["word"])
            times += 1
        await joining
        assert times <= 1 + 4 * 2

    asking(workshop, scenario)


def test_the_big_screen_is_told_first(workshop: Workshop) -> None:
    """Then the phones: it changes while they still hold what was there before."""

    async def scenario(client: httpx2.AsyncClient) -> None:
        order: list[str] = []

        async def wait(path: str) -> None:
            word = (await news(client, path))["word"]
            await news(client, path, word)
            order.append(path)

        waiting = [asyncio.create_task(wait(path)) for path in ("/etat", "/mur/etat", "/etat")]
        await asyncio.sleep(0.05)
        await workshop.room.set_state(workshop.room.state._replace(stage=Stage.PAUSED))
        await asyncio.gather(*waiting)
        assert order == ["/mur/etat", "/etat", "/etat"]

    asking(workshop, scenario)


def test_everybody_is_told_that_it_stops(workshop: Workshop) -> None:
    """Who waits is answered, and who asks then does not wait: nothing holds back the end."""

    async def scenario(client: httpx2.AsyncClient) -> None:
        for path in ("/etat", "/mur/etat"):
            word = (await news(client, path))["word"]
            waiting = asyncio.create_task(news(client, path, word))
            await turns()
            workshop.room.stop()
            assert (await waiting)["over"]
            assert (await news(client, path, word))["over"]

    asking(workshop, scenario)


def test_a_bell_that_nobody_hears() -> None:
    """What happened before an event loop, as a rehearsal does, holds nothing back in the next."""
    bell = Bell(0.01)

    async def ring() -> None:
        bell.ring_soon()
        bell.ring()

    async def heard() -> None:
        waiting = asyncio.create_task(bell.wait(_LONG))
        await asyncio.sleep(0)
        bell.ring_soon()
        bell.ring_soon()
        await asyncio.wait_for(waiting, 5)

    asyncio.run(ring())
    asyncio.run(heard())


def test_pages_leave_without_delay() -> None:
    """A socket that is TCP by its name: asyncio lets packets of others wait 40 ms for each other."""
    with closing(listen("127.0.0.1", 18700, exactly=False)) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_as_many_connections_as_the_system_allows() -> None:
    """A session raises a low limit, and leaves a high one."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        allow_connections()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 256
        allow_connections()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
