"""How the facilitator types paper sheets in: a line a person, kept whole or refused whole, with every reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response

from boussole.core.situation import situate
from boussole.i18n import gettext
from boussole.render.workshop.paper import Entry, Typed, typing_page
from boussole.workshop.chance import is_id, new_id
from boussole.workshop.paper import read_line, to_line, unfinished
from boussole.workshop.web.guard import form_of
from boussole.workshop.web.leading import leads, stranger
from boussole.workshop.web.visit import Visit

if TYPE_CHECKING:
    from starlette.requests import Request

    from boussole.i18n import Localised
    from boussole.workshop.people import Participant
    from boussole.workshop.room import Room

_REFUSED = 422


async def ask(request: Request) -> Response:
    """Ask for the next sheet; say of the one just kept what it holds."""
    visit = Visit.of(request)
    if not leads(visit):
        return stranger(visit)
    return _page(visit, Entry(new_id(), kept=_typed(visit.room, request.query_params.get("kept"))))


async def ask_again(request: Request) -> Response:
    """Ask for a sheet again, with the line that it is."""
    visit = Visit.of(request)
    if not leads(visit):
        return stranger(visit)
    person = _person(visit.room, request.path_params["sheet"])
    if person is None:
        return visit.go("/saisie")
    line = to_line(visit.room.compass, visit.room.answers(person))
    return _page(visit, Entry(person.export, line, again=True))


async def keep(request: Request) -> Response:
    """Keep a line as somebody's sheet, once however often it is sent; or say all that is wrong with it."""
    visit = Visit.of(request)
    fields = dict(await form_of(request))
    if not leads(visit):
        return stranger(visit)
    room, line = visit.room, fields.get("line", "")
    key = fields.get("sheet", "")
    if not is_id(key):
        return visit.go("/saisie")
    read = read_line(room.compass, line)
    if read.refused:
        again = _person(room, key) is not None
        return _page(visit, Entry(key, line, again=again, refused=read.refused), _REFUSED)
    async with request.app.state.turn:  # the same sheet sent twice is one
        await room.type_in(key, read.answers)
    return visit.go(f"/saisie?kept={key}")


def _page(visit: Visit, entry: Entry, status: int = 200) -> Response:
    typed = [_said(visit.room, one) for one in visit.room.typed()]
    return HTMLResponse(typing_page(visit.phone._replace(words=""), visit.room.compass, entry, typed), status)


def _person(room: Room, key: str) -> Participant | None:
    return next((one for one in room.typed() if one.export == key), None)


def _typed(room: Room, key: str | None) -> Typed | None:
    person = None if key is None else _person(room, key)
    return None if person is None else _said(room, person)


def _said(room: Room, person: Participant) -> Typed:
    answers = room.answers(person)
    situation = situate(room.compass, answers)
    notes: list[Localised] = []
    if situation.missing:
        notes.append(unfinished(room.compass, situation.missing))
    beside = [
        str(number)
        for number, id_ in enumerate(room.compass.questions, start=1)
        if id_ in answers.by_question and id_ not in situation.path
    ]
    if beside:
        notes.append(
            gettext("Kept, but does not concern this person, and does not count: {numbers}.", numbers=", ".join(beside))
        )
    return Typed(person.export, person.words, to_line(room.compass, answers), answers, notes)
