"""The sheets of a binary Excel workbook (.xlsb), and the errors in their cells: calamine has neither."""

from __future__ import annotations

import struct
from array import array
from typing import IO, NamedTuple

from boussole.limits.archives import Archive
from boussole.limits.binary_workbooks import cells, records
from boussole.limits.table import WORKBOOK_UNPACKED
from boussole.tables.excel.cell_types import ERRORS, NO_TYPES, CellStyle, CellTypes, SheetEntry, targets

_BOOK, _PARTS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
_SHEET = 0x9C
_WHOLE = struct.Struct("<I")
_LONGEST = 1 << 12  # of what says a sheet: two texts of at most 255 letters
_ERRORS = {3, 11}


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


def binary_errors(file: IO[bytes], where: object, sheet: str) -> CellTypes:
    """Return which cells of a sheet hold an error, and no more of how they are typed.

    Raises:
        BoussoleError: when the workbook is damaged, or beyond a limit.

    """
    archive = Archive(file, where, WORKBOOK_UNPACKED)
    part = next((one.part for one in _sheets(archive) if one.entry.name == sheet), "")
    bad = [one for one in cells(archive.pieces(part), f"{where}") if one.kind in _ERRORS]
    if not bad:
        return NO_TYPES
    texts = [ERRORS.get(one.value, "#N/A") for one in bad]
    styles = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    return CellTypes(
        tuple(CellStyle("error", text=text) for text in styles),
        array("q", (one.row for one in bad)),
        array("q", (one.column for one in bad)),
        array("d", (float("nan") for _ in bad)),
        array("q", (styles[text] for text in texts)),
    )


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
