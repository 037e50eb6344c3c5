"""Binary Excel workbooks: looked through before their reader makes room for what they say."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest

from boussole.errors import BoussoleError
from boussole.limits.binary_workbooks import check_binary_workbook, records
from boussole.limits.table import TEXT_IN_CELLS, TEXTS_IN_WORKBOOK, LimitError
from support.containers import archive, binary_cell, binary_row, binary_sheet, binary_workbook, record, wide

YES = True
HONEST = binary_row(0, "nom", "vrai") + binary_row(1, "a", YES) + binary_row(9, 12.0, None)


def checked(content: bytes) -> None:
    check_binary_workbook(BytesIO(content), "a.xlsb")


def test_an_honest_workbook_passes() -> None:
    checked(binary_workbook({"S": HONEST}))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(HONEST + binary_row(0x0FFFFF) + binary_cell(0x3FFF, 1.0), id="the last corner"),
        pytest.param(binary_row(0x100000, 1.0), id="beyond the last row"),
        pytest.param(binary_row(0) + binary_cell(0x4000, YES), id="beyond the last column"),
        pytest.param(binary_row(0) + record(6, bytes(300_000)) + binary_cell(2**31, "x"), id="after a long text"),
        pytest.param(binary_row(0) + record(0x300, bytes(900_000)) + binary_cell(2**31, "x"), id="after a long record"),
        pytest.param(binary_row(0x0FFFFF) + binary_cell(900, 1.0) + binary_row(0, 1.0), id="rows out of order"),
    ],
)
def test_a_cell_that_reaches_too_far_is_refused(rows: bytes) -> None:
    """Its reader makes room for the whole rectangle: a kilobyte would take all memory."""
    with pytest.raises(LimitError) as found:
        checked(binary_workbook({"S": HONEST, "T": rows}))
    assert "sheet2.bin" in found.value.in_("en")


def test_a_text_that_many_cells_share_counts_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written once, and held for each cell that has its number."""
    monkeypatch.setattr("boussole.limits.binary_workbooks.TEXT_IN_CELLS", TEXT_IN_CELLS._replace(most=25))
    texts = record(0x13, b"\0" + wide("abcde")) + record(0x13, b"\0" + wide("b"))

    def sharing(*numbers: int) -> bytes:
        cells = (record(7, struct.pack("<III", column, 0, number)) for column, number in enumerate(numbers))
        return binary_workbook({"S": binary_row(0) + b"".join(cells)}, parts={"xl/sharedStrings.bin": texts})

    checked(sharing(0, 0, 0, 1, 9))
    with pytest.raises(LimitError):
        checked(sharing(0, 0, 0, 0, 0, 0))


def test_every_sheet_is_looked_at_whatever_its_name() -> None:
    """The reader of workbooks knows no capitals, and takes one slash for the other."""
    far = binary_sheet(binary_row(0x100000, 1.0))
    for name in ("XL/Worksheets/a.rels", "xl\\worksheets\\b.xml", "xl/dialogsheets/c.bin"):
        with pytest.raises(LimitError):
            checked(archive({name: far}))


def test_what_stands_beside_the_cells_of_sheets_is_not_taken_for_cells() -> None:
    """Before their size, after their end, and in what is no sheet."""
    far = binary_row(0x100000, 1.0)
    checked(binary_workbook({"S": HONEST}, parts={"xl/media/a.bin": binary_sheet(far)}))
    sheet = far + binary_sheet(HONEST) + far
    checked(archive({"xl/worksheets/sheet1.bin": sheet, "xl/worksheets/_rels/sheet1.bin.rels": "<x/>\n\n" * 99}))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(record(0, b"12"), id="a row without a number"),
        pytest.param(binary_row(0) + record(4, bytes(8)), id="a cell without a value"),
        pytest.param(binary_row(0, 1.0, 2.0) + binary_row(0, 3.0), id="a cell that stands twice"),
    ],
)
def test_what_is_damaged_is_refused(rows: bytes) -> None:
    """A cell that stands twice would be held twice, and a million times."""
    with pytest.raises(BoussoleError, match="abîmé"):
        checked(binary_workbook({"S": rows}))


def test_too_many_texts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader holds all of them, whatever the cells say."""
    monkeypatch.setattr("boussole.limits.binary_workbooks.TEXTS_IN_WORKBOOK", TEXTS_IN_WORKBOOK._replace(most=3))
    text = record(0x13, b"\0" + wide("a"))
    few, many = (record(0x9F, struct.pack("<II", 3, 3)) + text * number for number in (3, 4))
    checked(binary_workbook({"S": HONEST}, parts={"xl/SharedStrings.bin": few}))
    with pytest.raises(LimitError):
        checked(binary_workbook({"S": HONEST}, parts={"xl/SharedStrings.bin": many}))


def test_records_are_the_same_however_they_come_in_pieces() -> None:
    content = b"".join(record(kind, bytes([kind % 256]) * (kind * 7)) for kind in range(0, 400, 13))
    whole = list(records([content]))
    assert [(one.kind, one.length) for one in whole] == [(kind, kind * 7) for kind in range(0, 400, 13)]
    for size in (1, 2, 17, 1000):
        assert list(records([content[at : at + size] for at in range(0, len(content), size)])) == whole
    assert list(records([content[:-2]])) in (whole, whole[:-1])
