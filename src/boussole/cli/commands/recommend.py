"""`boussole recommend`: the result without asking anything."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boussole.cli.answers_option import given_answers, tell_missing
from boussole.cli.app import Settings
from boussole.cli.output import RESULT
from boussole.cli.parameters import parse_int
from boussole.cli.result import render
from boussole.core.answers.answers import Answers
from boussole.core.ranking import Ranking, rank
from boussole.core.situation import situate
from boussole.files.library import Library
from boussole.i18n import N_

if TYPE_CHECKING:
    from boussole.core.why.sensitivity import Sensitivity


def run(
    ctx: typer.Context,
    compass: Annotated[
        str, typer.Argument(metavar="COMPASS", help=N_("A compass: its name in boussole list, or its file"))
    ],
    answers: Annotated[
        str | None,
        typer.Option(metavar="FILE|CODE", help=N_("Answers saved or exported by boussole, or a code to share")),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="ID=VALUE", help=N_("An answer, on top; repeat it for several")),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(metavar=RESULT.words, help=N_("Form of the result")),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", metavar="FILE", help=N_("File to write; its ending says the form")),
    ] = None,
    top: Annotated[str | None, typer.Option(metavar="N", help=N_("How many MEDOC to show"))] = None,
    all_: Annotated[bool, typer.Option("--all", help=N_("Show the whole list"))] = False,
    left_out: Annotated[bool, typer.Option("--left-out", help=N_("Also show what is left out, and why"))] = False,
    sure: Annotated[
        bool, typer.Option("--sure", help=N_("Also show how sure each place is, were something to change"))
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help=N_("Refuse when a required answer is missing"))] = False,
    name: Annotated[str | None, typer.Option(metavar="NAME", help=N_("Name to write on the path"))] = None,
) -> None:
    """Rank the catalogue for the answers given as options."""
    settings: Settings = ctx.find_root().obj
    number = parse_int("--top", top, least=1)
    destinations = RESULT.destinations(to, output or [])
    pair = Library(settings.catalogue, settings.compasses).pair(compass)
    given, saved = given_answers(pair, answers, set_ or [])
    situation = situate(pair.compass, given)
    tell_missing(situation, strict=strict)
    ranking = rank(pair.compass, pair.catalogue, situation)
    result = partial(
        render,
        ranking=ranking,
        answers=given,
        language=settings.language,
        shown=ranking.recommendations if all_ else ranking.top(number),
        left_out=left_out,
        name=saved.name if name is None and saved is not None else name,
        sure=_how_sure(ranking, given, number) if sure else None,
    )
    destinations.send(result)


def _how_sure(ranking: Ranking, answers: Answers, number: int | None) -> "Sensitivity":
    from boussole.vectorized.why.sensitivity import sensitivity

    compass = ranking.context.compass
    return sensitivity(compass, ranking.context.catalogue, answers, number or compass.weighting.top)
