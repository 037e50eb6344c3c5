"""How far the sheets of a binary Excel workbook (.xlsb: BIFF12 in a zip) reach, known before anything holds them."""

from __future__ import annotations

import struct
from array import array
from typing import IO, TYPE_CHECKING, NamedTuple

from boussole.i18n import gettext
from boussole.limits.archives import Archive
from boussole.limits.table import TEXT_IN_CELLS, TEXTS_IN_WORKBOOK, WORKBOOK_UNPACKED, refused
from boussole.limits.worksheets import Reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boussole.errors import BoussoleError

_SHEETS = ("xl/worksheets/", "xl/chartsheets/", "xl/dialogsheets/")
_TEXTS = "xl/sharedstrings.bin"
_ROW, _EMPTY_CELL, _SHARED_TEXT, _LAST_CELL = 0x00, 0x01, 0x07, 0x0B
_SIZE, _BEGIN, _END, _TEXT = 0x94, 0x91, 0x92, 0x13
_WHOLE = struct.Struct("<I")
_LONGEST_HEAD = 6
_PLACE, _STYLE = struct.Struct("<II"), 0xFFFFFF
_SMALLEST_CELL, _VALUE, _CELL = 9, 8, 16


class Record(NamedTuple):
    """A record of BIFF12: its kind, how many bytes it holds, and the first ones of them."""

    kind: int
    length: int
    start: bytes


class BinaryCell(NamedTuple):
    """A cell that is not empty: the kind of its record, its row and column from 1, its style, the bytes of its value.

    Of these there are at most eight. `text` is the number of the text that it shares, None where it shares none.
    """

    kind: int
    row: int
    column: int
    style: int
    value: bytes
    text: int | None


def check_binary_workbook(file: IO[bytes], where: object) -> None:
    """Refuse an .xlsb workbook that would take more memory to hold than it is worth; any other zip file passes.

    About a million cells a second. `file` is left anywhere.

    Raises:
        LimitError: by the cell that reaches too far, by how many texts there are, or by what its cells hold of them.
        BoussoleError: when it is no zip file, is locked, or a sheet is damaged.

    """
    archive = Archive(file, where, WORKBOOK_UNPACKED)
    known = {name: name.lower().replace("\\", "/") for name in archive.names}  # as its reader compares names
    lengths = array("L")  # in bytes, two a letter
    for name in (name for name, written in known.items() if written == _TEXTS):
        for record in records(archive.pieces(name)):
            if record.kind == _TEXT:
                lengths.append(record.length)
                TEXTS_IN_WORKBOOK.check(len(lengths), where)
    letters = 0
    for name in (name for name, written in known.items() if written.startswith(_SHEETS)):
        part = f"{where} › {name}"
        reach = Reach(part)
        for count, cell in enumerate(cells(archive.pieces(name), part), start=1):
            reach.add(cell.row, cell.column)
            if count > reach.rows * reach.columns:  # a cell that stands twice would be held twice
                raise _damaged(part)
            if cell.text is not None and cell.text < len(lengths):
                letters += lengths[cell.text] // 2
                TEXT_IN_CELLS.check(letters, where)


def records(pieces: Iterable[bytes], kept: int = 12) -> Iterator[Record]:
    """Yield the records of a part of a workbook, with the first `kept` bytes of each; the last may be cut off."""
    held, skipped = b"", 0
    for piece in pieces:
        if skipped >= len(piece):
            skipped -= len(piece)
            continue
        held += piece[skipped:]
        place, size = 0, len(held)
        while place + _LONGEST_HEAD + kept <= size:
            kind, length, place = _head(held, place)
            yield Record(kind, length, held[place : place + min(length, kept)])
            place += length
        held, skipped = held[place:], max(0, place - size)
    place, size = 0, len(held)
    padded = held + bytes(_LONGEST_HEAD)
    while place < size:
        kind, length, place = _head(padded, place)
        if place + length > size:
            return
        yield Record(kind, length, held[place : place + min(length, kept)])
        place += length


def _head(held: bytes, place: int) -> tuple[int, int, int]:
    """Return the kind and the length of the record at `place`, and where what it holds begins."""
    kind = held[place]
    place += 1
    if kind >= 0x80:  # noqa: PLR2004 - the high bit says that more follows
        kind = (kind & 0x7F) | (held[place] & 0x7F) << 7
        place += 1
    length = 0
    for shift in (0, 7, 14, 21):
        byte = held[place]
        place += 1
        length |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004 - likewise
            break
    return kind, length, place


def cells(pieces: Iterable[bytes], where: str) -> Iterator[BinaryCell]:
    """Yield the cells of a sheet that are not empty, as its reader finds them: after its size, up to their end.

    Raises:
        BoussoleError: when one is too short to have a place.

    """
    awaited, row = _SIZE, 0
    for kind, length, start in records(pieces, _CELL):
        if awaited != _END:
            if kind == awaited:
                awaited = _BEGIN if kind == _SIZE else _END
        elif kind == _END:
            return
        elif kind == _ROW:
            if length < _WHOLE.size:
                raise _damaged(where)
            (row,) = _WHOLE.unpack_from(start)
        elif kind <= _LAST_CELL and kind != _EMPTY_CELL:
            if length < _SMALLEST_CELL:
                raise _damaged(where)
            shares = kind == _SHARED_TEXT and len(start) >= _VALUE + _WHOLE.size
            text = _WHOLE.unpack_from(start, _VALUE)[0] if shares else None
            column, style = _PLACE.unpack_from(start)
            yield BinaryCell(kind, row + 1, column + 1, style & _STYLE, start[_VALUE:], text)


def _damaged(where: str) -> BoussoleError:
    return refused(where, gettext("it is damaged"))
