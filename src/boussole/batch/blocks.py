"""A block of delimited UTF-8 as a frame of text: in one go where it is well formed, row by row where it is not."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from boussole.batch.feeding import LONGEST_ROW, UTF_8, undecodable
from boussole.batch.rows import fitted, rows
from boussole.batch.source import LINE, PROBLEM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray


_QUOTE, _LF, _CR = 34, 10, 13
_STEP = 1 << 18  # bytes compared at once: what fits in the cache
_SLOW = 8 << 20


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
    """Yield the rows of a text that comes in pieces, each ending where a line does; the first is on `line`."""
    rest = b""
    following = next(pieces, None)
    while following is not None or rest:
        if following is not None:
            rest, following = rest + following, next(pieces, None)
        last = following is None
        while rest:
            read = _quickly(rest, shape, line, last=last)
            if read is None:
                read = _slowly(rest, shape, line, last=last)
            if not read.used and not last and len(rest) <= LONGEST_ROW:
                break  # the row goes on in what follows
            line = read.line
            rest = rest[read.used :]
            if read.frame.height:
                yield read.frame


def _quickly(block: bytes, shape: Shape, line: int, *, last: bool) -> _Read | None:
    """Read a block with Polars, or return None where something in it is out of order.

    Polars is trusted with well-formed rows only: it takes missing cells, blank lines and lone carriage returns
    silently, and drops a byte order mark that a cell begins with. That each row has its cells is known from the
    number of delimiters, since it refuses a row that has too many.
    """
    if b"\0" in block or block.startswith(BOM_UTF8):
        return None
    codes = np.frombuffer(block, np.uint8)
    if b"\r" in block and not _only_before_line_feeds(codes):
        return None
    stops = shape.written - 1
    if b'"' in block:
        return _quoted(block, codes, shape, line, last=last)
    ends = _count(codes, _LF) + (codes[-1] != _LF)
    if _count(codes, ord(shape.delimiter)) != stops * ends:
        return None
    frame = _parsed(block, shape)
    if frame is None or frame.height != ends:
        return None
    numbers = pl.int_range(line, line + ends, dtype=pl.Int64, eager=True)
    return _Read(_labelled(frame, numbers), len(block), line + ends)


def _quoted(block: bytes, codes: NDArray[np.uint8], shape: Shape, line: int, *, last: bool) -> _Read | None:
    """Read a block with cells between quotes: a row ends at a line feed after an even number of them."""
    quotes = np.flatnonzero(codes == _QUOTE)
    feeds = np.flatnonzero(codes == _LF)
    ends = np.flatnonzero(_even(quotes, feeds))
    used = len(block) if last else int(feeds[ends[-1]]) + 1 if ends.size else 0
    if not used:
        return None
    if used < len(block):
        block, codes = block[:used], codes[:used]
        quotes = quotes[: np.searchsorted(quotes, used)]
    if not _well_quoted(codes, quotes, ord(shape.delimiter)):
        return None
    stops = np.flatnonzero(codes == ord(shape.delimiter))
    starts = np.concatenate(([0], ends + 1))
    after = line + int(starts[-1])
    if codes[-1] == _LF:
        starts = starts[:-1]
    else:
        after += 1
    if int(_even(quotes, stops).sum()) != (shape.written - 1) * starts.size:
        return None
    frame = _parsed(block, shape)
    if frame is None or frame.height != starts.size:
        return None
    return _Read(_labelled(frame, pl.Series(starts + line, dtype=pl.Int64)), used, after)


def _even(quotes: NDArray[np.intp], places: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell of each place whether it stands outside quotes."""
    outside: NDArray[np.bool_] = np.searchsorted(quotes, places) % 2 == 0
    return outside


def _well_quoted(codes: NDArray[np.uint8], quotes: NDArray[np.intp], delimiter: int) -> bool:
    """Tell whether each quote opens where a cell starts and closes where it ends, or is one of two."""
    if quotes.size % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = codes[opening[1 if opening[0] == 0 else 0 :] - 1]
    after = codes[closing[: -1 if closing[-1] == codes.size - 1 else None] + 1]
    opened = (before == delimiter) | (before == _LF) | (before == _QUOTE)
    closed = (after == delimiter) | (after == _LF) | (after == _CR) | (after == _QUOTE)
    return bool(opened.all() and closed.all())


def _only_before_line_feeds(codes: NDArray[np.uint8]) -> bool:
    returns = np.flatnonzero(codes == _CR)
    return bool(returns[-1] < codes.size - 1 and (codes[returns + 1] == _LF).all())


def _count(codes: NDArray[np.uint8], code: int) -> int:
    return sum(int(np.count_nonzero(codes[at : at + _STEP] == code)) for at in range(0, codes.size, _STEP))


def _parsed(block: bytes, shape: Shape) -> pl.DataFrame | None:
    """Return the cells of a block; None where Polars refuses it, or where a cell has no column."""
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
    if any(column.null_count() < frame.height for column in extra):
        return None
    return frame[:, : len(shape.columns)]


def _labelled(frame: pl.DataFrame, lines: pl.Series) -> pl.DataFrame:
    return frame.with_columns(lines.alias(LINE), pl.lit(None, pl.String).alias(PROBLEM))


def _slowly(block: bytes, shape: Shape, line: int, *, last: bool) -> _Read:
    """Read a block row by row, naming what is out of order; blank lines are no rows, but for a single column."""
    try:
        text = block.decode()
    except UnicodeDecodeError as error:
        raise undecodable(UTF_8, line + block.count(b"\n", 0, error.start)) from error
    found: list[list[str | None]] = []
    lines: list[int] = []
    problems: list[str | None] = []
    width, end, after = len(shape.columns), 0, line
    for row in rows(text, shape.delimiter, line, last=last or len(block) > LONGEST_ROW):
        end, after = row.end, row.after
        if row.cells == [None] and shape.written > 1:
            continue
        cells, problem = fitted(row, width, shape.written, shape.delimiter)
        found.append(cells)
        lines.append(row.line)
        problems.append(problem)
        if end > _SLOW:
            break
    columns = zip(*found, strict=True) if found else ((),) * width
    frame = pl.DataFrame(
        [pl.Series(name, cells, pl.String) for name, cells in zip(shape.columns, columns, strict=True)]
        + [pl.Series(LINE, lines, pl.Int64), pl.Series(PROBLEM, problems, pl.String)]
    )
    return _Read(frame, len(text[:end].encode()), after)
