"""The sheets of a binary Excel workbook (.xlsb), and what cells show beside their values: calamine tells neither."""

from __future__ import annotations

import struct
from array import array
from typing import IO, NamedTuple

from boussole.limits.archives import Archive
from boussole.limits.binary_workbooks import cells, records
from boussole.limits.table import WORKBOOK_UNPACKED
from boussole.tables.excel.cell_types import (
    ERRORS,
    CellStyle,
    CellTypes,
    MergedCells,
    SheetEntry,
    short_number,
    targets,
)
from boussole.tables.excel.number_formats import BUILT_IN, shown_otherwise

_BOOK, _PARTS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
_SHEET = 0x9C
_WHOLE = struct.Struct("<I")
_LONGEST = 1 << 12  # of what says a sheet: two texts of at most 255 letters
_SHORT, _ERRORS = 2, {3, 11}
_NUMBERS = {(_SHORT, 4), (5, 8), (9, 8)}
"""The kinds of cells that are numbers, and formulas that give one, each with how many of its bytes say it."""
_STYLES, _FORMAT, _STYLES_BEGIN, _STYLES_END, _STYLE = "xl/styles.bin", 0x2C, 0x269, 0x26A, 0x2F
_MERGED, _AREA = 0xB0, struct.Struct("<4I")
_HALF, _DOUBLE = struct.Struct("<H"), struct.Struct("<d")


class _Sheet(NamedTuple):
    entry: SheetEntry
    part: str


def binary_entries(file: IO[bytes], where: object) -> list[SheetEntry] | None:
    """Return the sheets of an .xlsb workbook that have cells, in its order; None for a workbook of another kind.

    Raises:
        BoussoleError: when the workbook is damaged, or beyond a limit.

    """
    found = _sheets(Archive(file, where, WORKBOOK_UNPACKED))
    return [one.entry for one in found] or None


def binary_types(file: IO[bytes], where: object, sheet: str) -> CellTypes:
    """Return which cells of a sheet hold an error, a code such as 00012, or a percentage.

    Raises:
        BoussoleError: when the workbook is damaged, or beyond a limit.

    """
    archive = Archive(file, where, WORKBOOK_UNPACKED)
    part = next((one.part for one in _sheets(archive) if one.entry.name == sheet), "")
    formats = _formats(archive)
    places: dict[CellStyle, int] = {}
    rows, columns, of, numbers = array("q"), array("q"), array("q"), array("d")
    for cell in cells(archive.pieces(part), f"{where}"):
        if cell.kind in _ERRORS:
            style, number = CellStyle("error", text=ERRORS.get(cell.value[0], "#N/A")), float("nan")
        elif cell.style in formats and (cell.kind, len(cell.value)) in _NUMBERS:
            style = CellStyle("number", formats[cell.style])
            number = short_number(cell.value) if cell.kind == _SHORT else _DOUBLE.unpack(cell.value)[0]
        else:
            continue
        rows.append(cell.row)
        columns.append(cell.column)
        of.append(places.setdefault(style, len(places)))
        numbers.append(number)
    found = CellTypes(tuple(places), rows, columns, numbers, of)
    return found._replace(merged=_merged(archive, part, where))


def _merged(archive: Archive, part: str, where: object) -> array[int]:
    """Return the cells that are merged with those below them, as in `CellTypes`."""
    found = MergedCells(where)
    for record in records(archive.pieces(part), _AREA.size):
        if record.kind == _MERGED and len(record.start) == _AREA.size:
            first, last, column, _ = _AREA.unpack(record.start)
            found.add(first + 1, last + 1, column + 1)
    return found.held


def _formats(archive: Archive) -> dict[int, str]:
    """Return the formats of codes (00000) and percentages, by the numbers of the styles that have them."""
    formats = dict(BUILT_IN)
    styles: list[int] = []
    within = False
    name = next((one for one in archive.names if one.lower() == _STYLES), "")
    for kind, _, start in records(archive.pieces(name), _LONGEST):
        if kind == _FORMAT and len(start) > _HALF.size:
            formats[_HALF.unpack_from(start)[0]] = _text(start, _HALF.size)[0]
        elif kind in {_STYLES_BEGIN, _STYLES_END}:
            within = kind == _STYLES_BEGIN
        elif kind == _STYLE and within and len(start) >= 2 * _HALF.size:
            styles.append(_HALF.unpack_from(start, _HALF.size)[0])
    return shown_otherwise(formats, styles)


def _sheets(archive: Archive) -> list[_Sheet]:
    """Return the sheets with cells, none where it is no such workbook."""
    named = {name.lower(): name for name in archive.names}
    parts = targets(archive, _PARTS)
    found = []
    for record in records(archive.pieces(named.get(_BOOK, "")), _LONGEST):
        if record.kind != _SHEET:
            continue
        reference, after = _text(record.start, 8)
        name, _ = _text(record.start, after)
        part = f"xl/{parts.get(reference, '')}"
        if part.startswith("xl/worksheets/"):
            (state,) = _WHOLE.unpack_from(record.start)
            found.append(_Sheet(SheetEntry(name, visible=state == 0), named.get(part.lower(), part)))
    return found


def _text(held: bytes, place: int) -> tuple[str, int]:
    """Return the text at `place`, empty where there is none, and the place behind it."""
    start = place + _WHOLE.size
    if start > len(held):
        return "", start
    (length,) = _WHOLE.unpack_from(held, place)
    end = min(len(held), start + 2 * length)
    return held[start:end].decode("utf-16-le", errors="replace"), end
