"""The cells of a sheet of an Excel workbook, as plain text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import fastexcel
import polars as pl

from boussole.errors import TableError
from boussole.fuzzy import fold, suggest
from boussole.i18n import gettext
from boussole.tables.frames import LINE

if TYPE_CHECKING:
    from pathlib import Path

_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00$"  # a day
_DAY_ZERO = r"^1899-12-3[01] (\d\d:\d\d:\d\d)$"  # a time of day


def loaded(path: Path | None, sheet: str | None) -> tuple[str, pl.DataFrame]:
    """Return the name of a sheet, the first that is not hidden unless one is named, and its cells in text.

    The last column, `__line`, is the number of each row.

    Raises:
        TableError: when the workbook cannot be read, or has no such sheet.

    """
    try:
        workbook = fastexcel.read_excel(sys.stdin.buffer.read() if path is None else path)
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
