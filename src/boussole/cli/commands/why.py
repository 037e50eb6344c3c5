"""`boussole why`: why a MEDOC stands where it stands, and what would change it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from boussole.cli.answers_option import given_answers, tell_missing
from boussole.cli.app import Settings
from boussole.cli.clock import now
from boussole.cli.output import REPORT, Format, screen_width
from boussole.cli.parameters import medoc_named, parse_int
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.files.library import Library
from boussole.i18n import N_

if TYPE_CHECKING:
    from boussole.core.why.sensitivity import Explanation


def run(
    ctx: typer.Context,
    compass: Annotated[
        str, typer.Argument(metavar="COMPASS", help=N_("A compass: its name in boussole list, or its file"))
    ],
    medoc: Annotated[str, typer.Argument(metavar="MEDOC", help=N_("A MEDOC: its name in boussole medoc"))],
    answers: Annotated[
        str | None,
        typer.Option(metavar="FILE|CODE", help=N_("Answers saved or exported by boussole, or a code to share")),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="ID=VALUE", help=N_("An answer, on top; repeat it for several")),
    ] = None,
    to: Annotated[str | None, typer.Option(metavar=REPORT.words, help=N_("Form of the result"))] = None,
    top: Annotated[
        str | None,
        typer.Option(metavar="N", help=N_("How many MEDOC make a result; by default, as the compass says")),
    ] = None,
) -> None:
    """Print why one MEDOC stands where it stands, and the nearest change that would bring it into the top."""
    settings: Settings = ctx.find_root().obj
    destinations = REPORT.destinations(to, [])
    number = parse_int("--top", top, least=1)
    pair = Library(settings.catalogue, settings.compasses).pair(compass)
    catalogue = pair.catalogue
    explained = medoc_named(medoc, catalogue)
    given, _ = given_answers(pair, answers, set_ or [])
    situation = situate(pair.compass, given)
    tell_missing(situation)
    from boussole.vectorized.why.explanation import explain

    ranking = rank(pair.compass, catalogue, situation)
    account = explain(ranking, given, explained, pair.compass.weighting.top if number is None else number)
    destinations.send(partial(_render, account=account, language=settings.language))


def _render(form: Format, account: Explanation, language: str, *, on_screen: bool) -> str:
    from boussole.render.why.formats import why_json, why_markdown, why_table

    if form is Format.JSON:
        return why_json(account, language)
    if form is Format.MARKDOWN:
        return why_markdown(account, language)
    from boussole.cli.console import as_text

    width = screen_width()
    table = why_table(account, language, width=width, today=now().date())
    return as_text(table, width, on_screen=on_screen)
