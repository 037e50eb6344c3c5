"""How far the sheets of an old Excel workbook (.xls: BIFF in OLE) reach, known before anything holds them."""

from __future__ import annotations

import struct
from typing import IO, TYPE_CHECKING

import olefile  # type: ignore[import-untyped] # it has no types

from boussole.i18n import gettext
from boussole.limits.table import refused
from boussole.limits.worksheets import Reach

if TYPE_CHECKING:
    from boussole.errors import BoussoleError

OLE = olefile.MAGIC
"""How a file in an OLE container begins."""
_STREAMS = ("Workbook", "Book")
_STARTS = {0x0809, 0x0409, 0x0209, 0x0009}
_CELLS = {2, 3, 4, 5, 6, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406}
_MANY_NUMBERS, _SIZE, _LOCKED = 0xBD, 0x200, 0x2F
_HEAD, _PLACE, _LAST = struct.Struct("<HH"), struct.Struct("<HH"), struct.Struct("<H")
_SIZES = {14: struct.Struct("<IIHH"), 10: struct.Struct("<HHHH")}  # by the length of the record


def check_old_workbook(file: IO[bytes], where: object) -> None:
    """Refuse an .xls workbook that would take more memory to hold than it is worth.

    What a sheet says of its size is looked at too: its reader makes room for that. `file` is left anywhere.

    Raises:
        LimitError: by the cell, or by the size, that reaches too far.
        BoussoleError: when it is no such workbook, is locked, or is damaged.

    """
    try:
        with olefile.OleFileIO(file) as container:
            name = next((one for one in _STREAMS if container.exists(one)), None)
            content = b"" if name is None else container.openstream(name).read()
        _look(content, where)
    except (OSError, ValueError, IndexError, TypeError, AttributeError, struct.error) as error:
        raise refused(where, gettext("it is damaged")) from error


def _look(content: bytes, where: object) -> None:
    place, size, sheets = 0, len(content), 0
    reach = Reach(f"{where}")
    while place + _HEAD.size <= size:
        kind, length = _HEAD.unpack_from(content, place)
        place += _HEAD.size
        if kind in _CELLS or kind == _MANY_NUMBERS:
            row, column = _PLACE.unpack_from(content, place)
            if kind == _MANY_NUMBERS:
                (column,) = _LAST.unpack_from(content, place + length - _LAST.size)
            reach.add(row + 1, column + 1)
        elif kind == _SIZE and length in _SIZES:
            _, rows, _, columns = _SIZES[length].unpack_from(content, place)
            reach.add(rows, columns)
        elif kind in _STARTS:
            sheets += 1
            reach = Reach(f"{where} › {sheets - 1}")  # the first part is the workbook itself
        elif kind == _LOCKED:
            raise _locked(where)
        place += length
    if not sheets:
        raise refused(where, gettext("it is damaged"))


def _locked(where: object) -> BoussoleError:
    return refused(where, gettext("it is locked by a password"), gettext("Save it without a password."))
