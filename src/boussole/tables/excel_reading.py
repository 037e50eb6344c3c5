"""Sheets of Excel workbooks in, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fastexcel
import polars as pl

from boussole.errors import TableError
from boussole.fuzzy import fold, suggest
from boussole.i18n import gettext
from boussole.tables.columns import about_columns, named
from boussole.tables.delimited.sniffing import title_rows
from boussole.tables.source import LINE, PROBLEM, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00$"  # a day
_DAY_ZERO = r"^1899-12-3[01] (\d\d:\d\d:\d\d)$"  # a time of day


def open_sheet(path: Path, sheet: str | None, header_row: int | None) -> Source:
    """Read a sheet, the first that is not hidden unless one is named.

    Raises:
        TableError: when the workbook cannot be read, or the sheet has no header.

    """
    name, cells = _loaded(path, sheet)
    filled = cells.filter(pl.any_horizontal(pl.exclude(LINE).is_not_null())) if cells.width > 1 else cells
    if not filled.height:
        raise TableError(
            gettext("the sheet “{name}” is empty.", name=name), gettext("Name another sheet: --sheet, and its name.")
        )
    row = header_row or int(filled.item(title_rows(filled.drop(LINE).rows()), LINE))
    header = cells.drop(LINE).row(row - 1) if row <= cells.height else ()
    if not any(header):
        raise TableError(
            gettext("there is no header on line {line}.", line=row),
            gettext("Give the line that holds the names of the columns: --header-row 1, for instance."),
        )
    below = filled.filter(pl.col(LINE) > row)
    width = len(header)
    while not header[width - 1] and below[:, width - 1].null_count() == below.height:
        width -= 1
    columns = named(header[:width])
    frame = below.select(
        *(pl.nth(place).alias(f"_{place}") for place in range(width)), LINE, pl.lit(None, pl.String).alias(PROBLEM)
    )
    frame.columns = [*columns, LINE, PROBLEM]
    said = gettext("sheet “{name}”, header on line {line}.", name=name, line=row)
    return Source(
        path=path,
        kind="xlsx",
        columns=columns,
        sheet=name,
        header_row=row,
        notes=(said, *about_columns(len(header) - width, rows=bool(frame.height))),
        line=row + 1,
        loaded=frame,
    )


def sheet_frames(source: Source, rows: int) -> Iterator[pl.DataFrame]:
    """Yield the rows of a sheet that are not empty."""
    if source.loaded is not None:
        yield from source.loaded.iter_slices(rows)


def _loaded(path: Path, sheet: str | None) -> tuple[str, pl.DataFrame]:
    """Return the name of a sheet and its cells in text, with the number of each row."""
    try:
        workbook = fastexcel.read_excel(path)
        name = _visible(workbook) if sheet is None else _named(workbook, sheet)
        cells = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        reason = str(error).partition("\n")[0].removeprefix("calamine error: ")
        raise TableError(
            gettext("“{path}” cannot be read as an Excel workbook: {reason}.", path=path, reason=reason),
            gettext("Open it in a spreadsheet and save it as .xlsx, without a password."),
        ) from error
    return name, cells.with_columns(_as_shown(cells)).with_row_index(LINE, 1).with_columns(
        pl.col(LINE).cast(pl.Int64)
    ).select(*cells.columns, LINE)


def _as_shown(cells: pl.DataFrame) -> list[pl.Expr]:
    """Return days without an hour, times without a day, and zero without a sign."""
    return [
        pl.col(name).str.replace(_MIDNIGHT, "$1").str.replace(_DAY_ZERO, "$1").str.replace("^-0$", "0")
        for name in cells.columns
    ]


def _visible(workbook: fastexcel.ExcelReader) -> str:
    for name in workbook.sheet_names:
        if workbook.load_sheet(name, header_row=None, n_rows=1, dtypes="string").visible == "visible":
            return name
    return workbook.sheet_names[0]


def _named(workbook: fastexcel.ExcelReader, sheet: str) -> str:
    for name in workbook.sheet_names:
        if fold(name) == fold(sheet):
            return name
    raise TableError(gettext("there is no sheet “{name}”.", name=sheet), suggest(sheet, workbook.sheet_names))
