"""Rows in which nothing is written: between others they are rows, said to be empty; after the last they are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from boussole.tables.frames import INTERNAL, PROBLEM, problems_column
from boussole.tables.problems import RowCode, RowProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTHING = "^[\\s\x1c-\x1f\u00ad\u200b\u2060\ufeff]*$"  # spaces of all kinds, as Python's, and what nobody sees
_FIRST, _LAST = "!", "\x7f"  # what begins with a letter, a figure or a sign of ASCII is no space: nearly all cells do
_SHORT = 16  # bytes: what is longer is looked at as text only where all the rest is empty
_MOST_HELD = 1 << 20
"""Empty rows that wait to be known as the last: more are given as they come, since they take memory."""


def are_empty(frame: pl.DataFrame) -> pl.Series:
    """Return (rows,) whether nothing is written in the cells of a row, columns of frames that are not cells aside."""
    empty = pl.repeat(value=True, n=frame.height, eager=True, dtype=pl.Boolean)
    for column in frame:
        if column.name in INTERNAL:
            continue
        empty &= ~((column >= _FIRST) & (column < _LAST)).fill_null(value=False)
        if not empty.any():
            return empty
        empty &= column.is_null() | (column.str.len_bytes() <= _SHORT)
        places = (empty & column.is_not_null()).arg_true()
        written = ~column.gather(places).str.contains(_NOTHING)
        empty = empty.scatter(places.filter(written), values=False)
    return empty


def marked(frame: pl.DataFrame, empty: pl.Series) -> pl.DataFrame:
    """Return rows of which those that are (rows,) `empty` have this as their problem, and no other."""
    problem = problems_column([RowProblem(RowCode.EMPTY)])
    return frame.with_columns(
        pl.when(empty).then(pl.lit(problem)).otherwise(pl.nth(frame.get_column_index(PROBLEM))).alias(PROBLEM)
    )


def settled(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Yield frames whose empty rows are `marked`, without those after the last one that is not empty."""
    waiting: list[pl.DataFrame] = []
    for frame in frames:
        empty = are_empty(frame)
        if empty.any():
            frame, last = marked(frame, empty), _after_last(empty)  # noqa: PLW2901 - the same rows
        else:
            last = frame.height
        if last or sum(one.height for one in waiting) > _MOST_HELD:
            yield from waiting
            waiting = []
        if last:
            yield frame[:last]
        if last < frame.height:
            waiting.append(frame[last:])


def _after_last(empty: pl.Series) -> int:
    """Return the place after the last row that is not empty."""
    return 0 if empty.all() else len(empty) - int((~empty).reverse().arg_max() or 0)
