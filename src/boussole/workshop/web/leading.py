"""How the facilitator leads: the big screen, the page of their phone, and what each button does."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response

from boussole.core.group.synthesis import FEWEST
from boussole.i18n import gettext, ngettext
from boussole.render.workshop.wall import SHARED, Wall, screens, timer_words, wall_page
from boussole.workshop.chance import hashed
from boussole.workshop.facts import Stage
from boussole.workshop.photograph import moved, photograph, synthesis_of
from boussole.workshop.web.guard import form_of
from boussole.workshop.web.timing import minutes_left, timed, until_it_changes
from boussole.workshop.web.visit import Visit, phone_word

if TYPE_CHECKING:
    from starlette.requests import Request

    from boussole.core.group.synthesis import Synthesis
    from boussole.i18n import Localised, Message
    from boussole.workshop.facts import State
    from boussole.workshop.room import Room

_WEEK = 7 * 24 * 3600
KNOWN = "vu"
"""What a page that asks for news says that it has."""
_LATER = 0.05
PATIENCE = 20.0
"""Seconds after which it is answered all the same: what sits between, and phones that slept, forget who waits."""


def _cookie(room: Room) -> str:
    return f"boussole-animer-{room.facts.code}"


def leads(visit: Visit) -> bool:
    """Tell whether whoever asks opened the address that the terminal alone shows."""
    shown = visit.request.cookies.get(_cookie(visit.room), "")
    return secrets.compare_digest(hashed(shown), hashed(visit.room.facts.token))


def stranger(visit: Visit) -> Response:
    """Return what somebody gets who does not lead."""
    what = gettext("This page is the facilitator’s")
    return visit.say(403, what, gettext("Its address stands in the terminal where the session was started."))


async def enter(request: Request) -> Response:
    """Make a browser the facilitator's, once it has the address of the terminal."""
    visit = Visit.of(request)
    token = request.path_params["token"]
    if not secrets.compare_digest(hashed(token), hashed(visit.room.facts.token)):
        return stranger(visit)
    response = visit.go("/animer" if "Mobi" in request.headers.get("user-agent", "") else "/mur")
    response.set_cookie(_cookie(visit.room), token, max_age=_WEEK, httponly=True, samesite="strict")
    return response


async def wall(request: Request) -> Response:
    """Show the big screen."""
    return await _page(request, remote=False)


async def remote(request: Request) -> Response:
    """Show the same with the buttons first, for the facilitator's phone."""
    return await _page(request, remote=True)


async def _page(request: Request, *, remote: bool) -> Response:
    visit = Visit.of(request)
    if not leads(visit):
        return stranger(visit)
    synthesis = await _shown(visit.room)
    page = await run_in_threadpool(wall_page, _wall(visit, synthesis), remote=remote)
    return HTMLResponse(page)


async def _shown(room: Room) -> Synthesis | None:
    """Return what was photographed of this round, worked out once."""
    taken = room.photographs.get(room.state.round)
    if taken is not None and room.synthesis is None:
        room.synthesis = await run_in_threadpool(synthesis_of, room, taken)
    return None if taken is None else room.synthesis


def _wall(visit: Visit, synthesis: Synthesis | None) -> Wall:
    room = visit.room
    counts, facts = room.counts(), room.facts
    place = gettext("Round {number} of {total}", number=room.state.round, total=facts.rounds)
    return Wall(
        language=visit.language,
        title=room.compass.title.in_(visit.language),
        address=f"http://{request_host(visit)}/{facts.code}",
        code=facts.code,
        joined=counts.joined,
        finished=counts.finished,
        state=state_word(room.state),
        screen=room.state.screen,
        synthesis=synthesis,
        actions=_actions(room, synthesis),
        round=place.in_(visit.language) if facts.rounds > 1 else "",
        notices=_notices(room),
        timer=timer_words(minutes_left(room.state, time.time())),
        wifi=facts.wifi,
        password=facts.wifi_password,
        rehearsal=any(one.drawn for one in room.people.by_id.values()),
    )


def request_host(visit: Visit) -> str:
    """Return the host, with the port, that phones are to open: the likely address of the network."""
    return str(visit.request.app.state.public_host)


def state_word(state: State) -> str:
    """Return a word that changes whenever what is shown does."""
    return f"{state.round}-{state.stage}-{state.screen}-{int(state.seen)}-{state.until:.0f}"


