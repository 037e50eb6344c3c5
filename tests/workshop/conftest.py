"""A room in a folder of its own, about the trial compass, seen by the pages that phones see."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from boussole.workshop.facts import Facts, facts_written
from boussole.workshop.room import Room
from boussole.workshop.store import write_now
from boussole.workshop.web.app import make_app
from support.phones import Phone
from support.samples import catalogue, compass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ADDRESS = "127.0.0.1:8765"
FACTS = Facts("essai", "essai", "", "en", "BCDF", "token", "127.0.0.1", 8765)


class Workshop:
    """A session in a file, opened as often as it is started."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        """Make the session."""
        self.path = path
        self._stack = stack
        write_now(path, *facts_written(FACTS))
        self.room = self._opened()

    def _opened(self) -> Room:
        self.room = Room(self.path, compass(), catalogue(), lambda: dt.date(2026, 11, 22))
        self.app = make_app(self.room, {ADDRESS}, ADDRESS)
        return self.room

    def restart(self) -> None:
        """Stop, and start again from what is on the disk."""
        self.room.close()
        self._opened()

    def client(self, **headers: str) -> TestClient:
        """Return a browser of its own, with its cookies."""
        made = TestClient(self.app, f"http://{ADDRESS}", headers=headers)
        made.headers["accept-language"] = headers.get("accept-language", "en")
        return self._stack.enter_context(made)

    def phone(self, address: str = "/BCDF") -> Phone:
        """Return a phone that opened the page."""
        return Phone(self.client(), address)

    def joined(self) -> Phone:
        """Return a phone that joined."""
        phone = self.phone()
        phone.send()
        return phone


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    """Return a session that nobody joined."""
    with ExitStack() as stack:
        made = Workshop(tmp_path / "essai.session", stack)
        yield made
        made.room.close()


@pytest.fixture
def people(workshop: Workshop) -> Callable[[int], list[Phone]]:
    """Return a way to let so many people answer everything."""

    def answered(number: int) -> list[Phone]:
        phones = [workshop.joined() for _ in range(number)]
        for phone in phones:
            phone.answer_all({})
        return phones

    return answered
