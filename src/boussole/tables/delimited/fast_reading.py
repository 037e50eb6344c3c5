"""A block of delimited UTF-8 as a frame of text: in one go where it is well formed, row by row where it is not."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from boussole.tables.delimited.careful_reading import fitted, rows
from boussole.tables.delimited.transcoding import LONGEST_ROW, UTF_8, undecodable
from boussole.tables.frames import LINE, labelled, problems_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from boussole.arrays import Int64
    from boussole.tables.problems import RowProblem

    Bytes = NDArray[np.uint8]
    """The bytes of a block, (bytes,)."""

_QUOTE, _LF, _CR = 34, 10, 13
_STEP = 1 << 18  # bytes compared at once: what fits in the cache
_SLOWEST, _SLOW = 1 << 12, 8 << 20  # bytes read row by row before the fast way is tried again


class Shape(NamedTuple):
    """What the rows of a file have in common; its header was `written` with that many cells."""

    columns: Sequence[str]
    delimiter: str
    written: int


class _Read(NamedTuple):
    """The frame of the first `used` bytes of a block, and the line after it."""

    frame: pl.DataFrame
    used: int
    line: int


def frames(pieces: Iterator[bytes], shape: Shape, line: int) -> Iterator[pl.DataFrame]:
    """Yield the rows of a text that comes in pieces, each ending where a line does; the first is on `line`.

    A frame holds the rows of a piece; where one goes on in the next, they are read together.
    """
    rest, wanted = b"", 0
    following = next(pieces, None)
    while following is not None or rest:
        joined, size = [rest], len(rest)
        while following is not None and size <= wanted:
            joined.append(following)
            size += len(following)
            following = next(pieces, None)
        rest = b"".join(joined)
        found: list[pl.DataFrame] = []
        slow, wanted = _SLOWEST, 0
        while rest:
            read = _quickly(rest, shape, line, last=following is None)
            if read is None:
                read = _slowly(rest, shape, line, slow, last=following is None)
                slow = min(_SLOW, slow * 4)
            if not read.used:
                wanted = 2 * len(rest)  # the row goes on in what follows: not looked at again for each piece
                break
            line = read.line
            rest = rest[read.used :]
            if read.frame.height:
                found.append(read.frame)
        if found:
            yield found[0] if len(found) == 1 else pl.concat(found, rechunk=True)


def _quickly(block: bytes, shape: Shape, line: int, *, last: bool) -> _Read | None:
    """Read a block with Polars, or return None where its beginning is out of order.

    Polars is trusted with well-formed rows only: it takes missing cells, blank lines and lone carriage returns
    silently. That each row has its cells is known from the number of delimiters, since it refuses a row that has too
    many. Rows that have too few or too many, or a NUL, are read apart.
    """
    codes = np.frombuffer(block, np.uint8)
    if b"\r" in block and not _only_before_line_feeds(codes):
        return None
    if b'"' in block:
        return _quoted(block, codes, shape, line, last=last)
    count = _count(codes, _LF) + (codes[-1] != _LF)
    if b"\0" not in block and _count(codes, ord(shape.delimiter)) == (shape.written - 1) * count:
        frame = _parsed(block, shape, count)
        if frame is not None:
            numbers = pl.int_range(line, line + count, dtype=pl.Int64, eager=True)
            return _Read(labelled(frame, numbers), len(block), line + count)
    ends = np.flatnonzero(codes == _LF) + 1
    if codes[-1] != _LF:
        ends = np.append(ends, codes.size)
    stops = np.flatnonzero(codes == ord(shape.delimiter))
    return _around(block, shape, _Rows(ends, stops, np.arange(line, line + count)), line + count)


class _Rows(NamedTuple):
    """Where rows end in a block, and where delimiters part their cells, in bytes from its start; the lines of rows.

    `ends` (rows,) is the place after each row, `stops` (delimiters,) that of each delimiter outside quotes, ascending;
    `lines` (rows,) counts from 1 in the file.
    """

    ends: Int64
    stops: Int64
    lines: Int64


def _around(block: bytes, shape: Shape, found: _Rows, after: int) -> _Read | None:
    """Read the rows that have their cells together, the others one by one."""
    counts = np.diff(np.searchsorted(found.stops, found.ends), prepend=0)
    odd = counts != shape.written - 1
    if b"\0" in block:
        nul = np.flatnonzero(np.frombuffer(block, np.uint8) == 0)
        odd[np.searchsorted(found.ends, nul, side="right")] = True
    apart = np.flatnonzero(odd)
    if 2 * apart.size > odd.size:
        return None
    starts = np.concatenate(([0], found.ends[:-1]))
    good, at, gathered = [], 0, _Gathered(shape)
    for start, end, line in zip(starts[apart], found.ends[apart], found.lines[apart], strict=True):
        good.append(block[at:start])
        gathered.add(block[start:end], int(line), last=True)
        at = end
    good.append(block[at:])
    frame = _parsed(b"".join(good), shape, odd.size - apart.size)
    if frame is None:
        return None
    both = labelled(frame, pl.Series(found.lines[~odd], dtype=pl.Int64))
    if apart.size:
        both = pl.concat([both, gathered.frame()]).sort(LINE)
    return _Read(both, len(block), after)


def _quoted(block: bytes, codes: Bytes, shape: Shape, line: int, *, last: bool) -> _Read | None:
    """Read a block with cells between quotes: a row ends at a line feed outside of them."""
    scan = _scanned(codes, ord(shape.delimiter))
    whole = last and not scan.inside and scan.bad is None
    used = len(block) if whole else int(scan.ends[-1]) + 1 if scan.ends.size else 0
    if not used:
        return None
    ends = scan.ends + 1
    if codes[used - 1] != _LF:
        ends = np.append(ends, used)
    feeds = np.searchsorted(scan.feeds, ends[:-1] - 1) if scan.feeds.size > scan.ends.size else np.arange(ends.size - 1)
    lines = line + np.concatenate(([0], feeds + 1))
    after = line + int(np.searchsorted(scan.feeds, used)) + (codes[used - 1] != _LF)
    stops = scan.stops[: np.searchsorted(scan.stops, used)]
    return _around(block[:used], shape, _Rows(ends, stops, lines), after)


class _Scan(NamedTuple):
    """Where the line feeds of a block stand, and those and the delimiters outside quotes, as far as they are right.

    `ends` (rows,) are the line feeds outside quotes, `stops` (delimiters,) the delimiters outside, `feeds` (line
    feeds,) all line feeds: places in bytes from the start of the block, ascending. `bad` is the first quote that
    neither opens nor closes a cell, nor is one of two; `inside` says that the block ends between quotes.
    """

    ends: Int64
    stops: Int64
    feeds: Int64
    bad: int | None
    inside: bool


def _scanned(codes: Bytes, delimiter: int) -> _Scan:
    """Follow the quotes of a block."""
    ends, stops, feeds = [], [], []
    carried, before, bad = np.uint8(0), True, None
    for at in range(0, codes.size, _STEP):
        window = codes[at : at + _STEP]
        following = codes[at + _STEP : at + _STEP + 1]
        quote, feed, stop = window == _QUOTE, window == _LF, window == delimiter
        inside = (np.add.accumulate(quote, dtype=np.uint8) + carried) & 1 == 1
        parting = quote | feed | stop
        right = np.empty(window.size, np.bool_)  # what stands before a quote that opens
        right[0], right[1:] = before, parting[:-1]
        wrong = quote & inside & ~right
        right[:-1] = (parting | (window == _CR))[1:]  # and what stands behind one that closes
        right[-1] = not following.size or following[0] in {_QUOTE, _LF, _CR, delimiter}
        wrong |= quote & ~inside & ~right
        if wrong.any():
            bad = int(wrong.argmax()) + at
        carried, before = np.uint8(inside[-1]), bool(parting[-1])
        ends.append(np.flatnonzero(feed & ~inside) + at)
        stops.append(np.flatnonzero(stop & ~inside) + at)
        feeds.append(np.flatnonzero(feed) + at)
        if bad is not None:
            break
    found = np.concatenate(ends)
    if bad is not None:
        found = found[: np.searchsorted(found, bad)]
    return _Scan(found, np.concatenate(stops), np.concatenate(feeds), bad, bool(carried))


def _only_before_line_feeds(codes: Bytes) -> bool:
    returns = np.flatnonzero(codes == _CR)
    return bool(returns[-1] < codes.size - 1 and (codes[returns + 1] == _LF).all())


def _count(codes: Bytes, code: int) -> int:
    return sum(int(np.count_nonzero(codes[at : at + _STEP] == code)) for at in range(0, codes.size, _STEP))


def _parsed(block: bytes, shape: Shape, height: int) -> pl.DataFrame | None:
    """Return the cells of a block; None where Polars refuses it, sees another `height`, or a cell has no column."""
    if block.startswith(BOM_UTF8):  # Polars would drop it, although it begins a cell here
        return None
    names = [*shape.columns, *(f"__empty{extra}" for extra in range(shape.written - len(shape.columns)))]
    try:
        frame = pl.read_csv(
            block,
            has_header=False,
            separator=shape.delimiter,
            schema=dict.fromkeys(names, pl.String),
            infer_schema=False,
            empty_string_is_null=True,
        )
    except pl.exceptions.PolarsError:
        return None
    extra = frame[:, len(shape.columns) :]
    if frame.height != height or any(column.null_count() < height for column in extra):
        return None
    return frame[:, : len(shape.columns)]


def _slowly(block: bytes, shape: Shape, line: int, limit: int, *, last: bool) -> _Read:
    """Read about `limit` bytes of a block row by row, naming what is out of order."""
    gathered = _Gathered(shape)
    cut = block.find(b"\n", limit) + 1
    end, after = gathered.add(block[:cut], line, last=False) if cut else (0, line)
    if not end:
        end, after = gathered.add(block, line, last=last or len(block) > LONGEST_ROW, limit=limit)
    return _Read(gathered.frame(), end, after)


class _Gathered:
    """Rows read one by one; blank lines are no rows, but for a single column."""

    def __init__(self, shape: Shape) -> None:
        """Begin with none."""
        self._shape = shape
        self._cells: list[list[str | None]] = []
        self._lines: list[int] = []
        self._problems: list[RowProblem | None] = []

    def add(self, raw: bytes, line: int, *, last: bool, limit: int = LONGEST_ROW) -> tuple[int, int]:
        """Read rows from `line` on, as far as `limit`; return how many bytes they take, and the line after them."""
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            raise undecodable(UTF_8, line + raw.count(b"\n", 0, error.start)) from error
        shape, end, after = self._shape, 0, line
        for row in rows(text, shape.delimiter, line, last=last):
            end, after = row.end, row.after
            if row.cells != [None] or shape.written == 1:
                cells, problem = fitted(row, len(shape.columns), shape.delimiter)
                self._cells.append(cells)
                self._lines.append(row.line)
                self._problems.append(problem)
            if end > limit:
                break
        return len(raw) if end == len(text) else len(text[:end].encode()), after

    def frame(self) -> pl.DataFrame:
        """Return them all."""
        names = self._shape.columns
        columns = zip(*self._cells, strict=True) if self._cells else ((),) * len(names)
        return pl.DataFrame(
            [pl.Series(name, cells, pl.String) for name, cells in zip(names, columns, strict=True)]
            + [pl.Series(LINE, self._lines, pl.Int64), problems_column(self._problems)]
        )
