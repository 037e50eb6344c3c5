"""`boussole group`: what the answers of a group have in common, what divides them, what goes unheard."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from boussole.cli.app import Settings
from boussole.cli.echo import echo_stderr
from boussole.cli.output import REPORT_OF_GROUP
from boussole.cli.parameters import parse_int
from boussole.cli.result import render_group
from boussole.core.group.synthesis import LEAST_SMALLEST, SMALLEST, check_request, synthesise
from boussole.errors import BoussoleError
from boussole.files.answers.collecting import collect
from boussole.files.library import Library
from boussole.i18n import N_, Listing, gettext, ngettext, quoted

if TYPE_CHECKING:
    from boussole.core.group.gathering import Person
    from boussole.core.group.synthesis import Synthesis
    from boussole.files.answers.collecting import Collected
    from boussole.files.library import Pair

_NAMED = 3
"""How many sheets with answers that cannot be used are named."""


def run(
    ctx: typer.Context,
    compass: Annotated[
        str, typer.Argument(metavar="COMPASS", help=N_("A compass: its name in boussole list, or its file"))
    ],
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help=N_("Answers files, exported paths, codes (.txt), JSON Lines, workshop exports, folders of these"),
        ),
    ],
    to: Annotated[str | None, typer.Option(metavar=REPORT_OF_GROUP.words, help=N_("Form of the report"))] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", metavar="FILE", help=N_("File to write; its ending says the form")),
    ] = None,
    smallest: Annotated[
        str | None,
        typer.Option(metavar="K", help=N_("Smallest group inside the group that is shown: 3, or up to 20")),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="QUESTION|FACET", help=N_("What makes the groups inside the group"))
    ] = None,
    before: Annotated[
        list[str] | None,
        typer.Option(metavar="SOURCE", help=N_("Answers of the same people, earlier; repeat it for several")),
    ] = None,
) -> None:
    """Gather the answers of many people, and say what they say together."""
    settings: Settings = ctx.find_root().obj
    number = parse_int("--smallest", smallest, least=LEAST_SMALLEST)
    destinations = REPORT_OF_GROUP.destinations(to, output or [])
    pair = Library(settings.catalogue, settings.compasses).pair(compass)
    asked = _Asked(SMALLEST if number is None else number, by)
    check_request(pair.compass, asked.smallest, by)
    found, wrong = _gathered(pair, sources, before, asked)
    destinations.send(partial(render_group, found=found, language=settings.language))
    if wrong:
        raise typer.Exit(1)


class _Asked(NamedTuple):
    """What the options ask for."""

    smallest: int
    by: str | None


def _gathered(pair: Pair, sources: list[str], before: list[str] | None, asked: _Asked) -> tuple[Synthesis, bool]:
    """Return the synthesis of what the sources hold, and whether something in them could not be used.

    Raises:
        BoussoleError: when they hold no answers to the compass.

    """
    now = collect(pair.compass, pair.catalogue, sources)
    _tell(pair, now)
    earlier = None
    if before is not None:
        earlier = collect(pair.compass, pair.catalogue, before, earliest=True)
        _tell(pair, earlier)
    if not now.sheets:
        named = Listing([quoted(source) for source in sources])
        raise BoussoleError(
            gettext(
                "There are no answers to the compass “{compass}” in {sources}.", compass=pair.compass.id, sources=named
            )
        )
    found = synthesise(
        pair.compass,
        pair.catalogue,
        _people(pair, now),
        smallest=asked.smallest,
        by=asked.by,
        earlier=None if earlier is None else _people(pair, earlier),
    )
    return found, now.wrong or (earlier is not None and earlier.wrong)


def _people(pair: Pair, collected: Collected) -> list[Person]:
    """Return a person for each sheet, with what their ranking gives."""
    from boussole.vectorized.group.people import rank_people

    people = rank_people(pair.compass, pair.catalogue, [sheet.situation for sheet in collected.sheets])
    return [
        person._replace(people=sheet.given.people, id=sheet.given.person)
        for person, sheet in zip(people, collected.sheets, strict=True)
    ]


def _tell(pair: Pair, collected: Collected) -> None:
    """Say on stderr what could not be used, and what was there twice."""
    for name, reason in collected.unread:
        echo_stderr(gettext("{name}: {reason}", name=name, reason=reason))
    for name, compass in collected.elsewhere:
        reason = gettext(
            "These answers are for the compass “{saved}”, not “{asked}”.", saved=compass, asked=pair.compass.id
        )
        echo_stderr(gettext("{name}: {reason}", name=name, reason=reason))
    for other_version, reason in (
        (True, gettext("answers of another version; what no longer holds is left out:")),
        (False, gettext("what does not fit the compass is left out:")),
    ):
        sheets = [one for one in collected.dropped if one.other_version == other_version]
        if sheets:
            names = ", ".join(one.name for one in sheets[:_NAMED]) + ("…" if len(sheets) > _NAMED else "")
            echo_stderr(gettext("{name}: {reason}", name=names, reason=reason))
        for problem in {str(one): one for sheet in sheets for one in sheet.problems}.values():  # each once
            echo_stderr(problem)
    if collected.twice:
        echo_stderr(
            ngettext(
                "{count} sheet was there already, and is counted once.",
                "{count} sheets were there already, and are counted once.",
                collected.twice,
            )
        )
    if collected.unshared:
        echo_stderr(
            ngettext(
                "{count} sheet is not counted: it says so itself.",
                "{count} sheets are not counted: they say so themselves.",
                collected.unshared,
            )
        )
