"""How somebody comes in: by the address with the code, by typing it, or back by three words."""

from __future__ import annotations

from asyncio import sleep
from typing import TYPE_CHECKING

from boussole.i18n import gettext
from boussole.render.workshop.phone import entry_page, welcome_page
from boussole.workshop.web.guard import Limiter, Rate, form_of
from boussole.workshop.web.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.requests import Request
    from starlette.responses import Response

    from boussole.i18n import Message

WRONG_GUESSES = Rate(10, 60.0)
"""Codes and words that are wrong, by address: more are answered late (codes), or not at all (words)."""
_LATE = 2.0
_NOBODY = "?"


def _address(request: Request) -> str:
    return _NOBODY if request.client is None else request.client.host


class Arrivals:
    """Tells once that somebody came from elsewhere: the network lets phones through."""

    def __init__(self, own: Collection[str], reached: Callable[[], None]) -> None:
        """`own` are the addresses of this machine."""
        self._own = own
        self._reached = reached
        self._told = False

    def note(self, address: str) -> None:
        """Note where a request comes from."""
        if not self._told and address not in self._own and not address.startswith("127."):
            self._told = True
            self._reached()


def _is_code(visit: Visit, typed: str) -> bool:
    return "".join(typed.split()).upper() == visit.room.facts.code


async def _wrong_code(visit: Visit) -> Response:
    """Answer a wrong code, late where there were many: the right one is never looked up here."""
    guesses: Limiter = visit.request.app.state.guesses
    address = _address(visit.request)
    if guesses.over(address):
        await sleep(_LATE)
    guesses.note(address)
    return _code_page(visit, gettext("This is not the code of a session here. It is four letters, on the big screen."))


def _code_page(visit: Visit, error: Message | None) -> Response:
    page = entry_page(
        visit.phone,
        gettext("Which session?"),
        label=gettext("The four letters shown on the big screen"),
        name="code",
        action="/code",
        error=error,
    )
    return visit.page(page, 200 if error is None else 404)


async def home(request: Request) -> Response:
    """Ask for the code; somebody who joined goes on."""
    visit = Visit.of(request)
    return visit.go("/suite") if visit.person is not None else _code_page(visit, None)


async def typed_code(request: Request) -> Response:
    """Lead from a code to its address."""
    visit = Visit.of(request)
    typed = dict(await form_of(request)).get("code", "")
    return visit.go(f"/{visit.room.facts.code}") if _is_code(visit, typed) else await _wrong_code(visit)


async def welcome(request: Request) -> Response:
    """Show what it is about; somebody who joined goes on where they were."""
    visit = Visit.of(request)
    request.app.state.arrivals.note(_address(request))
    if not _is_code(visit, request.path_params["code"]):
        return await _wrong_code(visit)
    if visit.person is not None:
        return visit.go("/suite")
    return visit.page(welcome_page(visit.phone, visit.room.compass, visit.room.facts.code))


async def join(request: Request) -> Response:
    """Make somebody of a phone, once however often it asks."""
    visit = Visit.of(request)
    fields = dict(await form_of(request))
    if visit.person is not None:
        return visit.go("/suite")
    if not _is_code(visit, fields.get("code", "")):
        return await _wrong_code(visit)
    _, token = await visit.room.join()
    return visit.go("/suite", token)


def _words_page(visit: Visit, error: Message | None, status: int = 200) -> Response:
    page = entry_page(
        visit.phone,
        gettext("I was here already"),
        label=gettext("Your three words"),
        name="words",
        action="/retour",
        error=error,
    )
    return visit.page(page, status)


async def return_page(request: Request) -> Response:
    """Ask for three words."""
    return _words_page(Visit.of(request), None)


async def come_back(request: Request) -> Response:
    """Make a phone that of whoever has these three words."""
    visit = Visit.of(request)
    guesses: Limiter = request.app.state.guesses
    address = _address(request)
    words = dict(await form_of(request)).get("words", "")
    if guesses.over(address):
        return _words_page(visit, gettext("Too many wrong tries: wait a minute."), 429)
    token = await visit.room.come_back(words)
    if token is None:
        guesses.note(address)
        return _words_page(visit, gettext("Nobody here has these three words. Are they written like that?"), 404)
    return visit.go("/suite", token)
