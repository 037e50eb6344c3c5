"""The compass rose: a position drawn with characters, and the same in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from boussole.escape import plain_text
from boussole.i18n import gettext
from boussole.render.wrapping import in_columns, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.ranking import Ranking
    from boussole.i18n import Localised

_LEAST, _MOST = 3, 8
RADIUS = 5
"""How far each direction of the rose goes, in lines, where the screen has room for it."""
_STRETCH = 2  # a character is about twice as high as it is wide
_FULL = 100
_NEARLY_VERTICAL = 0.3
_MARKS = " ·•●○+"  # a mark never hides one that stands after it


class Point(NamedTuple):
    """One direction of the rose: how far the person goes in it, 0 to 100."""

    title: Localised
    value: int


def rose_points(ranking: Ranking) -> list[Point]:
    """Return the directions to draw: those of the facet or of the axes that the compass names, else all its axes."""
    context = ranking.context
    facet = context.catalogue.facets.get(context.compass.rose or "")
    if facet is not None:
        here = ranking.situation.terms.get(facet.id, frozenset())
        points = [Point(term.title, _FULL if term.id in here else 0) for term in facet.terms.values()]
        return points if here else []  # a cross without a position says nothing
    return axis_points(ranking, context.compass.rose_axes or None)


def axis_points(ranking: Ranking, shown: Sequence[str] | None = None) -> list[Point]:
    """Return the axes that have a value, in the order of the file, or those of `shown` in its order."""
    axes, values = ranking.context.compass.axes, ranking.situation.axes
    return [Point(axes[id_].title, values[id_]) for id_ in (axes if shown is None else shown) if id_ in values]


def draw(points: Sequence[Point], language: str, width: int, *, radius: int = RADIUS, told: bool = False) -> list[str]:
    """Return the lines of the rose, at most `width` wide; none where it would not be readable.

    The values show by length and by the mark at the end, never by colour; where `told`, beside each label too.
    """
    if not _LEAST <= len(points) <= _MOST:
        return []
    names = in_words(points, language) if told else [plain_text(point.title.in_(language)) for point in points]
    side = (width - 2 * _STRETCH * radius - 6) // 2
    if side < _LEAST * 4:
        return []
    angles = [2 * math.pi * index / len(points) for index in range(len(points))]
    labels = [wrap(name, width if _upright(angle) else side) for name, angle in zip(names, angles, strict=True)]
    canvas = _Canvas(width, radius, 2 * (radius + max(map(len, labels))) + 1)
    for angle, point in zip(angles, points, strict=True):
        canvas.arm(angle, point.value)
    for angle, label in zip(angles, labels, strict=True):
        canvas.name(angle, label)
    return canvas.lines()


def _upright(angle: float) -> bool:
    return abs(math.sin(angle)) < _NEARLY_VERTICAL


def in_words(points: Sequence[Point], language: str) -> list[str]:
    """Return the same in words: a line for each direction."""
    colon = gettext(": ").in_(language)
    values = [gettext("{value} out of 100", value=point.value).in_(language) for point in points]
    titles = [plain_text(point.title.in_(language)) for point in points]
    return [f"{title}{colon}{value}" for title, value in zip(titles, values, strict=True)]


class _Canvas:
    """A grid of characters with its origin in the middle; angles start at the north and go clockwise."""

    def __init__(self, width: int, radius: int, height: int) -> None:
        self._radius = radius
        self._cells = [[" "] * width for _ in range(height)]
        self._middle = (width // 2, height // 2)
        self._put(0, 0, "+")

    def arm(self, angle: float, value: int) -> None:
        """Draw one direction: dots to its end, blocks as far as `value`."""
        reached = round(self._radius * value / _FULL)
        for step in range(1, self._radius + 1):
            x, y = self._at(angle, step)
            self._put(x, y, "●" if step == reached else "•" if step < reached else "·")
        x, y = self._at(angle, self._radius)
        if reached < self._radius:
            self._put(x, y, "○")

    def name(self, angle: float, label: Sequence[str]) -> None:
        """Write the lines of a label behind the end of its direction."""
        x, y = self._at(angle, self._radius)
        above = len(label) - 1 if _upright(angle) and y < 0 else 0 if _upright(angle) else (len(label) - 1) // 2
        for row, text in enumerate(label, y - above):
            if _upright(angle):
                self._write(x - text_width(text) // 2, row + (-1 if y < 0 else 1), text)
            else:
                self._write(x + 2 if x > 0 else x - 1 - text_width(text), row, text)

    def lines(self) -> list[str]:
        """Return the picture, without spaces at the ends of lines or empty lines around it."""
        lines = ["".join(row).rstrip() for row in self._cells]
        kept = [index for index, line in enumerate(lines) if line]
        return lines[kept[0] : kept[-1] + 1]

    def _at(self, angle: float, step: int) -> tuple[int, int]:
        # 2.5 and 2.5000000000000004 are one place: both sides of the drawing must round alike
        return round(round(_STRETCH * step * math.sin(angle), 6)), round(round(-step * math.cos(angle), 6))

    def _put(self, x: int, y: int, mark: str) -> None:
        row, column = self._middle[1] + y, self._middle[0] + x
        if _MARKS.index(mark) > _MARKS.index(self._cells[row][column]):  # near the middle, arms share places
            self._cells[row][column] = mark

    def _write(self, x: int, y: int, text: str) -> None:
        """Write from a column on; a letter of two columns takes two cells, the second one empty."""
        row = self._cells[self._middle[1] + y]
        start = max(0, min(self._middle[0] + x, len(row) - text_width(text)))
        if row[start] == "" and start > 0:
            row[start - 1] = " "  # what is left of a wide letter under it
        cells = in_columns(text)
        row[start : start + len(cells)] = cells
