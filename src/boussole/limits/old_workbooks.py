"""How far the sheets of an old Excel workbook (.xls: BIFF in OLE) reach, known before anything holds them."""

from __future__ import annotations

import struct
from array import array
from typing import IO, TYPE_CHECKING

import olefile  # type: ignore[import-untyped] # it has no types

from boussole.i18n import gettext
from boussole.limits.old_texts import lengths_of_texts
from boussole.limits.table import CELLS_IN_SHEET, TEXT_IN_CELLS, refused
from boussole.limits.worksheets import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.errors import BoussoleError

OLE = olefile.MAGIC
"""How a file in an OLE container begins."""
_PACKED_AND_LOCKED = "EncryptedPackage"
"""What holds a newer workbook that a password locks."""
_STREAMS = ("Workbook", "Book")
_START = 0x0809
_STARTS = {_START, 0x0409, 0x0209, 0x0009}
FORMULA, MANY_NUMBERS = 0x06, 0xBD
_TEXT_OF_FORMULA, _SHARED_TEXT = 0x207, 0xFD
_PLACED = {2, 3, 4, 5, FORMULA, 0xD6, _SHARED_TEXT, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406, MANY_NUMBERS}
_CELLS = _PLACED | {_TEXT_OF_FORMULA}
_SIZE, _LOCKED, _SHEET, _END = 0x200, 0x2F, 0x85, 0x0A
_TEXTS, _CONTINUED = 0xFC, 0x3C
WHERE = struct.Struct("<I")
"""Where a sheet begins, the first of what the workbook says of it."""
_HEAD, _PLACE, _LAST = struct.Struct("<HH"), struct.Struct("<HH"), struct.Struct("<H")
_SIZES = {14: struct.Struct("<IIHH"), 10: struct.Struct("<HHHH")}  # by the length of the record


def check_old_workbook(file: IO[bytes], where: object) -> None:
    """Refuse an .xls workbook that would take more memory to hold than it is worth.

    What a sheet says of its size is looked at too: its reader makes room for that. `file` is left anywhere.

    Raises:
        LimitError: by the cell, or by the size, that reaches too far.
        BoussoleError: when it is no such workbook, is locked, or is damaged.

    """
    content = stream_of(file, where)
    try:
        _look(content, where)
    except (IndexError, struct.error) as error:
        raise _damaged(where) from error


def stream_of(file: IO[bytes], where: object) -> bytes:
    """Return the records of a workbook, as they stand in its container.

    Raises:
        BoussoleError: when it is no such workbook, is locked, or is damaged.

    """
    try:
        with olefile.OleFileIO(file) as container:
            if container.exists(_PACKED_AND_LOCKED):
                raise _locked(where)
            name = next((one for one in _STREAMS if container.exists(one)), None)
            return b"" if name is None else bytes(container.openstream(name).read())
    except (OSError, ValueError, IndexError, TypeError, AttributeError, struct.error) as error:
        raise _damaged(where) from error


def _look(content: bytes, where: object) -> None:
    """Look at the workbook, then at each sheet from the place that it says: its reader does, and holds all of them."""
    sheets: list[int] = []
    lengths: array[int] = array("H")
    if next(_records(content, 0), (0, 0, 0))[0] not in _STARTS:
        raise _damaged(where)
    for kind, place, length in globals_of(content):
        if kind == _LOCKED:
            raise _locked(where)
        if kind == _SHEET and length >= WHERE.size:
            sheets.extend(WHERE.unpack_from(content, place))
        elif kind == _TEXTS:
            lengths = _lengths(content, place, length, where)
    held = letters = 0
    for number, place in enumerate(sheets, start=1):
        part = f"{where} › {number}"
        held += _look_at_sheet(content, place, part)
        CELLS_IN_SHEET.check(held, where)
        letters += _letters(content, place, lengths)
        TEXT_IN_CELLS.check(letters, part)


def _lengths(content: bytes, place: int, length: int, where: object) -> array[int]:
    """Return how many letters each text has that cells share: the record at `place`, and those that continue it."""
    pieces = [content[place : place + length]]
    for kind, start, size in _records(content, place + length):
        if kind != _CONTINUED:
            break
        pieces.append(content[start : start + size])
    return lengths_of_texts(pieces, where)


def _letters(content: bytes, start: int, lengths: array[int]) -> int:
    """Return how many letters the cells of a sheet hold of the texts that they share."""
    return sum(
        lengths[number]
        for kind, place, _ in sheet_records(content, start)
        if kind == _SHARED_TEXT and (number := WHERE.unpack_from(content, place + 6)[0]) < len(lengths)
    )


def _look_at_sheet(content: bytes, start: int, where: str) -> int:
    """Return how many cells its reader makes room for; one that begins nowhere has none."""
    reach, cells = Reach(where), 0
    for kind, place, length in sheet_records(content, start):
        if kind == _LOCKED:
            raise _locked(where)
        cells += kind in _CELLS
        if kind in _PLACED:
            row, column = _PLACE.unpack_from(content, place)
            if kind == MANY_NUMBERS:
                (column,) = _LAST.unpack_from(content, place + length - _LAST.size)
            reach.add(row + 1, column + 1)
        elif kind == _SIZE and length in _SIZES:
            first_row, rows, first_column, columns = _SIZES[length].unpack_from(content, place)
            if rows and columns:  # else it is empty, whatever it says
                if first_row >= rows:
                    raise _damaged(where)
                reach.add(rows, max(columns, first_column + 1))
    return max(cells, reach.rows * reach.columns)


def sheet_records(content: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield the records of the sheet that begins at `start`, and of the charts within it."""
    depth = 0
    for kind, place, length in _records(content, start):
        if kind == _END:
            if depth <= 1:
                return
            depth -= 1
        depth += kind == _START
        yield kind, place, length


def globals_of(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the records of the workbook itself, which stand before those of its sheets."""
    for record in _records(content, 0):
        if record[0] == _END:
            return
        yield record


def _records(content: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Yield the kind of each record from `place` on, where what it holds begins, and how many bytes that is."""
    size = len(content)
    while place + _HEAD.size <= size:
        kind, length = _HEAD.unpack_from(content, place)
        yield kind, place + _HEAD.size, length
        place += _HEAD.size + length


def _locked(where: object) -> BoussoleError:
    return refused(where, gettext("it is locked by a password"), gettext("Save it without a password."))


def _damaged(where: object) -> BoussoleError:
    return refused(where, gettext("it is damaged"))
