"""The typed cells of a sheet beside its rows of text: what is written again as it was, and what cannot be read."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from boussole.limits.worksheets import letters_of
from boussole.tables.excel.number_formats import is_percentage, zeros_of
from boussole.tables.frames import RAW
from boussole.tables.problems import RowCode, RowProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.arrays import Int64
    from boussole.tables.excel.cell_types import CellStyle, CellTypes

NUMBER, STYLE = "number", "style"
"""The fields of a typed cell: its value as a number, and the place of its style."""
_WHOLE = r"^\d+$"
"""The numbers that zeros are put before: those of a code."""


class Fault(NamedTuple):
    """A cell that has no value to be read: the line and the column that it stands in, and what is wrong with it."""

    line: int
    column: str
    problem: RowProblem


def raw_cells(types: CellTypes, columns: Sequence[str], lines: pl.Series) -> pl.Series | None:
    """Return the typed cells of rows as one column of frames, None where there are none.

    `lines` (rows,), Int64, ascending, are the numbers of the rows in the sheet. The column is a struct of those of the
    table that have typed cells, each a struct of `NUMBER` and `STYLE`, or null where the cell is text.
    """
    wanted = lines.to_numpy()
    rows, of = np.asarray(types.rows), np.asarray(types.of)
    places = np.searchsorted(wanted, rows)  # (cells,) the place of each among the rows, where it has one
    there = places < wanted.size
    there[there] = wanted[places[there]] == rows[there]
    found: list[pl.Series] = []
    for number, name in enumerate(columns, 1):
        here = np.flatnonzero(there & (np.asarray(types.columns) == number + types.first - 1))
        if not here.size:
            continue
        numbers, styles = np.full(wanted.size, np.nan), np.full(wanted.size, -1, np.int32)
        numbers[places[here]], styles[places[here]] = np.asarray(types.numbers)[here], of[here]
        cells = pl.DataFrame([pl.Series(NUMBER, numbers), pl.Series(STYLE, styles)])
        typed = pl.when(pl.nth(1) >= 0).then(pl.struct(pl.all()))
        found.append(cells.select(typed.alias("cell")).to_series().alias(name))
    return pl.DataFrame(found).to_struct(RAW) if found else None


def as_shown(frame: pl.DataFrame, raw: pl.Series, styles: Sequence[CellStyle]) -> pl.DataFrame:
    """Return cells as text with what the sheet shows of them: errors, the zeros before a code (00000), percentages."""
    numbers = {place: one.number_format for place, one in enumerate(styles) if one.kind == "number"}
    zeros = {place: width for place, code in numbers.items() if (width := zeros_of(code))}
    hundredths = [place for place, code in numbers.items() if is_percentage(code)]
    errors = {place: one.text for place, one in enumerate(styles) if one.kind == "error"}
    shown = []
    for cells in raw.struct.unnest() if zeros or hundredths or errors else ():
        text, style = frame[cells.name], cells.struct.field(STYLE).fill_null(-1)
        for place, width in zeros.items():
            text = text.zip_with((style != place) | ~text.str.contains(_WHOLE), text.str.zfill(width))
        for place, error in errors.items():
            text = text.zip_with(style != place, pl.repeat(error, len(text), eager=True))
        places = style.is_in(hundredths).arg_true()
        if len(places):
            text = text.scatter(places, [_percentage(one) for one in cells.struct.field(NUMBER).gather(places)])
        shown.append(text)
    return frame.with_columns(shown)


def spread(
    types: CellTypes, frame: pl.DataFrame, raw: pl.Series | None, first: int
) -> tuple[pl.DataFrame, pl.Series | None]:
    """Return rows in each of which stands what a cell that is merged with those below it shows, and their typed cells.

    `first` is the number of the first row; a cell above it is no part of any.
    """
    places: dict[int, Int64] = {}
    for start, end, column in zip(*(types.merged[one::3] for one in range(3)), strict=True):
        place = column - types.first
        if start >= first and 0 <= place < frame.width:
            of = places.setdefault(place, np.arange(frame.height))
            of[start - first : end - first + 1] = start - first
    if not places:
        return frame, raw
    taken = {frame.columns[place]: of[of < frame.height] for place, of in places.items()}
    frame = frame.with_columns(frame[name].gather(of) for name, of in taken.items())
    if raw is not None:
        fields = raw.struct.unnest()
        raw = fields.with_columns(
            fields[name].gather(taken[name]) for name in fields.columns if name in taken
        ).to_struct(RAW)
    return frame, raw


def _percentage(number: float) -> str:
    """Return a number in hundredths: 0.25 is 25%, with as many figures as Excel has."""
    return f"{Decimal(f'{number:.15g}').scaleb(2).normalize():f}%"


def faults(types: CellTypes, columns: Sequence[str], lines: pl.Series) -> Iterator[Fault]:
    """Yield the cells of rows that hold an error, or a formula without a value, in the order of the sheet."""
    wanted = set(lines)
    bad = {place for place, style in enumerate(types.styles) if style.kind in {"error", "formula"}}
    for row, column, of in zip(types.rows, types.columns, types.of, strict=True) if bad else ():
        place = column - types.first
        if of in bad and row in wanted and 0 <= place < len(columns):
            style, cell = types.styles[of], f"{letters_of(column)}{row}"
            problem = (
                RowProblem(RowCode.CELL_ERROR, cell=cell, value=style.text)
                if style.kind == "error"
                else RowProblem(RowCode.NO_VALUE, cell=cell)
            )
            yield Fault(row, columns[place], problem)
