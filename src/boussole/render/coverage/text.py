"""A coverage for the terminal: a heat map sized to it, then what it says; readable without colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.text import Text

from boussole.escape import plain_text
from boussole.i18n import gettext
from boussole.render.coverage.command_lines import command_lines
from boussole.render.coverage.findings import sections
from boussole.render.coverage.heat_map import MARKS, Level, not_drawn, picture
from boussole.render.coverage.wording import headlines
from boussole.render.wrapping import hung, in_rows, shorten, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from boussole.core.check.coverage import Coverage
    from boussole.i18n import Localised
    from boussole.render.coverage.heat_map import Box, Map, Picture, Show
    from boussole.render.coverage.holes import Section

STYLES = {
    Level.NONE: "bold #ffffff on #9b2226",
    Level.THIN: "#000000 on #f4a259",
    Level.FAIR: "#000000 on #d6e6f2",
    Level.GOOD: "#000000 on #8fbcd9",
    Level.PLENTY: "#ffffff on #104096",
    Level.INTENDED: "#000000 on #c9c4bb",
}
_BAR = {Level.NONE: "#c8553d", Level.THIN: "#f4a259", Level.FAIR: "#d6e6f2", Level.GOOD: "#8fbcd9"}
_BAR |= {Level.PLENTY: "#4a90c4", Level.INTENDED: "#c9c4bb"}
_LEAST_LABEL = 12
_WIDEST_BOX = 9
_LEAST_BAR = 12
_TITLE_LINES = 3
_TITLE_IN_KEY = 26
_GONE = "–"


def to_text(coverage: Coverage, language: str, *, width: int, show: Show, command: Sequence[str]) -> RenderableType:
    """Return the map and the sentences for a screen `width` characters wide."""
    drawing = _Drawing(picture(coverage, show), language, width)
    parts: list[RenderableType] = [*drawing.lines(), Text("")]
    parts += [Text(line) for sentence in headlines(coverage) for line in wrap(_plain(sentence, language), width)]
    for section in sections(coverage, command):
        parts += _section(section, language, width)
    return Group(*parts)


def _plain(text: Localised, language: str) -> str:
    return plain_text(text.in_(language))


def _section(section: Section, language: str, width: int) -> Iterator[Text]:
    yield Text("")
    yield Text(_plain(section.title, language), style="bold")
    for sentence in section.sentences:
        yield from _lines(wrap(_plain(sentence, language), width))
    for entry in section.entries:
        yield from _lines(hung("- ", _plain(entry.text, language), width))
        if entry.command:
            yield from _lines(command_lines(entry.command, width, "    "), "dim")
    if section.more is not None:
        yield from _lines(wrap(_plain(section.more, language), width))


def _lines(lines: Sequence[str], style: str = "") -> Iterator[Text]:
    for line in lines:
        yield Text(line, style=style, no_wrap=True)


class _Frame(NamedTuple):
    """How wide the parts of a map are: labels, numbers, boxes, gaps; how many columns stand side by side."""

    label: int
    number: int
    box: int
    gap: int
    columns: int


class _Drawing:
    """The picture, as lines of a terminal."""

    def __init__(self, shown: Picture, language: str, width: int) -> None:
        self._picture = shown
        self._language = language
        self._width = width

    def lines(self) -> list[Text]:
        """Return the whole picture: each map, what its columns are, what the number and the shades are."""
        maps = self._picture.maps
        title = self._say(self._picture.title)
        lines: list[Text] = []
        if len(maps) > 1:
            lines += _lines(wrap(title, self._width), "bold")
        for one in maps:
            heading = title if one.title is None else self._say(one.title)
            lines += self._map(one, heading) if one.columns else self._bars(one, heading)
        if maps[-1].columns:
            lines += self._names(maps[-1])
        lines += self._key()
        for line in lines:
            line.no_wrap = True
            line.truncate(self._width)
        return lines

    def _say(self, text: Localised) -> str:
        return _plain(text, self._language)

    def _map(self, one: Map, title: str) -> list[Text]:
        frame = self._frame(one)
        labels = [shorten(self._say(row), frame.label) for row in one.rows]
        columns = [self._say(column) for column in one.columns]
        lines: list[Text] = []
        titled = self._titled(columns, frame)
        for start in range(0, len(columns), frame.columns):
            places = range(start, min(start + frame.columns, len(columns)))
            heads = [wrap(columns[place], frame.box - 1) if titled else [str(place + 1)] for place in places]
            lines += self._heads(heads, title if not start else "", frame, titled=titled)
            for label, boxes in zip(labels, one.boxes, strict=True):
                line = Text(label + " " * (frame.label - text_width(label)))
                for place in places:
                    line.append(" " * frame.gap)
                    line.append_text(_box(boxes[place], frame))
                lines.append(line)
        return lines

    def _names(self, one: Map) -> Iterator[Text]:
        """Yield the titles of the columns, by number, where they do not stand above them."""
        columns = [self._say(column) for column in one.columns]
        if self._picture.columns is None or self._titled(columns, self._frame(one)):
            return
        most = max(_TITLE_IN_KEY, self._width // 3)
        names = [f"{place} {shorten(column, most)}" for place, column in enumerate(columns, 1)]
        named = gettext("{facet}: {terms}", facet=self._picture.columns, terms=names[0])
        yield from _lines(in_rows([self._say(named), *names[1:]], self._width, " · "))

    def _titled(self, columns: Sequence[str], frame: _Frame) -> bool:
        return all(_fits(column, frame.box - 1) for column in columns)

    def _frame(self, one: Map) -> _Frame:
        """Return the widths that suit this map: boxes side by side where they fit, else in several blocks."""
        count = len(one.columns)
        number = max(len(box.number) for row in one.boxes for box in row if box is not None)
        number = max(number, len(str(count)))
        longest = max(text_width(self._say(row)) for row in one.rows)
        box = number + 2  # a space before, a mark after
        least = min(longest, max(_LEAST_LABEL, self._width // 3))
        blocks = -(-count // max(1, (self._width - least) // box))
        together = -(-count // blocks)
        gap = int(longest + together * (box + 1) <= self._width)
        label = max(1, min(longest, self._width - together * (box + gap)))
        room = (self._width - label) // together - gap
        title = max(text_width(word) for column in one.columns for word in self._say(column).split(" ")) + 1
        box = max(box, title if title <= room else min(_WIDEST_BOX, room))
        return _Frame(label, number, box, gap, together)

    def _heads(self, heads: Sequence[Sequence[str]], title: str, frame: _Frame, *, titled: bool) -> list[Text]:
        high = max(len(head) for head in heads)
        lines = []
        beside = text_width(title) <= frame.label
        if title and not beside:
            lines += [Text(line, style="bold") for line in wrap(title, self._width)]
        for row in range(high):
            last = row == high - 1
            line = Text(title if last and beside else "", style="")
            line.stylize("bold")
            line.append(" " * (frame.label - text_width(line.plain)))
            for head in heads:
                word = head[row - high + len(head)] if row - high + len(head) >= 0 else ""
                right = _right(frame)
                aligned = f"{word:^{frame.box}}" if titled else f"{word:>{right}}{'':{frame.box - right}}"
                line.append(" " * frame.gap)
                line.append(aligned, style="bold")
            lines.append(line)
        return lines

    def _bars(self, one: Map, title: str) -> list[Text]:
        """Return a line for each box: its number, its name, and a bar where the names leave room for one."""
        boxes = [row[0] for row in one.boxes if row[0] is not None]
        labels = [self._say(row) for row in one.rows]
        number = max(len(box.number) for box in boxes)
        left = max(1, self._width - number - 4)
        label = min(max(map(text_width, labels)), left)
        room = left - label - 1 if left - label > _LEAST_BAR else 0
        lines = list(_lines(wrap(title, self._width), "bold"))
        for text, box in zip(labels, boxes, strict=True):
            first, *rest = wrap(text, label)
            line = Text("")
            line.append(f" {box.number:>{number}}{box.mark or ' '}", style=STYLES[box.level])
            line.append(f" {first}{'':{label - text_width(first) + 1}}")
            line.append("█" * max(box.length * room // 100, 1 if box.length and room else 0), style=_BAR[box.level])
            lines.append(line)
            lines += [Text(f"{'':{number + 3}}{more}") for more in rest]
        left_out = not_drawn(self._picture)
        if left_out is not None:
            lines += _lines(wrap(self._say(left_out), self._width))
        return lines

    def _key(self) -> list[Text]:
        lines = list(_lines(wrap(self._say(self._picture.meaning), self._width)))
        line = Text("")
        for level, meaning in self._picture.key:
            label = f" {f'{MARKS[level]} ' if level in MARKS else ''}{self._say(meaning)} "
            if line.plain and text_width(line.plain) + 1 + len(label) > self._width:
                lines.append(line)
                line = Text("")
            if line.plain:
                line.append(" ")
            line.append(label, style=STYLES[level])
        lines.append(line)
        if self._picture.has_gaps:
            gap = gettext("{sign} nothing leads there", sign=_GONE)
            lines += _lines(wrap(self._say(gap), self._width))
        return lines


def _right(frame: _Frame) -> int:
    """Return where the last digit of a number stands in its box, counting from 1."""
    return frame.box - 1 - (frame.box - frame.number - 2) // 2


def _box(box: Box | None, frame: _Frame) -> Text:
    right = _right(frame)
    if box is None:
        return Text(f"{_GONE:>{right}}{'':{frame.box - right}}", style="dim")
    return Text(f"{box.number:>{right}}{box.mark or ' '}{'':{frame.box - right - 1}}", style=STYLES[box.level])


def _fits(title: str, width: int) -> bool:
    """Tell whether a title stands on a few lines of a column without a word being cut."""
    lines = wrap(title, width)
    return len(lines) <= _TITLE_LINES and max(map(text_width, title.split(" "))) <= width
