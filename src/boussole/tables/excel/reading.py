"""The cells of a sheet of an Excel workbook, as plain text."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import fastexcel
import polars as pl

from boussole.errors import TableError
from boussole.fuzzy import fold, suggest
from boussole.i18n import gettext
from boussole.limits.binary_workbooks import check_binary_workbook
from boussole.limits.old_workbooks import OLE, check_old_workbook
from boussole.limits.table import ERRORS_IN_SHEET, WORKBOOK_BYTES, read_within, refused
from boussole.limits.worksheets import check_workbook
from boussole.tables.excel.binary_sheets import binary_entries, binary_types
from boussole.tables.excel.cell_types import NO_TYPES, CellTypes, SheetEntry, cell_types, sheet_entries
from boussole.tables.excel.old_sheets import old_sheets, old_types
from boussole.tables.excel.open_document import document_sheets
from boussole.tables.frames import LINE
from boussole.tables.sources.stream import open_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_STDERR = 2
_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00$"  # a day
_DAY_ZERO = r"^1899-12-3[01] (\d\d:\d\d:\d\d)$"  # a time of day


class Loaded(NamedTuple):
    """A sheet: its name, its cells in text, their types, and the names of the `others` that people see.

    `foreign` says that the workbook is of another kind than XLSX: how its cells are typed is not known.

    The last column of `cells`, `__line`, is the number of each row; the others are the sheet's, from the first that is
    filled.
    """

    name: str
    cells: pl.DataFrame
    types: CellTypes
    others: tuple[str, ...]
    foreign: bool


def loaded(path: Path | None, sheet: str | None, where: object) -> Loaded:
    """Return a sheet, the first that is not hidden unless one is named; sheets without cells, as charts, are none.

    `where` names the workbook to people.

    Raises:
        TableError: when the workbook cannot be read, or has no such sheet.
        BoussoleError: when it is beyond a limit.

    """
    with open_source(path) as file:
        raw = io.BytesIO(read_within(file, WORKBOOK_BYTES, where))
    try:
        if raw.getvalue().startswith(b"PK"):
            check_workbook(raw, where)
            check_binary_workbook(raw, where)
        elif raw.getvalue().startswith(OLE):
            check_old_workbook(raw, where)
        with _panics_told(where):
            workbook = fastexcel.read_excel(raw.getvalue())
        entries, types_of, foreign = _told(raw, where, workbook.sheet_names)
        if not entries:
            raise refused(where, gettext("it is damaged"))
        name = _visible(entries) if sheet is None else _named(entries, sheet)
        with _panics_told(where):
            found = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    except fastexcel.FastExcelError as error:
        raise TableError(  # not in the words of the library, which are English
            gettext("“{path}” cannot be read: it is no Excel workbook, is damaged, or has a password.", path=where),
            gettext("Open it in a spreadsheet and save it as .xlsx, without a password."),
        ) from error
    first = min((one.absolute_index for one in found.available_columns()), default=0)
    types = types_of(name)._replace(first=first + 1)
    cells = found.to_polars()
    bad = types.without_value()
    ERRORS_IN_SHEET.check(len(bad), where)
    missing = max(bad, default=0) - cells.height
    if missing > 0:
        cells = pl.concat([cells, cells.clear(missing)])  # calamine has no row for what holds nothing
    lines = pl.int_range(1, cells.height + 1, dtype=pl.Int64, eager=True).alias(LINE)
    others = tuple(one.name for one in entries if one.visible and one.name != name)
    return Loaded(name, cells.with_columns(_as_shown(cells)).with_columns(lines), types, others, foreign)


class _Told(NamedTuple):
    """What a workbook tells beside its values: its sheets with cells, how those of each are typed, its kind."""

    entries: Sequence[SheetEntry]
    types: Callable[[str], CellTypes]
    foreign: bool = True


def _told(raw: IO[bytes], where: object, names: Sequence[str]) -> _Told:
    """Return what a workbook of whatever kind tells, whose sheets its reader calls by these `names`."""
    raw.seek(0)
    if raw.read(len(OLE)) == OLE:
        old = {one.entry.name: one for one in old_sheets(raw, where, names)}
        if old:
            return _Told([one.entry for one in old.values()], lambda name: old_types(raw, where, old[name].start))
    elif known := sheet_entries(raw, where):
        return _Told(known, lambda name: cell_types(raw, where, name), foreign=False)
    elif binary := binary_entries(raw, where):
        return _Told(binary, lambda name: binary_types(raw, where, name))
    elif document := document_sheets(raw, where):
        types = {one.entry.name: one.types for one in document}
        return _Told([one.entry for one in document], types.__getitem__)
    return _Told([SheetEntry(name, visible=True) for name in names], lambda _: NO_TYPES)


@contextmanager
def _panics_told(where: object) -> Iterator[None]:
    """Raise a panic of the reader, which is no ordinary exception, as what it is: a damaged workbook.

    What it writes of itself meanwhile, to the number of the standard error, is for those who write it.
    """
    try:
        aside = os.dup(_STDERR)
    except OSError:  # it is closed
        aside = None
    try:
        if aside is not None:
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), _STDERR)
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise refused(where, gettext("it is damaged")) from error
    finally:
        if aside is not None:
            os.dup2(aside, _STDERR)
            os.close(aside)


def _as_shown(cells: pl.DataFrame) -> list[pl.Expr]:
    """Return days without an hour, times without a day, and zero without a sign."""
    return [
        pl.col(name).str.replace(_MIDNIGHT, "$1").str.replace(_DAY_ZERO, "$1").str.replace("^-0$", "0")
        for name in cells.columns
    ]


def _visible(entries: Sequence[SheetEntry]) -> str:
    """Return the first sheet that people see, or else the first."""
    return next((one.name for one in entries if one.visible), entries[0].name)


def _named(entries: Sequence[SheetEntry], sheet: str) -> str:
    names = [one.name for one in entries]
    for name in names:
        if fold(name) == fold(sheet):
            return name
    raise TableError(gettext("there is no sheet “{name}”.", name=sheet), suggest(sheet, names))
