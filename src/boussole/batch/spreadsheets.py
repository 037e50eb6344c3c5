"""Sheets of Excel workbooks in, as the text that Excel shows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from boussole.batch.detecting import title_rows
from boussole.batch.feeding import opened
from boussole.batch.names import about_columns, named
from boussole.batch.sheetparts import unsaid
from boussole.batch.source import LINE, PROBLEM, Source
from boussole.errors import TableError
from boussole.matching import fold
from boussole.messages import Listing, counted, message
from boussole.nearest import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from python_calamine import CalamineSheet

    from boussole.messages import Localised

_ROWS = 8_192  # rows that are Python's at once, before they are Polars'
_GREATEST, _LEAST = 1e21, 1e-15  # numbers beyond are written with an exponent
_MOST_NAMES = 5


class _Cells(NamedTuple):
    """The rows of a sheet that are not empty, in text, with the number of each."""

    frame: pl.DataFrame
    notes: tuple[Localised, ...]


def open_sheet(path: Path, sheet: str | None, header_row: int | None) -> Source:
    """Read a sheet, the first that is not hidden unless one is named.

    Raises:
        TableError: when the workbook cannot be read, or the sheet has no header.

    """
    with opened(path):
        pass  # what the system refuses is said in its words
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            name, others = _chosen(workbook, sheet)
            cells = _cells(path, workbook, name)
    except (CalamineError, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise TableError(
            message("“{path}” cannot be read as an Excel workbook: {reason}.", path=path, reason=reason),
            message("Open it in a spreadsheet and save it as .xlsx, without a password."),
        ) from error
    row, columns, frame, dropped = _below_header(cells.frame, name, header_row)
    gaps = cells.frame[-1, LINE] - row - frame.height
    return Source(
        path=path,
        kind="xlsx",
        columns=columns,
        sheet=name,
        header_row=row,
        notes=(
            message("sheet “{name}”, header on line {line}.", name=name, line=row),
            *_about_others(others),
            *about_columns(dropped, rows=bool(frame.height)),
            *([counted("{count} empty row is left out.", "{count} empty rows are left out.", gaps)] if gaps else []),
            *cells.notes,
        ),
        line=row + 1,
        loaded=frame,
    )


def sheet_frames(source: Source, rows: int) -> Iterator[pl.DataFrame]:
    """Yield the rows of a sheet that are not empty."""
    if source.loaded is not None:
        yield from source.loaded.iter_slices(rows)


def _below_header(
    cells: pl.DataFrame, name: str, header_row: int | None
) -> tuple[int, tuple[str, ...], pl.DataFrame, int]:
    """Return the row of the header, the columns, the rows below, and how many columns at the end are empty."""
    if not cells.height:
        raise TableError(
            message("the sheet “{name}” is empty.", name=name), message("Name another sheet: --sheet, and its name.")
        )
    texts = cells.drop(LINE)
    row = header_row or int(cells.item(title_rows(texts.head(_ROWS).rows()), LINE))
    place = cells[LINE].index_of(row)
    if place is None:
        raise TableError(
            message("there is no header on line {line}.", line=row),
            message("Give the line that holds the names of the columns: --header-row 1, for instance."),
        )
    header, below = texts.row(place), cells[place + 1 :]
    width = len(header)
    while not header[width - 1] and below[:, width - 1].null_count() == below.height:
        width -= 1
    columns = named(header[:width])
    frame = below[:, :width].with_columns(below[LINE], pl.lit(None, pl.String).alias(PROBLEM))
    frame.columns = [*columns, LINE, PROBLEM]
    return row, columns, frame, len(header) - width


def _chosen(workbook: CalamineWorkbook, sheet: str | None) -> tuple[str, Sequence[str]]:
    """Return the name of the sheet that is meant, and those of others that people see where none was named."""
    if sheet is not None:
        return _named(workbook.sheet_names, sheet), ()
    grids = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    seen = [one.name for one in grids if one.visible == SheetVisibleEnum.Visible]
    names = seen or [one.name for one in grids] or workbook.sheet_names
    return names[0], names[1:]


def _named(names: Sequence[str], sheet: str) -> str:
    for same in (sheet.__eq__, lambda name: fold(name) == fold(sheet)):
        for name in names:
            if same(name):
                return name
    raise TableError(message("there is no sheet “{name}”.", name=sheet), suggest(sheet, names))


def _about_others(names: Sequence[str]) -> Iterator[Localised]:
    if names:
        yield counted(
            "{count} more sheet is not read: {names}.",
            "{count} more sheets are not read: {names}.",
            len(names),
            names=Listing([*names[:_MOST_NAMES], *(["…"] if len(names) > _MOST_NAMES else [])]),
        )


def _cells(path: Path, workbook: CalamineWorkbook, name: str) -> _Cells:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return _Cells(pl.DataFrame(schema={LINE: pl.Int64}), ())
    said = unsaid(path, workbook.sheet_names.index(name))
    frames: list[pl.DataFrame] = []
    for lines, rows in _rows(sheet, said.errors):
        frames.append(
            pl.DataFrame(
                [pl.Series(f"_{place}", column, pl.String) for place, column in enumerate(zip(*rows, strict=True))]
                + [pl.Series(LINE, lines, pl.Int64)]
            )
        )
    notes = (
        [
            counted(
                "{count} formula has no value yet and counts as empty: save the workbook in a spreadsheet.",
                "{count} formulas have no value yet and count as empty: save the workbook in a spreadsheet.",
                said.uncomputed,
            )
        ]
        if said.uncomputed
        else []
    )
    return _Cells(pl.concat(frames), tuple(notes))


def _rows(
    sheet: CalamineSheet, errors: Mapping[tuple[int, int], str]
) -> Iterator[tuple[list[int], list[list[str | None]]]]:
    """Yield the rows that are not empty, some thousands at a time, with their numbers."""
    first_column = 0 if sheet.start is None else sheet.start[1]
    numbered = enumerate(sheet.iter_rows(), 1)
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in errors.items():
        by_row.setdefault(row, []).append((column - first_column, text))
    while taken := list(islice(numbered, _ROWS)):
        lines, rows = [], []
        for line, values in taken:
            texts = [(value or None) if isinstance(value, str) else _text(value) for value in values]
            for place, text in by_row.get(line, ()):
                if 0 <= place < len(texts):
                    texts[place] = text
            if any(texts):
                lines.append(line)
                rows.append(texts)
        if rows:
            yield lines, rows


def _text(value: object) -> str | None:
    """Return what a cell other than text shows: days and times in ISO, percentages as numbers, formulas by value."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return _number(value)
        case dt.datetime():
            return value.isoformat(" ")
        case dt.timedelta():
            minutes, seconds = divmod(abs(round(value.total_seconds())), 60)
            return f"{'-' if value < dt.timedelta() else ''}{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
        case dt.date() | dt.time():
            return value.isoformat()
        case _:  # whole numbers, which other kinds of workbooks have
            return str(value)


def _number(value: float) -> str:
    """Return a number as Excel knows it: whole ones without a point, others with the 15 digits that it keeps."""
    if value.is_integer() and abs(value) < _GREATEST:
        return str(int(value))
    text = f"{value:.15g}"
    return format(Decimal(text), "f") if "e" in text and _LEAST < abs(value) < _GREATEST else text
