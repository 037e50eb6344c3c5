"""The sheets of an old Excel workbook (.xls) and what its cells show beside their values: calamine tells neither.

A formula that was never reckoned cannot be told from one that gives an empty text: both are written alike.
"""

from __future__ import annotations

import struct
from array import array
from typing import IO, TYPE_CHECKING, NamedTuple

from boussole.limits.old_workbooks import FORMULA, MANY_NUMBERS, WHERE, globals_of, sheet_records, stream_of
from boussole.tables.excel.cell_types import (
    ERRORS,
    CellStyle,
    CellTypes,
    MergedCells,
    SheetEntry,
    short_number,
)
from boussole.tables.excel.number_formats import BUILT_IN, shown_otherwise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHEET, _START, _FORMAT, _STYLE = 0x85, 0x0809, 0x41E, 0xE0
_TRUTH_OR_ERROR, _NUMBER, _SHORT_NUMBER = 0x205, 0x203, 0x27E
_NEWEST = 0x0600
"""The version whose formats are looked at: that of Excel 97 and since."""
_MERGED = 0xE5
_ONE, _AREA = struct.Struct("<H"), struct.Struct("<4H")
_TWO, _THREE, _DOUBLE = struct.Struct("<HH"), struct.Struct("<3H"), struct.Struct("<d")


class _Cell(NamedTuple):
    """A cell whose type is kept, its place counted from 0."""

    row: int
    column: int
    style: CellStyle
    number: float


class OldSheet(NamedTuple):
    """A sheet of cells, and where it begins in the workbook."""

    entry: SheetEntry
    start: int


def old_sheets(file: IO[bytes], where: object, names: Sequence[str]) -> list[OldSheet]:
    """Return the sheets that have cells of a workbook whose sheets have these `names`.

    Raises:
        BoussoleError: when the workbook is damaged.

    """
    content = stream_of(file, where)
    told = [place for kind, place, length in globals_of(content) if kind == _SHEET and length >= WHERE.size]
    return [
        OldSheet(SheetEntry(name, visible=content[place + 4] & 0x3F == 0), WHERE.unpack_from(content, place)[0])
        for name, place in zip(names, told, strict=False)
        if content[place + 5] == 0
    ]


def old_types(file: IO[bytes], where: object, start: int) -> CellTypes:
    """Return which cells of the sheet that begins at `start` hold an error, a code such as 00012, or a percentage.

    Raises:
        BoussoleError: when the workbook is damaged.

    """
    content = stream_of(file, where)
    styles: dict[CellStyle, int] = {}
    rows, columns, of, numbers = array("q"), array("q"), array("q"), array("d")
    for cell in _cells(content, start, _formats(content)):
        rows.append(cell.row + 1)
        columns.append(cell.column + 1)
        of.append(styles.setdefault(cell.style, len(styles)))
        numbers.append(cell.number)
    found = CellTypes(tuple(styles), rows, columns, numbers, of)
    return found._replace(merged=_merged(content, start, where))


def _merged(content: bytes, start: int, where: object) -> array[int]:
    """Return the cells that are merged with those below them, as in `CellTypes`."""
    found = MergedCells(where)
    for kind, place, _ in sheet_records(content, start):
        (count,) = _ONE.unpack_from(content, place) if kind == _MERGED else (0,)
        for number in range(count):
            first, last, column, _ = _AREA.unpack_from(content, place + _ONE.size + number * _AREA.size)
            found.add(first + 1, last + 1, column + 1)
    return found.held


def _cells(content: bytes, start: int, formats: dict[int, str]) -> Iterator[_Cell]:
    """Yield the cells whose types are kept; `formats` are those that matter, by the number of the style."""
    for kind, place, length in sheet_records(content, start):
        if kind == _TRUTH_OR_ERROR:
            error = content[place + 6] if content[place + 7] == 1 else None
        elif kind == FORMULA:
            error = content[place + 8] if _is_error(content[place + 6 : place + 14]) else None
        elif formats and kind in {_NUMBER, _SHORT_NUMBER, MANY_NUMBERS}:
            yield from _shown_otherwise(content, kind, place, length, formats)
            continue
        else:
            continue
        if error is not None:
            row, column = _TWO.unpack_from(content, place)
            yield _Cell(row, column, CellStyle("error", text=ERRORS.get(error, "#N/A")), float("nan"))


def _is_error(result: bytes) -> bool:
    """Tell whether what a formula gives is an error."""
    return result[0] == 2 and result[6:] == b"\xff\xff"  # noqa: PLR2004 - 0 is a text, 1 a truth value, 3 nothing


def _shown_otherwise(content: bytes, kind: int, place: int, length: int, formats: dict[int, str]) -> Iterator[_Cell]:
    """Yield the numbers of a record that are shown as codes, or percentages."""
    row, column, style = _THREE.unpack_from(content, place)
    if kind == _NUMBER:
        found = [(style, _DOUBLE.unpack_from(content, place + 6)[0])]
    else:
        last = place + length - (2 if kind == MANY_NUMBERS else 0)
        found = [
            (_TWO.unpack_from(content, one)[0], short_number(content, one + 2)) for one in range(place + 4, last - 5, 6)
        ]
    for offset, (one, number) in enumerate(found):
        if one in formats:
            yield _Cell(row, column + offset, CellStyle("number", formats[one]), number)


def _formats(content: bytes) -> dict[int, str]:
    """Return the formats of codes (00000) and percentages, by the numbers of the styles that have them."""
    formats = dict(BUILT_IN)
    styles: list[int] = []
    for kind, place, length in globals_of(content):
        if kind == _START and _TWO.unpack_from(content, place)[0] != _NEWEST:
            return {}
        if kind == _FORMAT:
            id_, count = _TWO.unpack_from(content, place)
            wide = content[place + 4] & 1
            written = content[place + 5 : place + min(length, 5 + count * (1 + wide))]
            formats[id_] = written.decode("utf-16-le" if wide else "latin-1", errors="replace")
        elif kind == _STYLE:
            styles.append(_TWO.unpack_from(content, place)[1])
    return shown_otherwise(formats, styles)
