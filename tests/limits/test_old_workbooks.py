"""Old Excel workbooks: looked through before their reader makes room for what they say."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest

from boussole.errors import BoussoleError
from boussole.limits.old_workbooks import check_old_workbook
from boussole.limits.table import LimitError
from support.paths import DATA

OLD = (DATA / "workbooks" / "old.xls").read_bytes()
SIZE = struct.pack("<HHIIHHH", 0x200, 14, 0, 5, 0, 3, 0)
"""What the first sheet says of its size: five rows, three columns."""


STREAM = 512
"""Where the workbook begins in the file."""


def refused(content: bytes) -> str:
    with pytest.raises(BoussoleError) as found:
        check_old_workbook(BytesIO(content), "a.xls")
    return found.value.in_("en")


def test_an_honest_workbook_passes() -> None:
    check_old_workbook(BytesIO(OLD), "a.xls")


def test_a_sheet_that_reaches_too_far_is_refused_by_its_cell_or_by_what_it_says() -> None:
    """Its reader makes room for either: five kilobytes would take all memory."""
    assert OLD.count(SIZE) == 1
    said = OLD.replace(SIZE, struct.pack("<HHIIHHH", 0x200, 14, 0, 2**31, 0, 3, 0))
    with pytest.raises(LimitError):
        check_old_workbook(BytesIO(said), "a.xls")
    cell = struct.pack("<HHHH", 0x203, 14, 0xFFFF, 0xFFFF)
    far = OLD.replace(SIZE, cell + SIZE[8:])
    with pytest.raises(LimitError):
        check_old_workbook(BytesIO(far), "a.xls")
    many = OLD.replace(SIZE, struct.pack("<HHHH", 0xBD, 14, 0xFFFF, 0) + b"\0" * 8 + struct.pack("<H", 0xFFFF))
    with pytest.raises(LimitError):
        check_old_workbook(BytesIO(many), "a.xls")


def test_a_sheet_is_looked_at_from_where_the_workbook_says_it_begins() -> None:
    """Even amid a record: its reader does."""
    place = OLD.index(SIZE)
    cell = struct.pack("<HHHH", 0x203, 14, 0xFFFF, 0xFFFF)
    hiding = OLD.replace(SIZE, struct.pack("<HH", 0x1234, 14) + cell + SIZE[12:])
    check_old_workbook(BytesIO(hiding), "a.xls")
    said = struct.pack("<HHI", 0x85, 15, 1016)
    assert OLD.count(said) == 1
    found = hiding.replace(said, struct.pack("<HHI", 0x85, 15, place + 4 - STREAM))
    with pytest.raises(LimitError):
        check_old_workbook(BytesIO(found), "a.xls")


def test_a_size_that_ends_before_it_begins_is_refused() -> None:
    """Its reader would count it as thousands of millions of rows: a flipped byte took the program with it."""
    turned = OLD.replace(SIZE, struct.pack("<HHIIHHH", 0x200, 14, 234, 5, 0, 3, 0))
    assert "it is damaged" in refused(turned)


def test_what_is_locked_or_damaged_is_refused() -> None:
    assert "it is locked by a password" in refused(OLD.replace(SIZE, struct.pack("<HH", 0x2F, 14) + SIZE[4:]))
    for content in (b"", OLD[:700], OLD[:512] + bytes(len(OLD) - 512), OLD.replace(b"W\0o\0r\0k", b"x\0o\0r\0k")):
        assert "it is damaged" in refused(content)
