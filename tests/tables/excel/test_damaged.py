"""Workbooks that are broken where only boussole looks: found by random edits, told in words, never a crash."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from boussole.errors import BoussoleError
from boussole.tables.reading import open_table
from support.containers import archive, binary_row, binary_workbook, ods, record, workbook
from support.tables import read, written

if TYPE_CHECKING:
    from pathlib import Path

DATA = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
MERGED = (
    "<table:table-cell office:value-type='string' table:number-rows-spanned='{rows}'>"
    "<text:p>a</text:p></table:table-cell>"
)


@pytest.mark.parametrize("rows", ["x", "-1", "", "99999999999999999999"])
def test_cells_merged_with_no_number_of_rows_are_cells(tmp_path: Path, rows: str) -> None:
    content = "".join(f"<table:table-row>{MERGED.format(rows=rows)}</table:table-row>" for _ in range(2))
    assert read(written(tmp_path, ods(content), "a.ods")) == [("a",)]


def test_styles_of_a_binary_workbook_that_are_cut_off(tmp_path: Path) -> None:
    """They are passed over, and so is what stands before the numbers of a style."""
    styles = (
        record(0x267, struct.pack("<I", 0)) + record(0x2C, b"1") + record(0x269, struct.pack("<I", 0)) + record(0x2F)
    )
    content = binary_workbook({"S": binary_row(0, "a") + binary_row(1, 1.0)}, parts={"xl/styles.bin": styles})
    assert read(written(tmp_path, content, "a.xlsb")) == [("1",)]


def test_a_part_in_an_encoding_that_there_is_not(tmp_path: Path) -> None:
    """Its reader may take it all the same."""
    sheet = workbook(DATA)
    path = written(tmp_path, sheet, "a.xlsx")
    assert read(path) == [("1",)]
    with zipfile.ZipFile(path) as parts:
        held: dict[str, bytes | str] = {name: parts.read(name) for name in parts.namelist()}
    held["xl/styles.xml"] = b'<?xml version="1.0" encoding="x"?><styleSheet/>'
    assert read(written(tmp_path, archive(held), "b.xlsx")) == [("1",)]


def test_a_workbook_without_sheets(tmp_path: Path) -> None:
    content = binary_workbook({})
    with pytest.raises(BoussoleError) as found:
        open_table(written(tmp_path, content, "a.xlsb"))
    assert "it is damaged" in found.value.in_("en")
