"""The holes of a coverage: cells in which few MEDOC fit, or for which few were made; those intended, apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.check.coverage import covers
from boussole.i18n import Joined, gettext, ngettext
from boussole.render.coverage.wording import Share, cell_title, intended_title, nearly, recommend_command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.core.check.coverage import Cell, Coverage
    from boussole.core.definitions.text import Text
    from boussole.i18n import Localised, Message

SHOWN = 15
"""How many of a kind are named; --to json names them all."""
_COMMANDS = 3
"""How many of the cells that are served, but not for themselves, come with a command."""


_BESIDE = gettext("None, apart from holes that are there on purpose, which stand below.")
_APART = gettext("Holes that are there on purpose are not counted here: they stand below.")


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
    few = sorted((cell for cell in coverage.cells if cell.fit < least), key=lambda cell: (cell.fit, cell.made))
    cells = _not_intended(coverage, few)
    if few and not cells:
        return Section(title, (_BESIDE,))
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
    sentences: list[Localised] = [
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
    sentences += [_APART] * (len(cells) < len(few))
    entries = [
        Entry(_thin_cell(coverage, cell), recommend_command(coverage, cell.example, command)) for cell in cells[:SHOWN]
    ]
    return Section(title, tuple(sentences), tuple(entries), more(len(cells)))


def _not_intended(coverage: Coverage, cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if coverage.declared(cell) is None]


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
    few = sorted((cell for cell in coverage.cells if cell.made < least), key=lambda cell: (cell.made, cell.fit))
    cells = _not_intended(coverage, few)
    if few and not cells:
        return Section(title, (_BESIDE,))
    if not cells:
        return Section(title, (gettext("None: every cell has {least} MEDOC or more made for it.", least=least),))
    sentences: list[Localised] = [
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
    sentences += [_APART] * (len(cells) < len(few))
    entries = [
        Entry(
            gettext(
                "{cell}: {made}, out of {fit} that fit", cell=cell_title(coverage, cell), made=_made(cell), fit=cell.fit
            ),
            recommend_command(coverage, cell.example, command) if place < _COMMANDS else (),
        )
        for place, cell in enumerate(cells[:SHOWN])
    ]
    return Section(title, tuple(sentences), tuple(entries), more(len(cells)))


def _made(cell: Cell) -> Message:
    return (
        ngettext("{count} made for it", "{count} made for it", cell.made) if cell.made else gettext("none made for it")
    )


def intended(coverage: Coverage, command: Sequence[str]) -> Iterator[Section]:
    """Yield the holes that the author declares intended, where there are any declared; what is declared and is none."""
    declared = coverage.compass.intended
    if not declared:
        return
    title = gettext("Holes that are there on purpose")
    cells = [(cell, one) for cell in coverage.cells if (one := coverage.declared(cell)) is not None]
    sentence = (
        ngettext(
            "{count} cell out of {cells} is a hole that its author wants to be there.",
            "{count} cells out of {cells} are holes that their author wants to be there.",
            len(cells),
            cells=len(coverage.cells),
        )
        if cells
        else gettext("None of those declared was found with these facets.")
    )
    entries = [
        Entry(_intended_cell(coverage, cell, one.why), recommend_command(coverage, cell.example, command))
        for cell, one in cells[:SHOWN]
    ]
    yield Section(title, (sentence, *_not_holes(coverage)), tuple(entries), more(len(cells)))


def _intended_cell(coverage: Coverage, cell: Cell, why: Text | None) -> Message:
    said = gettext(
        "{cell}: {made}, out of {fit} that fit", cell=cell_title(coverage, cell), made=_made(cell), fit=cell.fit
    )
    return said if why is None else gettext("{said}. {why}", said=said, why=why)


def _not_holes(coverage: Coverage) -> Iterator[Message]:
    """Yield what is declared a hole and is none: enough is made for it, or nothing leads there."""
    for one in coverage.compass.intended:
        of_it = [coverage.is_hole(cell) for cell in coverage.cells if covers(one, coverage.by, cell.terms)]
        name = intended_title(coverage, one)
        if not one.at.keys() <= set(coverage.by):
            words = ",".join(one.at)
            yield gettext("{hole}: not seen with these facets; --by {facets} shows it.", hole=name, facets=words)
        elif not of_it:
            yield gettext("{hole}: nothing leads there, so that it is no hole.", hole=name)
        elif not any(of_it):
            yield gettext("{hole}: declared a hole, and is none any more.", hole=name)


def medoc_title(coverage: Coverage, id_: str) -> Message:
    """Return a MEDOC by its title and its id."""
    return gettext("{title} ({id})", title=coverage.catalogue.medoc[id_].title, id=id_)


def more(number: int) -> Message | None:
    """Return how many are not named, where some are not."""
    left = number - SHOWN
    if left <= 0:
        return None
    return ngettext("And {count} more; --to json lists them.", "And {count} more; --to json lists them.", left)
