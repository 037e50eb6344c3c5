"""`boussole coverage`: what every possible situation gets."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from boussole.cli.app import Settings
from boussole.cli.echo import echo_stderr
from boussole.cli.output import SURVEY, Format, screen_width
from boussole.cli.parameters import parse_int
from boussole.core.definitions.catalogue import PROVEN
from boussole.errors import BoussoleError
from boussole.files.library import Library
from boussole.fuzzy import suggest
from boussole.i18n import N_, either, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from boussole.core.check.coverage import Coverage
    from boussole.core.definitions.compass import Compass
    from boussole.files.library import Pair
    from boussole.render.coverage.heat_map import Show

_NAMED = 10
_FACETS = 2


class _Wish(NamedTuple):
    """How to show a coverage: in which language, which number in the boxes, with which command for each case."""

    language: str
    show: Show
    command: Sequence[str]


def run(
    ctx: typer.Context,
    compass: Annotated[
        str, typer.Argument(metavar="COMPASS", help=N_("A compass: its name in boussole list, or its file"))
    ],
    by: Annotated[
        str | None,
        typer.Option(metavar="F1,F2,…", help=N_("Facets whose terms make the cells; the rest is summed over")),
    ] = None,
    at_least: Annotated[
        str | None,
        typer.Option(
            "--at-least", metavar="N", help=N_("How many MEDOC are enough; by default, what the compass shows")
        ),
    ] = None,
    top: Annotated[
        str | None,
        typer.Option(metavar="N", help=N_("How many MEDOC make a result; by default, as the compass says")),
    ] = None,
    show: Annotated[
        str | None, typer.Option(metavar="made|fit|best|generic", help=N_("The number in the boxes"))
    ] = None,
    to: Annotated[str | None, typer.Option(metavar=SURVEY.words, help=N_("Form of what is printed"))] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", metavar="FILE", help=N_("File to write; its ending says the form")),
    ] = None,
    fail_under: Annotated[
        str | None, typer.Option("--fail-under", metavar="N", help=N_("Exit 1 when fewer MEDOC fit some cell"))
    ] = None,
    limit: Annotated[str | None, typer.Option(metavar="N", help=N_("How many situations to look at, at most"))] = None,
) -> None:
    """Survey every situation that answers can lead to, and show what each gets."""
    settings: Settings = ctx.find_root().obj
    enough, first = parse_int("--at-least", at_least, least=1), parse_int("--top", top, least=1)
    least, most = parse_int("--fail-under", fail_under, least=0), parse_int("--limit", limit, least=1)
    destinations = SURVEY.destinations(to, output or [])
    wish = _Wish(settings.language, _show_named(show), _command(compass, settings))
    pair = Library(settings.catalogue, settings.compasses).pair(compass)
    cells = _facets_named(pair, by) if by is not None else _usual_facets(pair.compass)
    coverage = _survey(pair, cells, enough, first, most)
    destinations.send(partial(_render, coverage=coverage, wish=wish))
    if least is not None:
        _hold(coverage, least)


def _show_named(word: str | None) -> Show:
    from boussole.render.coverage.heat_map import Show

    try:
        return Show.MADE if word is None else Show(word)
    except ValueError:
        raise BoussoleError(
            gettext("{option}: “{value}” is not accepted.", option="--show", value=word),
            suggest(str(word), [one.value for one in Show]),
        ) from None


def _command(compass: str, settings: Settings) -> tuple[str, ...]:
    """Return the words that start the command which shows one case, with the same definitions."""
    options = {"--catalogue": settings.catalogue, "--compasses": settings.compasses}
    given = [word for option, path in options.items() if path is not None for word in (option, str(path))]
    return ("boussole", "recommend", compass, *given)


def _facets_named(pair: Pair, written: str) -> tuple[str, ...]:
    """Return the facets of `--by`, each once.

    Raises:
        BoussoleError: when there is none, or one at which the compass places nobody.

    """
    known = _placed_facets(pair.compass)
    words = [word for word in map(str.strip, written.split(",")) if word]
    for word in words:
        if word in known:
            continue
        what = (
            gettext("--by: this compass places nobody on the facet “{word}”.", word=word)
            if word in pair.catalogue.facets
            else gettext("--by: there is no facet “{word}”.", word=word)
        )
        raise BoussoleError(what, suggest(word, known))
    if not words:
        raise BoussoleError(gettext("--by names no facet."), gettext("Write {words}.", words=either(known)))
    return tuple(dict.fromkeys(words))


def _usual_facets(compass: Compass) -> tuple[str, ...]:
    """Return the facets that the ranking requires, then those that weigh most until there are two.

    Where it requires more than two, which no map shows at once: the two that weigh most of all.
    """
    weighting, known = compass.weighting, _placed_facets(compass)
    required = [facet for facet in known if facet in weighting.require]
    if len(required) > _FACETS:
        heaviest = sorted(known, key=lambda facet: (-weighting.weights.get(facet, 0), facet not in required))[:_FACETS]
        return tuple(facet for facet in known if facet in heaviest)
    others = [facet for facet in known if facet not in required and facet in weighting.weights]
    others.sort(key=lambda facet: -weighting.weights[facet])
    return (*required, *others[: max(0, _FACETS - len(required))])


def _placed_facets(compass: Compass) -> list[str]:
    """Return the facets at which the compass places people, in the order of the questions that decide them."""
    from boussole.core.definitions.conditions import Subject, SubjectKind
    from boussole.core.definitions.dependencies import Dependencies, placeable

    dependencies, order = Dependencies(compass), list(compass.questions)

    def first_question(facet: str) -> tuple[int, str]:
        deciding = dependencies.questions([Subject(SubjectKind.FACET, facet)])
        return min((order.index(id_) for id_ in deciding), default=len(order)), facet

    return sorted(placeable(compass) - {PROVEN}, key=first_question)


def _survey(pair: Pair, by: tuple[str, ...], enough: int | None, top: int | None, limit: int | None) -> Coverage:
    from boussole.vectorized.coverage.survey import LIMIT, survey

    with _bar() as progress:
        return survey(
            pair.compass,
            pair.catalogue,
            by,
            at_least=pair.compass.weighting.top if enough is None else enough,
            top=top,
            limit=LIMIT if limit is None else limit,
            progress=progress,
        )


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None] | None]:
    """Give what draws a bar on stderr, where somebody sees it."""
    still = os.environ.get("ACCESSIBLE") == "1" or os.environ.get("TERM") == "dumb"
    if still or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    from boussole.cli.language import current_language

    with Progress(console=Console(file=sys.stderr), transient=True) as drawn:
        task = drawn.add_task(gettext("Situations…").in_(current_language()), total=None)
        yield lambda done, total: drawn.update(task, completed=done, total=total)


def _render(form: Format, coverage: Coverage, wish: _Wish, *, on_screen: bool) -> str:
    """Return the coverage in one form; a form is imported when asked for."""
    if form in {Format.JSON, Format.CSV}:
        from boussole.render.coverage.machine import to_csv, to_json

        return to_json(coverage, wish.language) if form is Format.JSON else to_csv(coverage, wish.command)
    if form in {Format.HTML, Format.SVG}:
        from boussole.render.coverage.page import to_html, to_svg

        if form is Format.HTML:
            return to_html(coverage, wish.language, show=wish.show, command=wish.command)
        return to_svg(coverage, wish.language, show=wish.show)
    from boussole.cli.console import as_text
    from boussole.render.coverage.text import to_text

    width = screen_width()
    text = to_text(coverage, wish.language, width=width, show=wish.show, command=wish.command)
    return as_text(text, width, on_screen=on_screen)


def _hold(coverage: Coverage, least: int) -> None:
    """Name on stderr the cells that fewer than `least` MEDOC fit, worst first, and exit 1; not those on purpose."""
    from boussole.render.coverage.wording import cell_title

    few = [cell for cell in coverage.cells if cell.fit < least and coverage.declared(cell) is None]
    under = sorted(few, key=lambda cell: cell.fit)
    if not under:
        return
    echo_stderr(
        ngettext(
            "In {count} cell out of {cells}, fewer than {least} MEDOC fit:",
            "In {count} cells out of {cells}, fewer than {least} MEDOC fit:",
            len(under),
            cells=len(coverage.cells),
            least=least,
        )
    )
    for cell in under[:_NAMED]:
        echo_stderr(gettext("{cell}: {fit}", cell=cell_title(coverage, cell), fit=cell.fit))
    if len(under) > _NAMED:
        left = len(under) - _NAMED
        echo_stderr(
            ngettext("And {count} more; --to json lists them.", "And {count} more; --to json lists them.", left)
        )
    raise typer.Exit(1)
