"""The values of an axis as a drawing: a dot for each person, equal values one above the other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from boussole.render.group.report.model import Strip

WIDTH = 400
"""From 0 to 100, in units of the picture."""
_EDGE = 12
_DOT = 5
_TALLEST = 110


class Dot(NamedTuple):
    """A person, at a value; y goes down."""

    x: float
    y: float


class StripDrawing(NamedTuple):
    """All there is to draw: a line from 0 to 100 at `base`, its thick part, its mark, and the dots above it."""

    left: float
    width: float
    height: float
    base: float
    radius: float
    thick: tuple[float, float] | None
    mark: float | None
    dots: tuple[Dot, ...]


def draw_strip(strip: Strip) -> StripDrawing:
    """Return the drawing; where many share a value, dots are smaller so that the picture stays low."""
    counts = Counter(strip.values)
    highest = max(counts.values(), default=0)
    step = min(2.0 * _DOT + 1, _TALLEST / max(highest, 1))
    radius = round(max(step - 1, 0.6) / 2, 2)
    top = round(highest * step + 2 * _EDGE, 1)
    base = top - _EDGE
    dots = tuple(
        Dot(_x(value), round(base - _EDGE / 2 - step * (number + 0.5), 2))
        for value in sorted(counts)
        for number in range(counts[value])
    )
    thick = None if strip.low is None or strip.high is None else (_x(strip.low), _x(strip.high))
    mark = None if strip.median is None else _x(strip.median)
    return StripDrawing(-_EDGE, WIDTH + 2 * _EDGE, top + _EDGE, base, radius, thick, mark, dots)


def _x(value: int) -> float:
    return float(WIDTH * value / 100)
