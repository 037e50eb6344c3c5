"""Where everything stands in the picture of a coverage: boxes and texts with their places, in pixels."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from boussole.escape import markup_text
from boussole.i18n import gettext
from boussole.render.coverage.heat_map import MARKS
from boussole.render.wrapping import in_rows, shorten, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.i18n import Localised
    from boussole.render.coverage.heat_map import Map, Picture

_MARGIN = 24
_LETTER = 7.6
"""How wide a letter is, in the size of the labels; fonts differ, so it is generous."""
_BOLD = 8.4
_LINE = 18
_HIGH = 32
_GAP = 3
_LONGEST_LABEL = 46
_LONGEST_NAME = 90
_NARROWEST, _WIDEST = 60, 140
_MOST_TITLED = 12
_TITLE_LINES = 4
_BAR = 480
_NUMBER = 64
_LEAST_WIDTH = 720
_GONE = "–"


class Shape(NamedTuple):
    """A filled box."""

    level: int
    x: int
    y: int
    width: int
    height: int
    hatched: bool = False
    bar: bool = False


class Words(NamedTuple):
    """A text at its place, in the classes `style`."""

    x: int
    y: int
    text: str
    style: str = ""


class Drawing(NamedTuple):
    """All there is to draw."""

    width: int
    height: int
    boxes: list[Shape]
    texts: list[Words]


def draw(shown: Picture, language: str, title: Localised, notes: Sequence[Localised | None]) -> Drawing:
    """Return the maps one below the other, with their key and `notes`."""
    return _Canvas(shown, language).draw(title, [note for note in notes if note is not None])


class _Canvas:
    """A drawing being made, from top to bottom."""

    def __init__(self, shown: Picture, language: str) -> None:
        self._picture = shown
        self._language = language
        self._boxes: list[Shape] = []
        self._texts: list[Words] = []
        self._y = _MARGIN
        labels = [self._say(row) for one in shown.maps for row in one.rows]
        columns = [self._say(column) for column in shown.maps[0].columns]
        longest = max(map(text_width, labels))
        self._bar = _BAR if longest <= _LONGEST_LABEL else 0
        self._label = ceil(min(longest, _LONGEST_LABEL if columns else _LONGEST_NAME) * _LETTER)
        self._titled = 0 < len(columns) <= _MOST_TITLED
        words = [word for column in columns for word in column.split(" ")] if self._titled else []
        self._box = min(max([round(text_width(word) * _BOLD) + 6 for word in words] + [_NARROWEST]), _WIDEST)
        across = len(columns) * (self._box + _GAP) if columns else _NUMBER + 20 + self._bar
        self._width = max(2 * _MARGIN + self._label + across, _LEAST_WIDTH)

    def draw(self, title: Localised, notes: Sequence[Localised]) -> Drawing:
        self._y += 12
        self._write(_MARGIN, self._say(title), "title")
        self._y += 30
        self._write(_MARGIN, self._say(self._picture.title), "strong")
        self._y += _LINE
        self._paragraph(self._picture.meaning)
        self._key()
        for one in self._picture.maps:
            if one.title is not None:
                self._y += 10
                self._write(_MARGIN, self._say(one.title), "strong")
                self._y += 8
            if one.columns:
                self._map(one)
            else:
                self._bars(one)
        if not self._titled:
            self._names()
        self._y += 10
        for note in notes:
            self._paragraph(note)
        return Drawing(self._width, self._y + _MARGIN - _LINE, self._boxes, self._texts)

    def _say(self, text: Localised) -> str:
        return markup_text(text.in_(self._language))

    def _write(self, x: int, text: str, style: str = "") -> None:
        self._texts.append(Words(x, self._y, text, style))

    def _paragraph(self, text: Localised) -> None:
        for line in wrap(self._say(text), int((self._width - 2 * _MARGIN) / _LETTER)):
            self._write(_MARGIN, line, "soft")
            self._y += _LINE

    def _key(self) -> None:
        x = _MARGIN
        for level, meaning in self._picture.key:
            text = f"{MARKS[level]} {self._say(meaning)}" if level in MARKS else self._say(meaning)
            wide = round(text_width(text) * _LETTER) + 28
            if x + wide > self._width - _MARGIN and x > _MARGIN:
                x = _MARGIN
                self._y += _HIGH + _GAP
            self._boxes.append(Shape(level, x, self._y, wide, _HIGH, level in MARKS))
            self._texts.append(Words(x + wide // 2, self._y + 21, text, f"middle strong t{level}"))
            x += wide + _GAP
        self._y += _HIGH + _LINE
        if self._picture.has_gaps:
            self._paragraph(gettext("{sign} nothing leads there", sign=_GONE))

    def _map(self, one: Map) -> None:
        left = _MARGIN + self._label
        titles = [self._say(column) for column in one.columns]
        heads = (
            [self._head(title) for title in titles] if self._titled else [[str(n)] for n in range(1, len(titles) + 1)]
        )
        high = max(map(len, heads))
        for row in range(high):
            self._y += 16
            for place, head in enumerate(heads):
                offset = row - high + len(head)
                if offset >= 0:
                    x = left + place * (self._box + _GAP) + self._box // 2
                    self._write(x, head[offset], "middle small strong")
        if self._picture.rows is not None and self._picture.columns is not None:
            facets = f"{self._say(self._picture.rows)} / {self._say(self._picture.columns)}"
            self._write(_MARGIN, shorten(facets, self._label_columns()), "small soft")
        self._y += 8
        for row_title, boxes in zip(one.rows, one.boxes, strict=True):
            self._texts.append(Words(_MARGIN, self._y + 21, shorten(self._say(row_title), self._label_columns())))
            for place, box in enumerate(boxes):
                x = left + place * (self._box + _GAP)
                middle = x + self._box // 2
                if box is None:
                    self._texts.append(Words(middle, self._y + 21, _GONE, "middle soft"))
                    continue
                self._boxes.append(Shape(box.level, x, self._y, self._box, _HIGH, bool(box.mark)))
                text = f"{box.number} {box.mark}".rstrip()
                self._texts.append(Words(middle, self._y + 22, text, f"middle number t{box.level}"))
            self._y += _HIGH + _GAP
        self._y += _LINE

    def _label_columns(self) -> int:
        return max(int(self._label / _LETTER), 1)

    def _head(self, title: str) -> list[str]:
        room = max(int(self._box / _BOLD), 1)
        lines = wrap(title, room)
        if len(lines) > _TITLE_LINES:
            lines = [*lines[: _TITLE_LINES - 1], shorten(" ".join(lines[_TITLE_LINES - 1 :]), room)]
        return lines

    def _bars(self, one: Map) -> None:
        """Draw a row for each box: its number, its name, and a bar where the names are short enough."""
        self._y += 8
        name = _MARGIN + _NUMBER + 10
        for row_title, (box,) in zip(one.rows, one.boxes, strict=True):
            self._texts.append(Words(name, self._y + 21, shorten(self._say(row_title), self._label_columns())))
            if box is not None:
                text = f"{box.number} {box.mark}".rstrip()
                self._boxes.append(Shape(box.level, _MARGIN, self._y, _NUMBER, _HIGH, bool(box.mark)))
                self._texts.append(Words(_MARGIN + _NUMBER // 2, self._y + 22, text, f"middle number t{box.level}"))
                if self._bar and box.length:
                    long = max(self._bar * box.length // 100, 2)
                    start = name + self._label + 10
                    self._boxes.append(Shape(box.level, start, self._y + 4, long, _HIGH - 8, bar=True))
            self._y += _HIGH + _GAP
        self._y += _LINE

    def _names(self) -> None:
        """Write the titles of the columns, by number."""
        if self._picture.columns is None:
            return
        columns = [self._say(column) for column in self._picture.maps[0].columns]
        names = [f"{place} {column}" for place, column in enumerate(columns, 1)]
        first = self._say(gettext("{facet}: {terms}", facet=self._picture.columns, terms=names[0]))
        for line in in_rows([first, *names[1:]], int((self._width - 2 * _MARGIN) / _LETTER), " · "):
            self._write(_MARGIN, line)
            self._y += _LINE
