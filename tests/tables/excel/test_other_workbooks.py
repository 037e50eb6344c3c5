"""What the cells of .ods and .xls workbooks show beside their values, and their sheets that nobody sees.

`errors.ods` and `errors.xls` were saved by LibreOffice 7.4: a hidden sheet, errors, codes, percentages.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import openpyxl  # type: ignore[import-untyped] # it has no types
import pytest

from boussole.errors import BoussoleError
from boussole.limits.table import CELLS_IN_SHEET, ERRORS_IN_SHEET, MERGED_IN_SHEET, LimitError
from boussole.tables.reading import open_table
from support.containers import binary_row, binary_workbook, ods, old_record, old_workbook, record, wide
from support.paths import DATA
from support.tables import cells, copied, problems, read, written

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.limits.table import Limit

WORKBOOKS = DATA / "workbooks"


def row(*inside: str, times: int = 1) -> str:
    """Return a row of an .ods sheet."""
    return f"<table:table-row table:number-rows-repeated='{times}'>{''.join(inside)}</table:table-row>"


def cell(shown: str | None, **attributes: str) -> str:
    """Return a cell of an .ods sheet that shows a text; `formula`, `type` and `value` are those of its attributes."""
    names = {
        "formula": "table:formula",
        "type": "office:value-type",
        "value": "office:value",
        "times": "table:number-columns-repeated",
        "rows": "table:number-rows-spanned",
    }
    said = "".join(f" {names[name]}='{value}'" for name, value in attributes.items())
    return f"<table:table-cell{said}>{'' if shown is None else f'<text:p>{shown}</text:p>'}</table:table-cell>"


HEADER = row(cell("a", type="string"))


@pytest.mark.parametrize(("name", "third"), [("errors.ods", "Err:502"), ("errors.xls", "#VALUE!")])
def test_errors_hidden_sheets_and_formats_as_libreoffice_saves_them(name: str, third: str) -> None:
    """As in .xlsx: errors are problems, the first sheet that is seen is read, codes and percentages are as shown."""
    source = open_table(WORKBOOKS / name)
    assert [one.in_("en") for one in source.notes] == [
        "sheet “Réponses”, header on line 1.",
        "a workbook of this kind is written back as .xlsx, its numbers and days as text.",
    ]
    assert problems(source) == [(2, "T107 B2 #N/A"), (3, "T107 B3 #DIV/0!"), (4, f"T107 B4 {third}")]
    shown = [tuple(one or "" for one in line) for line in cells(source)]
    assert shown == [
        ("a", "#N/A", "01004", "002", "007", "008", "100%"),
        ("b", "#DIV/0!", "21001", "", "", "", "25.5%"),
        ("c", third, "4.25", "", "", "", "7%"),
        ("d", "associations", "", "", "", "", "12"),
        ("e", "", "", "", "", "", ""),
    ]
    assert read(WORKBOOKS / name, sheet="Notice") == []


def test_errors_of_libreoffice_come_back_as_text(tmp_path: Path) -> None:
    """Excel has no Err:502: as a formula it would break the workbook. Those that it has stay errors."""
    copied(open_table(WORKBOOKS / "errors.ods"), tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    assert [(sheet.cell(row, 2).value, sheet.cell(row, 2).data_type) for row in (2, 4)] == [
        ("=#N/A", "f"),
        ("Err:502", "s"),
    ]


def test_errors_and_formulas_without_a_value_of_other_programs(tmp_path: Path) -> None:
    """OpenOffice writes an error as a number, 0; what no program reckoned shows nothing; an empty text is a value."""
    rows = HEADER + row(cell("#N/A", formula="of:=NA()", type="float", value="0"))
    rows += row(cell(None, formula="of:=[.A1]")) + row(cell("", formula='of:=""'.replace('"', "&quot;")))
    rows += row(cell("Err:522", formula="of:=[.A5]", type="string")) + row(cell("#N/A", type="string"))
    source = open_table(written(tmp_path, ods(rows), "a.ods"))
    assert problems(source) == [(2, "T107 A2 #N/A"), (3, "T108 A3"), (4, "T109"), (5, "T107 A5 Err:522")]


def test_repeated_cells_and_rows_are_each_a_problem(tmp_path: Path) -> None:
    rows = HEADER + row(cell("#N/A", formula="of:=NA()", times="2"), times=2)
    source = open_table(written(tmp_path, ods(rows), "a.ods"))
    assert problems(source) == [(2, "T107 A2 #N/A"), (3, "T107 A3 #N/A")]


def test_a_comment_is_no_part_of_its_cell(tmp_path: Path) -> None:
    """A formula without a value has none for all that is noted beside it."""
    noted = cell(None, formula="of:=[.A1]").replace(
        "></", "><office:annotation><text:p>#N/A</text:p></office:annotation></", 1
    )
    source = open_table(written(tmp_path, ods(HEADER + row(noted) + row(cell("x", type="string"))), "a.ods"))
    assert problems(source) == [(2, "T108 A2")]


def test_numbers_that_show_something_else_are_their_values(tmp_path: Path) -> None:
    """Only what is shown of the whole number counts: 0012 of 12.4 is rounded."""
    shown = [("0012", "12"), ("0012", "12.4"), ("12", "12"), ("0012", "x")]
    rows = "".join(row(cell(text, type="float", value=value)) for text, value in shown[:3])
    rows += "".join(
        row(cell(text, type="percentage", value=value)) for text, value in [("12,5 %", "0.125"), ("?", "inf")]
    )
    source = open_table(written(tmp_path, ods(HEADER + rows), "a.ods"))
    assert cells(source) == [("0012",), ("12.4",), ("12",), ("12.5%",), ("inf",)]
    bad = HEADER + row(cell(*shown[3][:1], type="float", value="x"))
    with pytest.raises(BoussoleError):
        open_table(written(tmp_path, ods(bad), "b.ods"))


@pytest.mark.parametrize(("name", "limit"), [("CELLS_IN_SHEET", CELLS_IN_SHEET), ("ERRORS_IN_SHEET", ERRORS_IN_SHEET)])
def test_a_few_bytes_that_stand_for_very_many_errors_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, limit: Limit
) -> None:
    """Before room is made for them."""
    monkeypatch.setattr(f"boussole.tables.excel.open_document.{name}", limit._replace(most=3))
    path = written(tmp_path, ods(HEADER + row(cell("#N/A", formula="of:=NA()", times="2"), times=2)), "a.ods")
    with pytest.raises(LimitError):
        open_table(path)


def test_cells_of_old_workbooks(tmp_path: Path) -> None:
    """An error written as a cell, one that is a truth value, formulas of each kind, numbers of each kind in 000."""

    def formula(number: int, result: bytes) -> bytes:
        return old_record(6, struct.pack("<HHH", number, 0, 0) + result + bytes(6) + struct.pack("<H", 0))

    head = old_record(0x204, struct.pack("<HHHHB", 0, 0, 0, 1, 0) + b"a")
    bad = old_record(0x205, struct.pack("<HHHBB", 1, 0, 0, 0x2A, 1)) + old_record(
        0x205, struct.pack("<HHHBB", 2, 0, 0, 1, 0)
    )
    reckoned = formula(3, b"\2\0\x07\0\0\0\xff\xff") + formula(4, struct.pack("<d", 2.0))
    double = old_record(0x203, struct.pack("<HHHd", 5, 0, 1, 12.0))
    short = b"".join(
        old_record(0x27E, struct.pack("<HHHi", 6 + place, 0, 1, bits))
        for place, bits in enumerate([7 << 2 | 2, 700 << 2 | 3, struct.unpack("<q", struct.pack("<d", 8.0))[0] >> 32])
    )
    many = old_record(0xBD, struct.pack("<HHHiHiH", 9, 0, 1, 1 << 2 | 2, 0, 2 << 2 | 2, 1))
    formats = old_record(0x41E, struct.pack("<HHB", 164, 3, 0) + b"000")
    wide = old_record(0x41E, struct.pack("<HHB", 165, 4, 1) + "0.00".encode("utf-16-le"))
    styles = old_record(0xE0, struct.pack("<HH", 0, 0)) + old_record(0xE0, struct.pack("<HH", 0, 164))
    content = old_workbook(head + bad + reckoned + double + short + many, formats + wide + styles)
    source = open_table(written(tmp_path, content, "a.xls"))
    assert [one[0] for one in cells(source)] == ["#N/A", "true", "#DIV/0!", "2", "012", "007", "007", "008", "001"]
    assert problems(source) == [(2, "T107 A2 #N/A"), (4, "T107 A4 #DIV/0!")]


def test_codes_and_percentages_of_binary_workbooks(tmp_path: Path) -> None:
    """By the formats of their styles, those of cells alone; a number is written whole, or in four bytes."""

    def style(number: int) -> bytes:
        return record(0x2F, struct.pack("<HH", 0, number) + bytes(12))

    own = record(0x2C, struct.pack("<H", 164) + wide("00000"))
    one, three = struct.pack("<I", 1), struct.pack("<I", 3)
    parts = record(0x267, one) + own + record(0x268) + record(0x272, one) + style(164) + record(0x273)
    parts += record(0x269, three) + style(0) + style(164) + style(9)
    rows = binary_row(0, "a", "b")
    for place, (kind, value) in enumerate(
        [(5, struct.pack("<d", 1.0)), (2, struct.pack("<i", 1 << 2 | 2)), (4, b"\1")]
    ):
        cells_ = [record(kind, struct.pack("<II", column, column + 1 | 1 << 24) + value) for column in (0, 1)]
        rows += binary_row(place + 1) + b"".join(cells_)
    styles = parts + record(0x26A) + style(164)
    source = open_table(written(tmp_path, binary_workbook({"S": rows}, parts={"xl/styles.bin": styles}), "a.xlsb"))
    assert cells(source) == [("00001", "100%"), ("00001", "100%"), ("true", "true")]


def _named(*names: str) -> bytes:
    """Return cells of text in the first column of an .xls sheet."""
    return b"".join(
        old_record(0x204, struct.pack("<HHHHB", place, 0, 0, len(name), 0) + name.encode())
        for place, name in enumerate(names)
        if name
    )


MERGED = {
    "a.xls": old_workbook(_named("a", "x", "", "y") + old_record(0xE5, struct.pack("<H8H", 2, 1, 2, 0, 0, 3, 3, 0, 1))),
    "a.xlsb": binary_workbook(
        {
            "S": b"".join(binary_row(place, text) for place, text in enumerate(["a", "x", None, "y"]))
            + record(0xB0, struct.pack("<4I", 1, 2, 0, 0))
            + record(0xB0, b"short")
        }
    ),
    "a.ods": ods(HEADER + row(cell("x", type="string", rows="2")) + row(cell(None)) + row(cell("y", type="string"))),
}


@pytest.mark.parametrize("name", list(MERGED))
def test_cells_merged_with_those_below_them(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in .xlsx: what they hold is said of each of their rows, unless they are too many."""
    path = written(tmp_path, MERGED[name], name)
    assert [one[0] for one in cells(open_table(path))] == ["x", "x", "y"]
    monkeypatch.setattr("boussole.tables.excel.cell_types.MERGED_IN_SHEET", MERGED_IN_SHEET._replace(most=0))
    with pytest.raises(LimitError):
        open_table(path)


@pytest.mark.parametrize("name", ["errors.ods", "errors.xls"])
def test_a_workbook_with_very_many_errors_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is told by its place, which takes memory."""
    monkeypatch.setattr("boussole.tables.excel.reading.ERRORS_IN_SHEET", ERRORS_IN_SHEET._replace(most=2))
    with pytest.raises(LimitError):
        open_table(WORKBOOKS / name)
