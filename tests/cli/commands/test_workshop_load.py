"""Forty phones at once on the loopback, and the server killed among them: nothing that was acknowledged is lost."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import time
from typing import TYPE_CHECKING

import httpx2
import pytest

from support.workshop_server import local, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Done
    from support.workshop_server import Served

    Boussole = Callable[..., Done]

PHONES = 40
_PATIENCE = 60.0
ANSWERS = {
    "profile": ("commune", "etat", "asso"),
    "domain": ("eau", "energie"),
    "confiance": ("0", "1", "2"),
    "accord": ("yes", "no"),
    "moyens": ("aucun", "solides"),
    "habitants": ("12", "3000"),
}
"""What each question may be answered, as forms send it."""


class Caller:
    """A phone that sends answers as a page with JavaScript does: again and again, until it is acknowledged."""

    def __init__(self, address: str, seed: int) -> None:
        """Note where to join."""
        self._base, _, self._code = address.rpartition("/")
        self._chance = random.Random(seed)
        self.acknowledged: dict[str, str] = {}
        self.late: list[float] = []

    async def run(self) -> None:
        """Join, answer every question, and change some answers."""
        async with httpx2.AsyncClient(base_url=self._base, timeout=5.0) as client:
            await self._post(client, "/rejoindre", {"code": self._code})
            for counter in (1, 2):
                for question, values in ANSWERS.items():
                    value = self._chance.choice(values)
                    await self._post(client, f"/q/{question}", {"answer": value, "counter": str(counter), "round": "1"})
                    self.acknowledged[question] = value

    async def _post(self, client: httpx2.AsyncClient, path: str, fields: dict[str, str]) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            began = time.monotonic()
            try:
                answered = await client.post(path, data=fields)
            except httpx2.HTTPError:
                await asyncio.sleep(self._chance.uniform(0.1, 0.4))
                continue
            assert answered.status_code == 303, (path, answered.status_code)
            self.late.append(time.monotonic() - began)
            return
        pytest.fail("nobody acknowledged an answer in time")


def held(boussole: Boussole) -> list[str]:
    """Return the answers of each whole sheet, in an order of their own."""
    done = boussole("workshop", "export", "soir")
    assert done.code == 0
    return sorted(
        json.dumps({id_: _text(value) for id_, value in json.loads(line)["answers"].items()}, sort_keys=True)
        for line in done.out.splitlines()
    )


def _text(value: object) -> str:
    return str(value[0] if isinstance(value, list) else value)


def sent(callers: list[Caller]) -> list[str]:
    return sorted(json.dumps(one.acknowledged, sort_keys=True) for one in callers)


@pytest.mark.usefixtures("trial")
def test_forty_phones_at_once(boussole: Boussole) -> None:
    """Each answers all and changes all: what is kept is the last of each; half are answered within a quarter second."""
    with serving(*local()) as served:
        callers = [Caller(served.address, seed) for seed in range(PHONES)]

        async def everybody() -> None:
            await asyncio.gather(*(one.run() for one in callers))

        asyncio.run(everybody())
        assert held(boussole) == sent(callers)
        late = sorted(one for caller in callers for one in caller.late)
        assert len(late) == PHONES * (1 + 2 * len(ANSWERS))
        assert late[len(late) // 2] < 0.5


@pytest.mark.usefixtures("trial")
def test_killed_among_them(boussole: Boussole) -> None:
    """Kill -9 twice while they answer, and resumed: each goes on by itself, and nothing acknowledged is lost."""
    with serving(*local()) as served:
        callers = [Caller(served.address, seed) for seed in range(PHONES)]
        asyncio.run(_killing(served, callers))
    assert held(boussole) == sent(callers)


async def _killing(served: Served, callers: list[Caller]) -> None:
    answering = [asyncio.create_task(one.run()) for one in callers]
    for share in (0.2, 0.6):
        while sum(len(one.acknowledged) + len(one.late) for one in callers) < share * PHONES * 18:  # noqa: ASYNC110 - of many tasks
            await asyncio.sleep(0.005)
        await asyncio.to_thread(served.end, signal.SIGKILL)
        await asyncio.to_thread(served.again)
    await asyncio.gather(*answering)
