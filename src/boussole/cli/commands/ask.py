"""`boussole ask`: the interview at the terminal, then the result."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from boussole.cli.answers_option import given_answers
from boussole.cli.app import Settings
from boussole.cli.asking.desk import Desk, no_terminal
from boussole.cli.main import INTERRUPTED
from boussole.cli.parameters import parse_int
from boussole.errors import BoussoleError
from boussole.i18n import N_, gettext

_People = Annotated[
    str | None,
    typer.Option(
        metavar="N",
        help=N_("How many answer together, where a table does: boussole group reads it in the files you save"),
    ),
]


def run(
    ctx: typer.Context,
    compass: Annotated[
        str | None,
        typer.Argument(
            metavar="[COMPASS]", help=N_("A compass: its name in boussole list, or its file"), show_default=False
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help=N_("Go on with an unfinished interview"))] = False,
    plain: Annotated[bool, typer.Option("--plain", help=N_("Numbered lines, nothing redrawn"))] = False,
    answers: Annotated[
        str | None,
        typer.Option(metavar="FILE|CODE", help=N_("Answers saved or exported by boussole, or a code to share")),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="ID=VALUE", help=N_("An answer, on top; repeat it for several")),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=N_("Name of the table or group, to find its interview and its files again")),
    ] = None,
    people: _People = None,
    example: Annotated[
        bool, typer.Option("--example", help=N_("Print the session as an [[example]] to paste into the compass"))
    ] = False,
) -> None:
    """Ask, keep, show; what was answered stays on disk until the interview is finished."""
    settings: Settings = ctx.find_root().obj
    poor = os.environ.get("TERM") == "dumb" and sys.stdin.isatty()
    plain = plain or os.environ.get("ACCESSIBLE") == "1" or poor
    desk = Desk(settings, plain=plain, example=example, name=name, people=parse_int("--people", people, least=1))
    try:
        start = desk.resumed(compass, must=resume) if resume or not (answers or set_) else None
        if start is None:
            start = desk.new(compass)
            given, _ = given_answers(start.pair, answers, set_ or [])
            start = start._replace(answers=given)
        while start is not None:
            start = desk.hold(start)
    except (KeyboardInterrupt, EOFError) as stop:
        if not desk.say_how_to_resume() and isinstance(stop, EOFError) and not sys.stdin.isatty():
            raise (_nothing_piped() if plain else no_terminal()) from None  # nobody was there to answer anything
        raise typer.Exit(INTERRUPTED) from None
    except BoussoleError:
        desk.say_how_to_resume()
        raise


def _nothing_piped() -> BoussoleError:
    return BoussoleError(
        gettext("What is piped in ends before the first answer."),
        gettext("Pipe a line for each question, or use boussole recommend COMPASS --set ID=VALUE."),
    )
