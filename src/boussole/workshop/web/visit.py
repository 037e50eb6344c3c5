"""One request of a phone: whose it is, in which language, and how it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import HTMLResponse, RedirectResponse

from boussole.i18n import LANGUAGES, gettext
from boussole.render.workshop.phone import Phone, message_page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from boussole.i18n import Message
    from boussole.workshop.facts import State
    from boussole.workshop.people import Participant
    from boussole.workshop.room import Room

_MONTH = 30 * 24 * 3600
SEE_OTHER = 303


def phone_cookie(code: str) -> str:
    """Return the name of the cookie of a session's phones: cookies do not know ports, so two sessions share them."""
    return f"boussole-{code}"


class Visit(NamedTuple):
    """Who asks, and what is known of them."""

    request: Request
    room: Room
    person: Participant | None
    language: str

    @classmethod
    def of(cls, request: Request) -> Visit:
        """Return the visit that a request makes."""
        room: Room = request.app.state.room
        person = room.person(request.cookies.get(phone_cookie(room.facts.code)))
        return cls(request, room, person, _language(request, room.facts.language))

    @property
    def phone(self) -> Phone:
        """Return what pages need to know."""
        words = "" if self.person is None else self.person.words
        rehearsal = any(one.drawn for one in self.room.people.by_id.values())
        return Phone(self.language, self.request.url.path, words, rehearsal)

    @property
    def following(self) -> Phone:
        """Return the same for a page that waits for the session to go on."""
        return self.phone._replace(state=phone_word(self.room.state))

    def page(self, html: str, status: int = 200) -> Response:
        """Return a page; a language that was chosen by its link stays chosen."""
        response = HTMLResponse(html, status)
        if self.request.query_params.get("lang") in LANGUAGES:
            response.set_cookie("lang", self.language, max_age=_MONTH, httponly=True, samesite="strict")
        return response

    def say(self, status: int, what: Message, *lines: Message, link: tuple[str, Message] | None = None) -> Response:
        """Return a page that says something."""
        return self.page(message_page(self.phone, what, *lines, link=link), status)

    def join_first(self) -> Response:
        """Return what somebody gets who has not joined, or whose phone forgot it."""
        link = (f"/{self.room.facts.code}", gettext("Join"))
        if self.request.method == "GET":
            return self.go("/")
        return self.say(403, gettext("This phone has not joined yet."), link=link)

    def go(self, path: str, token: str | None = None) -> Response:
        """Lead on to another page; `token` makes the phone somebody's."""
        response = RedirectResponse(path, SEE_OTHER)
        if token is not None:
            name = phone_cookie(self.room.facts.code)
            response.set_cookie(name, token, max_age=_MONTH, httponly=True, samesite="strict")
        return response


def phone_word(state: State) -> str:
    """Return a word that changes whenever something changes for the phones that wait."""
    return f"{state.round}-{state.stage}-{int(state.seen)}"


def _language(request: Request, usual: str) -> str:
    """Return the language asked for by the link, else by the one before, else by the phone, else by the session."""
    for asked in (request.query_params.get("lang"), request.cookies.get("lang")):
        if asked in LANGUAGES:
            return asked
    for part in request.headers.get("accept-language", "").split(","):
        code = part.split(";")[0].strip().split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return usual
