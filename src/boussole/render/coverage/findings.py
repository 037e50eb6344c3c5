"""What a coverage says below its picture: the holes, what never comes up or always does, how firm the order is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.check.coverage import CLOSE
from boussole.i18n import gettext, ngettext
from boussole.render.coverage.wording import Share, cell_title, recommend_command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.core.check.coverage import Cell, Coverage
    from boussole.i18n import Localised, Message

SHOWN = 15
"""How many of a kind are named; --to json names them all."""
_COMMANDS = 3
"""How many of the cells that are served, but not for themselves, come with a command."""


class Entry(NamedTuple):
    """A line of a list, and the words of the command that shows the case."""

    text: Localised
    command: tuple[str, ...] = ()


class Section(NamedTuple):
    """A part of what is said: sentences, then a list, then how many more there are."""

    title: Message
    sentences: tuple[Localised, ...]
    entries: tuple[Entry, ...] = ()
    more: Localised | None = None


def sections(coverage: Coverage, command: Sequence[str]) -> Iterator[Section]:
    """Yield all there is to say; `command` starts the line that shows a case (`boussole recommend COMPASS`)."""
    yield _thin(coverage, command)
    if coverage.by:
        yield _little_made(coverage, command)
    yield _generic(coverage)
    yield _one_kind(coverage)
    yield _never(coverage)
    yield _everywhere(coverage)
    yield _idle(coverage)
    yield _order(coverage)


def _thin(coverage: Coverage, command: Sequence[str]) -> Section:
    least = coverage.at_least
    title = gettext("Cells with few MEDOC")
    cells = sorted((cell for cell in coverage.cells if cell.fit < least), key=lambda cell: (cell.fit, cell.made))
    if not cells:
        fewest = min((cell.fit for cell in coverage.cells), default=0)
        return Section(
            title,
            (
                gettext(
                    "None: {fewest} MEDOC or more fit in every situation, and {least} are enough.",
                    fewest=fewest,
                    least=least,
                ),
            ),
        )
    sentences = [
        ngettext(
            "{count} cell out of {cells} has a situation in which fewer than {least} MEDOC fit.",
            "{count} cells out of {cells} have a situation in which fewer than {least} MEDOC fit.",
            len(cells),
            cells=len(coverage.cells),
            least=least,
        )
    ]
    empty = sum(cell.fit == 0 for cell in cells)
    if empty:
        sentences.append(
            ngettext("In {count} of them, one has none at all.", "In {count} of them, one has none at all.", empty)
        )
    entries = [
        Entry(
            gettext(
                "{cell}: {fit}, in {share} of its situations",
                cell=cell_title(coverage, cell),
                fit=_fit(cell),
                share=Share(cell.thin, cell.situations),
            ),
            recommend_command(coverage, cell, command),
        )
        for cell in cells[:SHOWN]
    ]
    return Section(title, tuple(sentences), tuple(entries), _more(len(cells)))


def _fit(cell: Cell) -> Message:
    if cell.fit == 0:
        return gettext("no MEDOC fits")
    return ngettext("only {count} MEDOC fits", "only {count} MEDOC fit", cell.fit)


def _little_made(coverage: Coverage, command: Sequence[str]) -> Section:
    least = coverage.at_least
    title = gettext("Cells for which little was made")
    cells = sorted((cell for cell in coverage.cells if cell.made < least), key=lambda cell: (cell.made, cell.fit))
    if not cells:
        return Section(title, (gettext("None: every cell has {least} MEDOC or more made for it.", least=least),))
    sentences = [
        ngettext(
            "{count} cell out of {cells} has fewer than {least} MEDOC made for it: what fits there suits all.",
            "{count} cells out of {cells} have fewer than {least} MEDOC made for them: what fits there suits all.",
            len(cells),
            cells=len(coverage.cells),
            least=least,
        )
    ]
    none = sum(cell.made == 0 for cell in cells)
    if none:
        sentences.append(ngettext("{count} of them has none.", "{count} of them have none.", none))
    entries = [
        Entry(
            gettext(
                "{cell}: {made}, out of {fit} that fit", cell=cell_title(coverage, cell), made=_made(cell), fit=cell.fit
            ),
            recommend_command(coverage, cell, command) if place < _COMMANDS else (),
        )
        for place, cell in enumerate(cells[:SHOWN])
    ]
    return Section(title, tuple(sentences), tuple(entries), _more(len(cells)))


def _made(cell: Cell) -> Message:
    return (
        ngettext("{count} made for it", "{count} made for it", cell.made) if cell.made else gettext("none made for it")
    )


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
    return Section(title, (sentence,), _shares(coverage, [(cell, cell.generic) for cell in cells]), _more(len(cells)))


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
    return Section(title, (sentence,), _shares(coverage, [(cell, cell.one_kind) for cell in cells]), _more(len(cells)))


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
        sentence: Localised = gettext("None: each one is in the first {top} of some situation.", top=coverage.top)
        return Section(title, (sentence,))
    sentence = ngettext(
        "{count} MEDOC out of {all} is in the first {top} of none of the situations looked at.",
        "{count} MEDOC out of {all} are in the first {top} of none of the situations looked at.",
        len(ids),
        all=len(coverage.catalogue.medoc),
        top=coverage.top,
    )
    entries = tuple(Entry(_medoc(coverage, id_)) for id_ in ids[:SHOWN])
    return Section(title, (sentence,), entries, _more(len(ids)))


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
                medoc=_medoc(coverage, id_),
                share=Share(coverage.presence[id_].top, coverage.looked_at),
            )
        )
        for id_ in ids[:SHOWN]
    )
    return Section(title, (sentence,), entries, _more(len(ids)))


def _medoc(coverage: Coverage, id_: str) -> Message:
    return gettext("{title} ({id})", title=coverage.catalogue.medoc[id_].title, id=id_)


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


def _more(number: int) -> Message | None:
    """Return how many are not named, where some are not."""
    left = number - SHOWN
    if left <= 0:
        return None
    return ngettext("And {count} more; --to json lists them.", "And {count} more; --to json lists them.", left)