def _actions(room: Room, synthesis: Synthesis | None) -> list[tuple[str, Message]]:
    state, found = room.state, []
    if state.screen and synthesis is not None:
        if state.screen < len(screens(synthesis)):
            found.append(("next", gettext("Next screen")))
        found.append(("previous", gettext("Previous screen")))
        found.append(("hide", gettext("Back to the address")))
    else:
        found.append(("reveal", gettext("Show the result")))
    if synthesis is not None:
        found.append(("again", gettext("Photograph again")))
    if state.stage is Stage.OPEN:
        found += [("pause", gettext("Pause")), ("close", gettext("Close the answers"))]
    else:
        found.append(("open", gettext("Take answers again")))
    if state.round < room.facts.rounds:
        found.append(("round", gettext("Next round")))
    return found


def _notices(room: Room) -> list[Localised]:
    """Return what the facilitator needs to know: why nothing can be shown, what moved since the photograph."""
    whole = sum(1 for _ in room.people.whole(room.state.round))
    if whole < FEWEST:
        return [gettext("Under {fewest} finished sheets, nothing can be shown.", fewest=FEWEST)]
    if room.state.round not in room.photographs:
        return []
    since = moved(room)
    if 0 < since < room.facts.smallest:
        return [
            ngettext(
                "{count} sheet changed since the photograph: shown now, it could be recognised. Wait for others.",
                "{count} sheets changed since the photograph: shown now, they could be recognised. Wait for others.",
                since,
            )
        ]
    return [
        ngettext("{count} sheet changed since the photograph.", "{count} sheets changed since the photograph.", since)
    ]


async def lead(request: Request) -> Response:
    """Do what a button says."""
    visit = Visit.of(request)
    if not leads(visit):
        return stranger(visit)
    room = visit.room
    fields = dict(await form_of(request))
    action = fields.get("do", "")
    if action in {"reveal", "again"}:
        await _photograph(room, again=action == "again")
    after = _after(room.state, action, await _shown(room), room.facts.rounds)
    after = timed(after, action, fields.get("minutes", ""), time.time())
    if after.round != room.state.round:
        room.synthesis = None
    if after != room.state:
        await room.set_state(after)
    return visit.go(request.url.path)


async def _photograph(room: Room, *, again: bool) -> None:
    """Take a photograph where it may be: of five sheets or more, and not of so few new ones that they show."""
    taken = room.photographs.get(room.state.round)
    if taken is not None and (not again or moved(room) < room.facts.smallest):
        return
    if sum(1 for _ in room.people.whole(room.state.round)) >= FEWEST:
        sheets = photograph(room)
        await room.keep_photograph(sheets, await run_in_threadpool(synthesis_of, room, sheets))


def _after(state: State, action: str, synthesis: Synthesis | None, rounds: int) -> State:
    """Return where the session stands after a button."""
    match action:
        case "pause":
            return state._replace(stage=Stage.PAUSED)
        case "close":
            return state._replace(stage=Stage.CLOSED)
        case "open":
            return state._replace(stage=Stage.OPEN)
        case "round" if state.round < rounds:
            return state._replace(round=state.round + 1, stage=Stage.OPEN, screen=0, seen=False, until=0.0)
        case "hide":
            return state._replace(screen=0)
    if synthesis is None:
        return state
    order = screens(synthesis)
    screen = {"reveal": 1, "next": state.screen + 1, "previous": state.screen - 1}.get(action, state.screen)
    screen = min(max(screen, 0), len(order))
    return state._replace(screen=screen, seen=state.seen or (screen > 0 and order[screen - 1] == SHARED))


async def wall_state(request: Request) -> Response:
    """Tell the big screen what it should show and how many are there, once this is not what it has."""
    visit = Visit.of(request)
    if not leads(visit):
        return JSONResponse({}, 403)
    if _wall_word(visit.room) == request.query_params.get(KNOWN):
        soon = until_it_changes(visit.room.state, time.time())
        await visit.room.wall_bell.wait(PATIENCE if soon is None else min(PATIENCE, soon + _LATER))
    counts = visit.room.counts()
    said = {
        "timer": timer_words(minutes_left(visit.room.state, time.time())),
        "joined": ngettext("{count} person joined", "{count} people joined", counts.joined),
        "finished": ngettext("{count} has finished", "{count} have finished", counts.finished),
    }
    told = {"word": _wall_word(visit.room), "state": state_word(visit.room.state), "over": visit.room.wall_bell.closed}
    return JSONResponse({**told, **{name: text.in_(visit.language) for name, text in said.items() if text is not None}})


def _wall_word(room: Room) -> str:
    counts = room.counts()
    return f"{state_word(room.state)}-{counts.joined}-{counts.finished}-{minutes_left(room.state, time.time())}"


async def phone_state(request: Request) -> Response:
    """Tell a phone that waits once something changed, or after a while that nothing did."""
    room = Visit.of(request).room
    if phone_word(room.state) == request.query_params.get(KNOWN):
        await room.phone_bell.wait(PATIENCE)
    word = phone_word(room.state)
    return JSONResponse({"word": word, "state": word, "over": room.phone_bell.closed})
