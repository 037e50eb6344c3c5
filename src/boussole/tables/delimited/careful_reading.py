"""Delimited text cut into rows as people write it, the odd rows named: slow, and right on anything."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from boussole.tables.problems import RowCode, RowProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTE = '"'


class Row(NamedTuple):
    """One row; a cell with nothing between its delimiters is None, one of two quotes an empty text.

    `line` is where it starts, `after` the line after it; `end` is where the next row starts in the text.
    """

    cells: list[str | None]
    line: int
    after: int
    end: int
    problem: RowProblem | None


def rows(text: str, delimiter: str, line: int, *, last: bool) -> Iterator[Row]:
    """Yield the rows of `text`, whose first is on `line`; blank lines are rows of one empty cell.

    Unless `last`, more text may follow: a quote left open at the end is then not judged, and its row not given.
    A row whose quotes cannot be understood is the line it starts on, split at its delimiters.
    """
    cell = _cell(delimiter).match
    position, size = 0, len(text)
    while position < size:
        start, breaks, problem = position, 0, None
        cells: list[str | None] = []
        while True:
            found = cell(text, position)
            if found is None:
                if not last and _left_open(text, position):
                    return
                end = _line_end(text, position)
                cells += [piece or None for piece in text[position:end].rstrip("\r\n").split(delimiter)]
                position, problem = end, RowProblem(RowCode.QUOTES)
                break
            quoted, plain, stop = found.groups()
            if quoted is None:
                cells.append(plain)
            else:
                cells.append(quoted.replace('""', QUOTE))
                breaks += _breaks(quoted)
            position = found.end()
            if stop != delimiter:
                break
        if problem is None and "\0" in text[start:position]:
            problem = RowProblem(RowCode.NUL)
        after = line + breaks + 1
        yield Row(cells, line, after, position, problem)
        line = after


def fitted(row: Row, width: int, delimiter: str) -> tuple[list[str | None], RowProblem | None]:
    """Return the `width` cells of a row and what is wrong with it; cells that are too many stand in the last one.

    Cells beyond the header's that are empty are none.
    """
    cells, count = row.cells, len(row.cells)
    if count < width:
        return cells + [None] * (width - count), row.problem or RowProblem(RowCode.TOO_SHORT, count)
    if any(cell is not None for cell in cells[width:]):
        tail = delimiter.join(cell or "" for cell in cells[width - 1 :])
        return [*cells[: width - 1], tail], row.problem or RowProblem(RowCode.TOO_LONG, count)
    return cells[:width], row.problem


_OPEN = re.compile(r'"(?:[^"]++|"")*+')
_BREAK = re.compile(r"\r\n|[\n\r]")


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    stop = re.escape(delimiter)
    return re.compile(rf'(?:"((?:[^"]++|"")*+)"|([^"{stop}\r\n][^{stop}\r\n]*+)?)({stop}|\r\n|[\n\r]|\Z)')


def _left_open(text: str, position: int) -> bool:
    found = _OPEN.match(text, position)
    return found is not None and found.end() == len(text)


def _line_end(text: str, position: int) -> int:
    found = _BREAK.search(text, position)
    return len(text) if found is None else found.end()


def _breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
