"""Frames of a table's rows: the columns that are not the table's own, and what is done to any frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from polars import selectors

from boussole.tables.problems import PROBLEM_TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from boussole.tables.problems import RowProblem

LINE, PROBLEM, RAW = INTERNAL = ("__line", "__problem", "__raw")
"""The columns of frames that are not the table's: where a row stands, what is wrong with it, how it was typed."""


def without_rows(columns: Sequence[str]) -> pl.DataFrame:
    """Return a frame of no rows of a table that has these columns."""
    return pl.DataFrame(schema=dict.fromkeys(columns, pl.String) | {LINE: pl.Int64(), PROBLEM: PROBLEM_TYPE})


def without(frame: pl.DataFrame, names: Collection[str]) -> pl.DataFrame:
    """Return a frame without some of its columns; `drop` would take the name “*” for a pattern."""
    return pl.DataFrame([column for column in frame if column.name not in names])


def without_typed(frame: pl.DataFrame, names: Collection[str]) -> pl.DataFrame:
    """Return rows without some of the table's columns, and without how their cells were typed: fields of `__raw`."""
    left = without(frame, {*names, RAW})
    if RAW not in frame.columns:
        return left
    typed = without(frame[RAW].struct.unnest(), names)
    return left.with_columns(typed.to_struct(RAW)) if typed.width else left


def labelled(frame: pl.DataFrame, lines: pl.Series) -> pl.DataFrame:
    """Return a frame of cells as rows without a problem: (rows,) `lines`, Int64, say where each stands."""
    return frame.with_columns(lines.alias(LINE), pl.lit(None, PROBLEM_TYPE).alias(PROBLEM))


def problems_column(problems: Sequence[RowProblem | None]) -> pl.Series:
    """Return what is wrong with each row as a column of frames, null where nothing is."""
    return pl.Series(PROBLEM, [None if one is None else one._asdict() for one in problems], PROBLEM_TYPE)


def spelt(told: pl.DataFrame) -> pl.DataFrame:
    """Return what is told of cases with ids as text."""
    return told.with_columns(selectors.enum().cast(pl.String))
