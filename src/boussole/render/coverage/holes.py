"""The holes of a coverage: cells in which few MEDOC fit, or for which few were made; what would nearly fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.i18n import Joined, gettext, ngettext
from boussole.render.coverage.wording import Share, cell_title, nearly, recommend_command

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def thin(coverage: Coverage, command: Sequence[str]) -> Section:
    """Return the cells in which fewer MEDOC fit than are enough."""
    least = coverage.at_least
    title = gettext("Cells with few MEDOC")
    cells = sorted((cell for cell in coverage.cells if cell.fit < least), key=lambda cell: (cell.fit, cell.made))
    if not cells:
        fewest = min((cell.fit for cell in coverage.cells), default=0)
        return Section(
            title,
            (
                gettext(
                    "None: {fewest} MEDOC or more fit in every situation followed, and {least} are enough.",
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
    entries = [Entry(_thin_cell(coverage, cell), recommend_command(coverage, cell, command)) for cell in cells[:SHOWN]]
    return Section(title, tuple(sentences), tuple(entries), more(len(cells)))


def _thin_cell(coverage: Coverage, cell: Cell) -> Message:
    """Return how many MEDOC fit in a cell, and which one facet alone keeps out of its example."""
    near = [
        gettext(
            "{medoc}: {facet}", medoc=medoc_title(coverage, one.medoc), facet=coverage.catalogue.facets[one.facet].title
        )
        for one in nearly(coverage, cell)
    ]
    said = gettext(
        "{cell}: {fit}, in {share} of its situations",
        cell=cell_title(coverage, cell),
        fit=_fit(cell),
        share=Share(cell.thin, cell.situations),
    )
    if not near:
        return said
    return gettext("{said}. Kept out there by one facet alone: {medoc}", said=said, medoc=Joined(near, " · "))


def _fit(cell: Cell) -> Message:
    if cell.fit == 0:
        return gettext("no MEDOC fits")
    return ngettext("only {count} MEDOC fits", "only {count} MEDOC fit", cell.fit)


def little_made(coverage: Coverage, command: Sequence[str]) -> Section:
    """Return the cells for which few MEDOC were made."""
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
    return Section(title, tuple(sentences), tuple(entries), more(len(cells)))


def _made(cell: Cell) -> Message:
    return (
        ngettext("{count} made for it", "{count} made for it", cell.made) if cell.made else gettext("none made for it")
    )


def medoc_title(coverage: Coverage, id_: str) -> Message:
    """Return a MEDOC by its title and its id."""
    return gettext("{title} ({id})", title=coverage.catalogue.medoc[id_].title, id=id_)


def more(number: int) -> Message | None:
    """Return how many are not named, where some are not."""
    left = number - SHOWN
    if left <= 0:
        return None
    return ngettext("And {count} more; --to json lists them.", "And {count} more; --to json lists them.", left)
