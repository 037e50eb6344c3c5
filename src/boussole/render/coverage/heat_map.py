"""The coverage as maps: the boxes with their numbers, how well each is served, what the shades mean. Draws nothing."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from boussole.i18n import Joined, gettext, ngettext
from boussole.render.coverage.wording import Grouped, cell_title, facet_title, share_in_figures, terms_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.check.coverage import Cell, Coverage
    from boussole.i18n import Localised, Message

    Terms = frozenset[str]

MOST_MAPS = 12
"""Beyond, a list of the least served cells says more than that many maps."""
MOST_BARS = 60

_SCORES = (1, 500, 650, 800)
_SHARES = (1, 25, 50, 100)
_FULL = 100


class Show(StrEnum):
    """What the number in a box can be."""

    MADE = "made"
    FIT = "fit"
    BEST = "best"
    GENERIC = "generic"


class Level(IntEnum):
    """How well a cell is served; of one that is a hole on purpose, that it is one."""

    NONE = 0
    THIN = 1
    FAIR = 2
    GOOD = 3
    PLENTY = 4
    INTENDED = 5


MARKS = {Level.NONE: "×", Level.THIN: "!", Level.INTENDED: "○"}
"""What says the level where colours do not."""


class Box(NamedTuple):
    """A cell as it is drawn: its number, its level, and its length out of 100 where it is a bar."""

    cell: Cell
    number: str
    level: Level
    length: int

    @property
    def mark(self) -> str:
        """Return the sign that stands after the number, or nothing."""
        return MARKS.get(self.level, "")


class Map(NamedTuple):
    """A box for each row and column (None where nothing leads there); without columns, a bar for each row."""

    title: Localised | None
    rows: tuple[Localised, ...]
    columns: tuple[Localised, ...]
    boxes: tuple[tuple[Box | None, ...], ...]


class Picture(NamedTuple):
    """All the maps, with the titles of what stands in rows and columns; `left` cells are not drawn.

    `meaning` says what the number in a box is, `key` what each level means.
    """

    title: Localised
    meaning: Localised
    key: tuple[tuple[Level, Localised], ...]
    maps: tuple[Map, ...]
    rows: Localised | None = None
    columns: Localised | None = None
    left: int = 0

    @property
    def has_gaps(self) -> bool:
        """Tell whether some box is not there because nothing leads to it."""
        return any(box is None for one in self.maps for row in one.boxes for box in row)


def picture(coverage: Coverage, show: Show) -> Picture:
    """Return the maps of a coverage: the facet with the more terms in rows, another in columns, a map per other terms.

    With one facet, or where there would be too many maps, a bar for each cell.
    """
    boxes = _boxes(coverage, show)
    key = _key(show, coverage.at_least)
    if any(box.level is Level.INTENDED for box in boxes):
        key = (*key, (Level.INTENDED, gettext("few on purpose")))
    legend = (*_meaning(show, coverage.top), key)
    if len(coverage.by) <= 1:
        return Picture(*legend, (_bars(coverage, boxes),), facet_title(coverage, 0) if coverage.by else None)
    seen = [_sorted({box.cell.terms[slot] for box in boxes}, coverage, slot) for slot in range(len(coverage.by))]
    row, column = (0, 1) if len(seen[0]) >= len(seen[1]) else (1, 0)
    others = sorted({_others(box.cell) for box in boxes}, key=lambda terms: _places(terms, coverage, first=2))
    if len(others) > MOST_MAPS:
        worst = sorted(boxes, key=partial(_worst_first, show))
        return Picture(*legend, (_bars(coverage, worst[:MOST_BARS]),), left=max(len(worst) - MOST_BARS, 0))
    by_terms = {box.cell.terms: box for box in boxes}
    maps = []
    for other in others:
        found = tuple(
            tuple(by_terms.get(_terms(row, one, another, other)) for another in seen[column]) for one in seen[row]
        )
        maps.append(
            Map(
                _map_title(coverage, other),
                tuple(terms_title(coverage, row, terms) for terms in seen[row]),
                tuple(terms_title(coverage, column, terms) for terms in seen[column]),
                found,
            )
        )
    return Picture(*legend, tuple(maps), facet_title(coverage, row), facet_title(coverage, column))


def _bars(coverage: Coverage, boxes: Sequence[Box]) -> Map:
    return Map(None, tuple(cell_title(coverage, box.cell) for box in boxes), (), tuple((box,) for box in boxes))


def _worst_first(show: Show, box: Box) -> tuple[int, int]:
    """Return what sorts boxes with those served least first."""
    cell = box.cell
    if show is Show.GENERIC:
        return (-box.length, cell.made)
    return (_value(cell, show), cell.made if show is Show.FIT else cell.fit)


def _meaning(show: Show, top: int) -> tuple[Message, Message]:
    """Return the title of the picture, and what the number in a box is."""
    if show is Show.MADE:
        return (
            gettext("What is made for whom"),
            gettext("The number: MEDOC made for it, at least (they name it; not those that suit all)."),
        )
    if show is Show.FIT:
        return gettext("What is left for whom"), gettext(
            "The number: MEDOC that fit, at least (they are not left out)."
        )
    if show is Show.BEST:
        return gettext("How well the first place fits"), gettext("The number: the highest score that comes first.")
    return (
        gettext("Who gets only what suits all"),
        gettext("The number: of 100 situations, those where nothing in the first {top} is made for it.", top=top),
    )


def _terms(row: int, one: Terms, another: Terms, other: tuple[Terms, ...]) -> tuple[Terms, ...]:
    return (one, another, *other) if row == 0 else (another, one, *other)


def _others(cell: Cell) -> tuple[Terms, ...]:
    return cell.terms[2:]


def _sorted(found: set[Terms], coverage: Coverage, slot: int) -> list[Terms]:
    return sorted(found, key=lambda terms: _places((terms,), coverage, first=slot))


def _places(found: Sequence[Terms], coverage: Coverage, *, first: int) -> list[list[int]]:
    """Return what sorts terms in the order of their facets, where nothing is known last."""
    places = []
    for slot, terms in enumerate(found, first):
        order = coverage.catalogue.facets[coverage.by[slot]].places()
        places.append(sorted(order[term] for term in terms) or [len(order)])
    return places


def _map_title(coverage: Coverage, other: tuple[Terms, ...]) -> Localised | None:
    if not other:
        return None
    parts = [
        gettext("{facet}: {terms}", facet=facet_title(coverage, slot), terms=terms_title(coverage, slot, terms))
        for slot, terms in enumerate(other, 2)
    ]
    return Joined(parts, " · ")


def _boxes(coverage: Coverage, show: Show) -> list[Box]:
    if show is Show.GENERIC:
        return [_share_box(cell) for cell in coverage.cells]
    bounds = _SCORES if show is Show.BEST else _bounds(coverage.at_least)
    values = [_value(cell, show) for cell in coverage.cells]
    longest = max([*values, 1])
    boxes = []
    for cell, value in zip(coverage.cells, values, strict=True):
        level = Level(sum(value >= bound for bound in bounds))
        if show is not Show.BEST and value < coverage.at_least and coverage.declared(cell) is not None:
            level = Level.INTENDED
        boxes.append(Box(cell, str(value), level, _FULL * max(value, 0) // longest))
    return boxes


def _value(cell: Cell, show: Show) -> int:
    return cell.made if show is Show.MADE else cell.fit if show is Show.FIT else cell.best


def _share_box(cell: Cell) -> Box:
    """Return the box of a share of situations: the more of them rest on generic MEDOC, the worse."""
    share = _FULL * cell.generic // cell.looked_at
    worse = sum(max(share, cell.generic > 0) >= bound for bound in _SHARES)
    return Box(cell, share_in_figures(cell.generic, cell.looked_at), Level(Level.PLENTY - worse), share)


def _bounds(at_least: int) -> tuple[int, int, int, int]:
    return (1, at_least, 2 * at_least, 4 * at_least)


def _key(show: Show, at_least: int) -> tuple[tuple[Level, Localised], ...]:
    """Return what each level means, least served first; a level that no number can have is left out."""
    if show is Show.GENERIC:
        _, often, half, always = _SHARES
        return (
            (Level.NONE, gettext("{number}%", number=always)),
            (Level.THIN, gettext("{low} to {high}%", low=half, high=always - 1)),
            (Level.FAIR, gettext("{low} to {high}%", low=often, high=half - 1)),
            (Level.GOOD, gettext("less than {number}%", number=often)),
            (Level.PLENTY, gettext("{number}%", number=0)),
        )
    none, enough, good, plenty = _SCORES if show is Show.BEST else _bounds(at_least)
    key: list[tuple[Level, Localised]] = [(Level.NONE, Grouped(0))]
    if enough > none:
        key.append((Level.THIN, gettext("under {number}", number=enough)))
    return (
        *key,
        (Level.FAIR, _between(enough, good - 1)),
        (Level.GOOD, _between(good, plenty - 1)),
        (Level.PLENTY, gettext("{low} or more", low=plenty)),
    )


def _between(low: int, high: int) -> Localised:
    return gettext("{low} to {high}", low=low, high=high) if low < high else Grouped(low)


def not_drawn(shown: Picture) -> Localised | None:
    """Return how many cells are not in the picture, where some are not."""
    if not shown.left:
        return None
    return ngettext(
        "And {number} more cell; --to csv lists them.",
        "And {number} more cells; --to csv lists them.",
        shown.left,
        number=Grouped(shown.left),
    )
