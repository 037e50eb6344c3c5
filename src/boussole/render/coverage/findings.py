"""What a coverage says below its picture: the holes, what never comes up or always does, how firm the order is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.check.coverage import CLOSE
from boussole.i18n import gettext, ngettext
from boussole.render.coverage.holes import SHOWN, Entry, Section, intended, little_made, medoc_title, more, thin
from boussole.render.coverage.wording import Share, cell_title, recommend_command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.core.check.coverage import Cell, Coverage
    from boussole.i18n import Localised


def sections(coverage: Coverage, command: Sequence[str]) -> Iterator[Section]:
    """Yield all there is to say; `command` starts the line that shows a case (`boussole recommend COMPASS`)."""
    yield thin(coverage, command)
    if coverage.by:
        yield little_made(coverage, command)
    yield from intended(coverage, command)
    yield _generic(coverage)
    yield _one_kind(coverage)
    yield _never(coverage)
    yield from _reached(coverage, command)
    yield from _not_seen(coverage)
    yield _everywhere(coverage)
    yield _idle(coverage)
    yield _order(coverage)


def _generic(coverage: Coverage) -> Section:
    title = gettext("Lists that rest on what suits all")
    cells = [cell for cell in coverage.cells if cell.generic]
    if not cells:
        sentence = gettext(
            "None: in every situation looked at, at least one of the first {top} is made for part of the cell.",
            top=coverage.top,
        )
        return Section(title, (sentence,))
    cells.sort(key=lambda cell: -cell.generic * _COMMON // cell.looked_at)
    sentence = ngettext(
        "In {count} cell out of {cells}, some situations have nothing in the first {top} that was made for any of it.",
        "In {count} cells out of {cells}, some situations have nothing in the first {top} that was made for any of it.",
        len(cells),
        cells=len(coverage.cells),
        top=coverage.top,
    )
    return Section(title, (sentence,), _shares(coverage, [(cell, cell.generic) for cell in cells]), more(len(cells)))


def _one_kind(coverage: Coverage) -> Section:
    title = gettext("Lists of one kind only")
    cells = [cell for cell in coverage.cells if cell.one_kind]
    if not cells:
        sentence = gettext(
            "None: the first {top} are of two kinds or more in every situation looked at.", top=coverage.top
        )
        return Section(title, (sentence,))
    cells.sort(key=lambda cell: -cell.one_kind * _COMMON // cell.looked_at)
    sentence = ngettext(
        "In {count} cell out of {cells}, the first {top} of some situations are all of one kind.",
        "In {count} cells out of {cells}, the first {top} of some situations are all of one kind.",
        len(cells),
        cells=len(coverage.cells),
        top=coverage.top,
    )
    return Section(title, (sentence,), _shares(coverage, [(cell, cell.one_kind) for cell in cells]), more(len(cells)))


_COMMON = 1_000_000_000
"""Shares are compared as whole numbers out of this."""


def _shares(coverage: Coverage, cells: Sequence[tuple[Cell, int]]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            gettext(
                "{cell}: {share} of its situations looked at",
                cell=cell_title(coverage, cell),
                share=Share(part, cell.looked_at),
            )
        )
        for cell, part in cells[:SHOWN]
    )


def _never(coverage: Coverage) -> Section:
    title = gettext("MEDOC that never come up")
    ids = coverage.never()
    if not ids:
        sentence: Localised = (
            gettext("None is known: nothing proves of any that it is in the first {top} of nobody.", top=coverage.top)
            if coverage.not_seen()
            else gettext("None: each one is in the first {top} of some situation.", top=coverage.top)
        )
        return Section(title, (sentence,))
    sentence = ngettext(
        "{count} MEDOC out of {all} is in the first {top} of nobody, whatever is answered.",
        "{count} MEDOC out of {all} are in the first {top} of nobody, whatever is answered.",
        len(ids),
        all=len(coverage.catalogue.medoc),
        top=coverage.top,
    )
    entries = tuple(Entry(medoc_title(coverage, id_)) for id_ in ids[:SHOWN])
    several = (gettext("That is proved for several answers at once too."),) if coverage.one_at_a_time else ()
    return Section(title, (sentence, *several), entries, more(len(ids)))


def _reached(coverage: Coverage, command: Sequence[str]) -> Iterator[Section]:
    """Yield the MEDOC that were not seen, but are in the top of other answers, which show it."""
    ids = sorted(coverage.reached)
    if ids:
        sentence = ngettext(
            "{count} MEDOC was seen in no first {top} of the situations looked at, but is in that of other answers.",
            "{count} MEDOC were seen in no first {top} of the situations looked at, but are in that of other answers.",
            len(ids),
            top=coverage.top,
        )
        entries = tuple(
            Entry(medoc_title(coverage, id_), recommend_command(coverage, coverage.reached[id_], command))
            for id_ in ids[:SHOWN]
        )
        yield Section(gettext("MEDOC that come up for others"), (sentence,), entries, more(len(ids)))


def _not_seen(coverage: Coverage) -> Iterator[Section]:
    """Yield the MEDOC that were not seen, where there is one: they may come up where nothing was looked at."""
    ids = coverage.not_seen()
    if ids:
        sentence = ngettext(
            "{count} MEDOC out of {all} is in the first {top} of none of the situations looked at, not all there are.",
            "{count} MEDOC out of {all} are in the first {top} of none of the situations looked at, not all there are.",
            len(ids),
            all=len(coverage.catalogue.medoc),
            top=coverage.top,
        )
        entries = tuple(Entry(medoc_title(coverage, id_)) for id_ in ids[:SHOWN])
        yield Section(gettext("MEDOC that were not seen"), (sentence,), entries, more(len(ids)))


def _everywhere(coverage: Coverage) -> Section:
    title = gettext("MEDOC that are everywhere")
    ids = coverage.everywhere()
    if not ids:
        sentence: Localised = gettext(
            "None: no MEDOC is in the first {top} of half of the situations looked at.", top=coverage.top
        )
        return Section(title, (sentence,))
    sentence = ngettext(
        "{count} MEDOC is in the first {top} of half of the situations looked at or more.",
        "{count} MEDOC are in the first {top} of half of the situations looked at or more.",
        len(ids),
        top=coverage.top,
    )
    entries = tuple(
        Entry(
            gettext(
                "{medoc}: {share}",
                medoc=medoc_title(coverage, id_),
                share=Share(coverage.presence[id_].top, coverage.looked_at),
            )
        )
        for id_ in ids[:SHOWN]
    )
    return Section(title, (sentence,), entries, more(len(ids)))


def _idle(coverage: Coverage) -> Section:
    title = gettext("Questions that change nothing")
    if not coverage.idle:
        return Section(title, (gettext("None: the answer to each question changes the list of somebody."),))
    sentence = ngettext(
        "The answer to {count} question never changes the list.",
        "The answers to {count} questions never change the list.",
        len(coverage.idle),
    )
    entries = []
    for idle in coverage.idle:
        ask = coverage.compass.questions[idle.question].ask
        text = (
            gettext("{ask} ({id}): nothing looks at it (proved)", ask=ask, id=idle.question)
            if idle.proved
            else gettext("{ask} ({id}): no difference in the interviews tried (not proved)", ask=ask, id=idle.question)
        )
        entries.append(Entry(text))
    return Section(title, (sentence,), tuple(entries))


def _order(coverage: Coverage) -> Section:
    """Return how often the order is decided by little, with the rule."""
    whole = coverage.looked_at
    return Section(
        gettext("How firm the order is"),
        (
            gettext(
                "Who is in the first {top}: in {share} of the situations looked at, the last one in and the first one "
                "out have the same score and the same proof; the most recent wins, then the id in alphabetical order.",
                top=coverage.top,
                share=Share(coverage.tied_at_end, whole),
            ),
            gettext(
                "Who comes first: in {tied} of the situations looked at, several share the first place; in {close}, "
                "the first is less than {points} points ahead of the second.",
                tied=Share(coverage.tied_first, whole),
                close=Share(coverage.close_first, whole),
                points=CLOSE,
            ),
        ),
    )
