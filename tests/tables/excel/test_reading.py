"""Workbooks as people see them: their first visible sheet, their days and numbers, their header."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import xlsxwriter  # type: ignore[import-untyped] # it has no types

from boussole.errors import TableError
from boussole.tables.delimited.table import DelimitedTable
from boussole.tables.excel import writing
from boussole.tables.excel.table import SheetTable
from boussole.tables.interface import ReadOptions
from boussole.tables.reading import open_table
from boussole.tables.writing import open_output
from support.tables import cells, copied, read, whole, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIKE = DelimitedTable(columns=("nom", "code"))


def _workbook(path: Path, fill: Callable[[Any, Any], None]) -> Path:
    book = xlsxwriter.Workbook(path)
    fill(book, book.add_worksheet("Données"))
    book.close()
    return path


def test_cells_are_the_text_that_excel_shows(tmp_path: Path) -> None:
    """Days are ISO, whole numbers have no point, formulas are their value, text keeps its zeros and spaces."""

    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        day, time = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, ["jour", "heure", "instant", "entier", "réel", "vrai", "calcul", "texte"])
        sheet.write_datetime(1, 0, dt.datetime(2024, 3, 1), day)  # noqa: DTZ001 - Excel knows no zones
        sheet.write_datetime(1, 1, dt.time(14, 30), time)
        sheet.write_datetime(1, 2, dt.datetime(2024, 3, 1, 8, 5), day)  # noqa: DTZ001 - likewise
        sheet.write_row(1, 3, [12.0, 12.5, True])
        sheet.write_formula(1, 6, "=1+1", None, 2)
        sheet.write_string(1, 7, " 007 ")

    found = read(_workbook(tmp_path / "a.xlsx", fill))
    assert found == [("2024-03-01", "14:30:00", "2024-03-01 08:05:00", "12", "12.5", "true", "2", " 007 ")]


def test_titles_merged_cells_empty_rows_and_columns(tmp_path: Path) -> None:
    """The header below a title is found and said; a merged cell counts once; what is empty at the end is left out."""

    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.merge_range(1, 0, 1, 3, "Les communes")
        sheet.write_string(0, 5, "édité en mars")
        sheet.write_row(3, 0, ["nom", "code", "type"])
        sheet.write_row(4, 0, ["a", "01", "x"])
        sheet.merge_range(6, 0, 6, 1, "b")
        sheet.write_string(6, 2, "y")
        bold = book.add_format({"bold": True})
        sheet.write_blank(9, 5, None, bold)

    source = open_table(_workbook(tmp_path / "a.xlsx", fill))
    assert source.columns == ("nom", "code", "type")
    assert source.notes[0].in_("en") == "sheet “Données”, header on line 4."
    assert source.notes[1].in_("en") == "3 empty columns at the end are left out."
    assert cells(source) == [("a", "01", "x"), ("b", None, "y")]
    assert whole(source)["__line"].to_list() == [5, 7]


def test_hidden_sheets_are_passed_over_unless_named(tmp_path: Path) -> None:
    """The first sheet that people see is read; any can be named, accents and case ignored."""

    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_column(0, 0, ["secret", "1"])
        sheet.hide()
        seen = book.add_worksheet("Vue")
        seen.write_column(0, 0, ["public", "2"])
        seen.activate()
        seen.set_first_sheet()

    path = _workbook(tmp_path / "a.xlsx", fill)
    assert (SheetTable.open(path, ReadOptions()).sheet, read(path)) == ("Vue", [("2",)])
    assert read(path, sheet="donnees") == [("1",)]
    with pytest.raises(TableError) as refused:
        open_table(path, sheet="Vues")
    assert refused.value.in_("en") == "there is no sheet “Vues”.\nDid you mean “Vue”?"


@pytest.mark.parametrize(
    ("rows", "given", "said"),
    [
        ([], {}, "the sheet “Données” is empty."),
        ([["a", "b"], ["1", "2"]], {"header_row": 5}, "there is no header on line 5."),
        ([["a", "b", "a"]], {}, "the column “a” stands twice: columns 1 and 3."),
    ],
)
def test_sheets_without_a_header_are_refused(
    tmp_path: Path, rows: list[list[str]], given: dict[str, Any], said: str
) -> None:
    """Each is an error that says why."""

    def fill(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    with pytest.raises(TableError) as refused:
        open_table(_workbook(tmp_path / "a.xlsx", fill), **given)
    assert refused.value.in_("en").startswith(said)


def test_a_header_alone(tmp_path: Path) -> None:
    """It is said, and there are no rows."""
    source = open_table(_workbook(tmp_path / "a.xlsx", lambda _, sheet: sheet.write_row(0, 0, ["a", "b"])))
    assert (source.columns, whole(source).height) == (("a", "b"), 0)
    assert source.notes[-1].in_("en") == "there is no row below the header."


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """A text file named .xlsx, and a missing one, are errors in words."""
    for path in (written(tmp_path, "a;b\n", "a.xlsx"), tmp_path / "absent.xlsx"):
        with pytest.raises(TableError, match="Excel"):
            open_table(path)


def test_what_is_written_is_text_and_looks_like_a_table(tmp_path: Path) -> None:
    """No cell is a formula; the header is fixed and filtered; only MEDOC of ours are links."""
    frame = pl.DataFrame(
        {
            "nom": ["=1+1", "007"],
            "code": ["http://a.fr", None],
            "boussole_1": ["guide", "=x"],
            "score": [9, 1],
        }
    )
    path = tmp_path / "a.xlsx"
    with open_output(path, like=LIKE, links={"guide": "https://b.fr/%C3%A9", "007": "https://c.fr"}) as writer:
        writer.write(frame)
    assert read(path) == [("=1+1", "http://a.fr", "guide", "9"), ("007", None, "=x", "1")]
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        links = parts.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert "<f>" not in sheet
    assert '<autoFilter ref="A1:D3"/>' in sheet
    assert 'state="frozen"' in sheet
    assert "<v>9</v>" in sheet
    assert re.findall('Target="([^"]*)"', links) == ["https://b.fr/%C3%A9"]


def test_any_text_comes_back_from_a_workbook(tmp_path: Path) -> None:
    """Control characters, escapes and the list of naughty strings go through a workbook."""
    strings = ["a\x01b", "_x0041_", "a\r\nb", " x ", "\ufffe\uffff!", "🧭", "\t"]
    frame = pl.DataFrame({"nom": strings, "code": [str(number) for number in range(len(strings))]})
    path = tmp_path / "a.xlsx"
    with open_output(path, like=LIKE) as writer:
        writer.write(frame)
    assert [row[0] for row in read(path)] == ["a\x01b", "_x0041_", "a\r\nb", " x ", "!", "🧭", "\t"]


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Nothing of the day or the machine goes into the file."""
    table = open_table(written(tmp_path, "nom;code\na;1\n"))
    made = {hashlib.sha256(copied(table, tmp_path / f"{name}.xlsx")).hexdigest() for name in "abc"}
    assert len(made) == 1
    with zipfile.ZipFile(BytesIO((tmp_path / "a.xlsx").read_bytes())) as parts:
        assert {info.date_time[0] for info in parts.infolist()} == {1980}
        assert "2000-01-01T00:00:00Z" in parts.read("docProps/core.xml").decode()


def test_the_limits_of_excel_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that is too long is cut and counted, so are links; too many rows are refused, and the old file stays."""
    path = tmp_path / "a.xlsx"
    with open_output(path, like=LIKE) as writer:
        writer.write(pl.DataFrame({"nom": ["x" * 40_000], "code": [""]}))
    assert [note.in_("en") for note in writer.notes] == ["1 cell is cut: Excel holds 32767 characters in one."]
    monkeypatch.setattr(writing, "_MOST_LINKS", 1)
    with open_output(path, like=LIKE, links={"x": "https://x.fr"}) as writer:
        writer.write(pl.DataFrame({"boussole_1": ["x", "x", "x"]}))
    assert [note.in_("en") for note in writer.notes] == [
        "2 MEDOC stand without their links: Excel holds 1 links in a sheet."
    ]
    before = path.read_bytes()
    monkeypatch.setattr(writing, "MOST_ROWS", 3)
    with pytest.raises(TableError, match="Excel"), open_output(path, like=LIKE) as writer:
        writer.write(pl.DataFrame({"nom": ["x"] * 3, "code": [""] * 3}))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
