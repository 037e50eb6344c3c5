"""The compass rose as a drawing: where its petals, marks and labels stand, in units of the picture.

The values show by length, by the mark at each tip (full or hollow) and by the weight of the label, never by colour.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from boussole.render.wrapping import cut, wrap

if TYPE_CHECKING:
    from boussole.render.path.model import Direction, RoseContent

LEAST, MOST = 3, 8
WIDTH = 400
RADIUS = 86
LINE = 17
"""From one line of a label to the next; letters are 14 high."""
_LETTER = 7.7
_GAP = 11
_EDGE = 14
"""Strong letters are wider than others, and fonts differ."""
_MOST_LINES = 5
_FULL = 100
_NEARLY_VERTICAL = 0.3
_WAIST = 0.3
_WIDEST = math.pi / 4


class Place(NamedTuple):
    """A point; x goes right, y down."""

    x: float
    y: float


class Petal(NamedTuple):
    """One direction: its outline as far as it can go, the two halves as far as the person goes, and its mark.

    `dark` and `light` are empty where the value is 0; `mark` is where the person stands, `reached` where that is not 0.
    """

    outline: tuple[Place, ...]
    dark: tuple[Place, ...]
    light: tuple[Place, ...]
    mark: Place
    reached: bool


class Label(NamedTuple):
    """The name of a direction, on lines from `at` down (the foot of the first letters); `anchor` as in SVG."""

    at: Place
    anchor: str
    lines: tuple[str, ...]
    strong: bool


class RoseDrawing(NamedTuple):
    """All there is to draw; the middle of the rose is at (0, 0), and `rings` are the radii of its circles."""

    left: float
    top: float
    width: float
    height: float
    rings: tuple[float, ...]
    petals: tuple[Petal, ...]
    labels: tuple[Label, ...]


def draw_rose(rose: RoseContent) -> RoseDrawing | None:
    """Return the drawing of a rose of three to eight directions; None for any other, which words say better."""
    directions = rose.directions
    if not LEAST <= len(directions) <= MOST:
        return None
    angles = [2 * math.pi * index / len(directions) for index in range(len(directions))]
    spread = min(_WIDEST, math.pi / len(directions))
    petals = tuple(_petal(angle, one.value / _FULL, spread) for angle, one in zip(angles, directions, strict=True))
    labels = tuple(_label(angle, one, rose.whole_or_none) for angle, one in zip(angles, directions, strict=True))
    tops = [label.at.y - LINE for label in labels]
    feet = [label.at.y + LINE * (len(label.lines) - 1) + _GAP / 2 for label in labels]
    top, foot = min([*tops, -RADIUS - _GAP]), max([*feet, RADIUS + _GAP])
    rings = (RADIUS,) if rose.whole_or_none else (RADIUS / 2, RADIUS)
    return RoseDrawing(-WIDTH / 2 - _EDGE, top, WIDTH + 2 * _EDGE, foot - top, tuple(map(float, rings)), petals, labels)


def _petal(angle: float, share: float, spread: float) -> Petal:
    whole, reached = _kite(angle, 1, spread), _kite(angle, share, spread) if share else ()
    dark = (reached[0], reached[1], reached[2]) if reached else ()
    light = (reached[0], reached[2], reached[3]) if reached else ()
    return Petal(whole, dark, light, _at(angle, RADIUS * share if share else RADIUS), bool(share))


def _kite(angle: float, share: float, spread: float) -> tuple[Place, ...]:
    radius = RADIUS * share
    return (
        Place(0, 0),
        _at(angle - spread, radius * _WAIST),
        _at(angle, radius),
        _at(angle + spread, radius * _WAIST),
    )


def _at(angle: float, radius: float) -> Place:
    # Rounded, so that every machine draws the same; + 0 makes -0.0 a 0.
    return Place(round(radius * math.sin(angle), 1) + 0.0, round(-radius * math.cos(angle), 1) + 0.0)


def _label(angle: float, direction: Direction, whole_or_none: bool) -> Label:  # noqa: FBT001 - a fact of the rose
    tip = _at(angle, RADIUS + _GAP)
    value = () if whole_or_none else (direction.words,)
    strong = direction.value > 0
    if abs(math.sin(angle)) < _NEARLY_VERTICAL:
        lines = (*_lines(direction.title, WIDTH * 0.7, _MOST_LINES - len(value)), *value)
        above = tip.y < 0
        y = tip.y - LINE * (len(lines) - 1) if above else tip.y + LINE - _GAP / 2
        return Label(Place(tip.x, round(y, 1)), "middle", lines, strong)
    room = WIDTH / 2 - abs(tip.x)
    lines = (*_lines(direction.title, room, _MOST_LINES - len(value)), *value)
    y = tip.y - LINE * (len(lines) - 1) / 2 + LINE * 0.3
    return Label(Place(tip.x, round(y, 1)), "start" if tip.x > 0 else "end", lines, strong)


def _lines(text: str, room: float, most: int) -> tuple[str, ...]:
    """Return `text` on at most `most` lines that fit `room`."""
    widest = max(int(room / _LETTER), 1)
    return tuple(cut(wrap(text, widest, at_hyphens=True), most, widest))
