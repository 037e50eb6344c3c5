"""Old Excel workbooks: looked through before their reader makes room for what they say."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest

from boussole.errors import BoussoleError
from boussole.limits.old_workbooks import check_old_workbook
from boussole.limits.table import TEXT_IN_CELLS, TEXTS_IN_WORKBOOK, LimitError
from support.containers import old_record, old_workbook
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


def texts(*pieces: bytes, count: int) -> bytes:
    """Return the texts that cells share: a record, and those that continue it."""
    first, *others = pieces
    held = old_record(0xFC, struct.pack("<II", count, count) + first)
    return held + b"".join(old_record(0x3C, one) for one in others)


def sharing(*numbers: int) -> bytes:
    """Return cells of a row that have these texts, by their numbers."""
    cells = (struct.pack("<HHHI", 0, column, 0, number) for column, number in enumerate(numbers))
    return b"".join(old_record(0xFD, one) for one in cells)


def test_a_text_that_many_cells_share_counts_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written once, and held for each cell that has its number, as in workbooks of the other kinds."""
    monkeypatch.setattr("boussole.limits.old_workbooks.TEXT_IN_CELLS", TEXT_IN_CELLS._replace(most=25))
    held = texts(b"\5\0\0abcde\1\0\0b", count=2)
    check_old_workbook(BytesIO(old_workbook(sharing(0, 0, 0, 1, 9), held)), "a.xls")
    with pytest.raises(LimitError):
        check_old_workbook(BytesIO(old_workbook(sharing(0, 0, 0, 0, 0, 0), held)), "a.xls")


def test_texts_are_followed_as_their_reader_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut amid a text, in wide letters from there on, with runs and more beside it, which may be cut too."""
    monkeypatch.setattr("boussole.limits.old_workbooks.TEXT_IN_CELLS", TEXT_IN_CELLS._replace(most=7))
    rich = b"\3\0\x0d\1\0\6\0\0\0" + b"a\0b\0c\0"
    pieces = (b"\4\0\0ab", b"\1c\0d\0" + rich + b"12", b"", b"34567", b"890\7\0\0abcdefg")
    for number, fits in ((0, 1), (1, 2), (2, 1)):
        check_old_workbook(BytesIO(old_workbook(sharing(*[number] * fits), texts(*pieces, count=3))), "a.xls")
        with pytest.raises(LimitError):
            check_old_workbook(BytesIO(old_workbook(sharing(*[number] * (fits + 1)), texts(*pieces, count=3))), "a.xls")


@pytest.mark.parametrize("held", [b"\5", b"\5\0\0ab", b"\5\0\1ab", b"\1\0\4\x09\0\0\0a", b"\1\0\4a"])
def test_texts_that_end_too_early_are_left_to_their_reader(held: bytes) -> None:
    check_old_workbook(BytesIO(old_workbook(sharing(0), texts(held, count=1))), "a.xls")


def test_more_texts_than_there_can_be_are_refused() -> None:
    """Its reader makes room for as many as it says: forty bytes would take 50 GB."""
    with pytest.raises(LimitError):
        check_old_workbook(BytesIO(old_workbook(sharing(0), texts(b"", count=TEXTS_IN_WORKBOOK.most + 1))), "a.xls")
