"""Which address does what, and what is said when something goes wrong."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from boussole.i18n import gettext
from boussole.render.workshop.assets import script, style, wall_style
from boussole.workshop.web import answering, joining, leading, paper
from boussole.workshop.web.guard import Guard, Limiter, TooLongError
from boussole.workshop.web.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.requests import Request

    from boussole.workshop.room import Room

_CODE = "/{code:str}"


def make_app(
    room: Room, hosts: Collection[str], public_host: str, *, reached: Callable[[], None] = lambda: None
) -> Starlette:
    """Return the pages of a session, known by `hosts`, each with its port; phones are told `public_host`.

    `reached` is called once, when a machine that is not this one opens the first page.
    """
    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, hosts=frozenset(hosts))],
        exception_handlers={
            TooLongError: _too_long,
            HTTPException: _not_found,
            sqlite3.Error: _failed,
            Exception: _failed,
        },
    )
    app.state.room = room
    app.state.public_host = public_host
    app.state.arrivals = joining.Arrivals({host.rpartition(":")[0] for host in hosts}, reached)
    app.state.turn = asyncio.Lock()
    app.state.guesses = Limiter(joining.WRONG_GUESSES)
    app.state.rates = Limiter(answering.ANSWERS)
    return app


def _routes() -> list[Route]:
    """Return what each address does; a code comes last, for it is like any other."""
    return [
        Route("/", joining.home),
        Route("/code", joining.typed_code, methods=["POST"]),
        Route("/rejoindre", joining.join, methods=["POST"]),
        Route("/retour", joining.return_page),
        Route("/retour", joining.come_back, methods=["POST"]),
        Route("/suite", answering.go_on),
        Route("/attente", answering.wait),
        Route("/q/{id:str}", answering.question),
        Route("/q/{id:str}", answering.answer, methods=["POST"]),
        Route("/relire", answering.review),
        Route("/finir", answering.finish, methods=["POST"]),
        Route("/resultat", answering.result),
        Route("/ma-boussole.html", answering.own_file),
        Route("/mon-code.svg", answering.own_code),
        Route("/etat", leading.phone_state),
        Route("/animer/{token:str}", leading.enter),
        Route("/animer", leading.remote),
        Route("/animer", leading.lead, methods=["POST"]),
        Route("/saisie", paper.ask),
        Route("/saisie", paper.keep, methods=["POST"]),
        Route("/saisie/{sheet:str}", paper.ask_again),
        Route("/mur", leading.wall),
        Route("/mur", leading.lead, methods=["POST"]),
        Route("/mur/etat", leading.wall_state),
        Route("/mur.css", _wall_style),
        Route("/style.css", _style),
        Route("/boussole.js", _script),
        Route("/favicon.ico", _nothing),
        Route(_CODE, joining.welcome),
    ]


async def _style(_request: Request) -> Response:
    return Response(style(), media_type="text/css")


async def _wall_style(_request: Request) -> Response:
    return Response(wall_style(), media_type="text/css")


async def _script(_request: Request) -> Response:
    return Response(script(), media_type="text/javascript")


async def _nothing(_request: Request) -> Response:
    return Response(status_code=204)


async def _too_long(request: Request, _error: Exception) -> Response:
    return Visit.of(request).say(413, gettext("This is too long"), gettext("Write less, then send it again."))


async def _not_found(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return Visit.of(request).say(status, gettext("There is no such page"), link=("/suite", gettext("Go on")))


async def _failed(request: Request, _error: Exception) -> Response:
    return Visit.of(request).say(
        503,
        gettext("This could not be kept"),
        gettext("Something went wrong on the facilitator’s computer. Send it again; if it happens again, say so."),
    )
