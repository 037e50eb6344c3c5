"""`boussole impact`: what a change of definitions does to people who already answered."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boussole.cli.app import Settings
from boussole.cli.echo import echo_stderr
from boussole.cli.language import current_language, placeholder
from boussole.cli.output import REPORT, Format, screen_width
from boussole.cli.parameters import parse_int
from boussole.core.compare.impact import Revision, assess
from boussole.core.compare.impact_totals import sum_up
from boussole.errors import BoussoleError
from boussole.files.answers.many import AnswerSet, Unread, read_named
from boussole.files.revisions import Revisions, revision
from boussole.i18n import N_, either, gettext
from boussole.render.compare.impact_wording import Reading, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.core.compare.impact_totals import Impact
    from boussole.i18n import Localised

_WORST = 10
_MANY = 200


def run(
    ctx: typer.Context,
    old: Annotated[
        str,
        typer.Argument(metavar="OLD", help=N_("Definitions as they were: a file, a folder, or the id of a compass")),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help=N_("Definitions as they would be"))],
    answers: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER", help=N_("Answers: a folder of them, one file, or JSON Lines"), show_default=False
        ),
    ] = None,
    to: Annotated[str | None, typer.Option(metavar=REPORT.words, help=N_("Form of the report"))] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help=N_("File to write; its ending says the form")),
    ] = None,
    top: Annotated[
        str | None,
        typer.Option(metavar="N", help=N_("How many MEDOC make a result; by default, as the compass says")),
    ] = None,
    worst: Annotated[str | None, typer.Option(metavar="N", help=N_("How many of the worst cases to show"))] = None,
    fail_over: Annotated[
        str | None,
        typer.Option("--fail-over", metavar="PERCENT", help=N_("Exit 1 when more of the results change")),
    ] = None,
) -> None:
    """Compare the result of every sheet under the old definitions and under the new ones."""
    settings: Settings = ctx.find_root().obj
    number, cases = parse_int("--top", top, least=1), parse_int("--worst", worst, least=0)
    most = parse_int("--fail-over", fail_over, least=0)
    destinations = REPORT.destinations(to, [output] if output else [])
    for word in (old, new):
        _refuse_answers(word, old, new)
    if answers is None:
        raise BoussoleError(
            gettext("{name} is missing.", name=placeholder("--answers FOLDER")),
            gettext("Type {command} --help to see what it takes.", command=ctx.command_path),
        )
    sides = Revisions(*(revision(word, settings.catalogue, settings.compasses) for word in (old, new)))
    impact, reading = _compare(sides, answers, number)
    destinations.send(partial(_render, impact=impact, reading=reading, language=settings.language, worst=cases))
    if most is not None and impact.over(most):
        echo_stderr(gettext("{share} of the results change: more than {most}%.", share=share(impact), most=most))
        raise typer.Exit(1)


def _refuse_answers(word: str, old: str, new: str) -> None:
    """Refuse answers where definitions are expected, with the command that takes them."""
    from boussole.files.one_person import means_answers

    if means_answers(word):
        raise BoussoleError(
            gettext("“{path}” holds answers: impact takes definitions.", path=word),
            gettext("For two results: {command}", command=f"boussole compare {old} {new}"),
        )


def _compare(sides: Revisions, answers: str, top: int | None) -> tuple[Impact, Reading]:
    """Return the impact on the sheets in `answers`, and what could not be compared.

    Raises:
        BoussoleError: when none can be, or when definitions that somebody answered cannot be used.

    """
    unread: list[tuple[str, Localised]] = []
    others: dict[str, int] = {}
    changes: dict[str, Revision] = {}
    work: list[tuple[AnswerSet, Revision]] = []
    for one in read_named(answers):
        compass = sides.compass(one.compass) if isinstance(one, AnswerSet) else None
        if isinstance(one, Unread):
            unread.append(one)
        elif compass is not None:
            if compass not in changes:
                old, new = sides.pairs(compass)
                changes[compass] = Revision.between((old.compass, old.catalogue), (new.compass, new.catalogue), top=top)
            work.append((one, changes[compass]))
        elif one.compass is None:
            unread.append((one.name, gettext("it does not say which compass it answers.")))
        else:
            others[one.compass] = others.get(one.compass, 0) + 1
    _tell_unread(unread)
    if not work:
        named = gettext(
            "These answers are about {compasses}, which is not on both sides.", compasses=either(list(others))
        )
        raise BoussoleError(
            gettext("“{path}” holds no answers that can be compared.", path=answers), named if others else None
        )
    outcomes = [assess(sheet.name, sheet.values, change) for sheet, change in _with_a_bar(work)]
    return sum_up(outcomes), Reading(unread, others)


def _tell_unread(unread: Sequence[tuple[str, Localised]]) -> None:
    """Name on stderr what cannot be read, and why."""
    for name, reason in unread:
        echo_stderr(gettext("{name}: {reason}", name=name, reason=reason))


def _with_a_bar(work: Sequence[tuple[AnswerSet, Revision]]) -> Iterator[tuple[AnswerSet, Revision]]:
    """Yield the work, with a bar that grows where there is much of it and somebody sees it."""
    still = os.environ.get("ACCESSIBLE") == "1" or os.environ.get("TERM") == "dumb"
    if len(work) <= _MANY or still or not sys.stderr.isatty():
        yield from work
        return
    from rich.console import Console
    from rich.progress import track

    said = gettext("Comparing…").in_(current_language())
    yield from track(work, said, console=Console(file=sys.stderr), transient=True)


def _render(
    form: Format, impact: Impact, reading: Reading, language: str, worst: int | None, *, on_screen: bool
) -> str:
    """Return the report in one form; in JSON, all the cases unless `worst` says how many."""
    from boussole.render.compare.impact_formats import to_json, to_markdown, to_table

    shown = _WORST if worst is None else worst
    if form is Format.JSON:
        return to_json(impact, reading, language, worst=worst)
    if form is Format.MARKDOWN:
        return to_markdown(impact, reading, language, worst=shown)
    from boussole.cli.console import as_text

    width = screen_width()
    return as_text(to_table(impact, reading, language, width=width, worst=shown), width, on_screen=on_screen)
