"""Workbooks as people see them: their first visible sheet, their days and numbers, their header."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl  # type: ignore[import-untyped] # it has no types
import polars as pl
import pytest
import xlsxwriter  # type: ignore[import-untyped] # it has no types

from boussole.errors import TableError
from boussole.tables.delimited.table import DelimitedTable
from boussole.tables.excel import writing
from boussole.tables.excel.table import SheetTable
from boussole.tables.interface import ReadOptions
from boussole.tables.problems import RowCode, RowProblem, told
from boussole.tables.reading import chunks, open_table
from boussole.tables.writing import open_output
from support.tables import cells, copied, problems, read, whole, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = dt.datetime(2024, 3, 1)  # noqa: DTZ001 - Excel knows no zones
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
    """The header below a title is found and said; a merged cell counts once; what is empty at the end is left out.

    An empty row between others is a row that is said to be empty.
    """

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
    assert cells(source) == [("a", "01", "x"), (None, None, None), ("b", None, "y")]
    assert whole(source)["__line"].to_list() == [5, 6, 7]
    assert problems(source) == [(6, "T109")]


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


def test_sheets_without_cells_are_passed_over_and_the_other_sheets_named(tmp_path: Path) -> None:
    """A chart may stand first; the first sheet with cells is read, and the others said: it may be a notice."""

    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_column(0, 0, ["nom", "a"])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Données!$A$1:$A$2"})
        drawn = book.add_chartsheet("Graphe")
        drawn.set_chart(chart)
        book.worksheets_objs.reverse()
        for number in range(6):
            book.add_worksheet(f"F{number}").write_string(0, 0, "x")

    path = _workbook(tmp_path / "a.xlsx", fill)
    source = open_table(path)
    assert isinstance(source, SheetTable)
    assert source.sheet == "Données"
    assert source.notes[1].in_("en") == "other sheets: F0, F1, F2, F3 and F4, and 1 more."
    assert source.elsewhere is not None
    assert source.elsewhere.in_("en") == "Name another sheet: --sheet “F0”, “F1”, “F2”, “F3” or “F4”."
    named = open_table(path, sheet="f1")
    assert named.notes[0].in_("en") == "sheet “F1”, header on line 1."
    assert len(named.notes) == 2
    with pytest.raises(TableError) as refused:
        open_table(path, sheet="Graphe")
    assert refused.value.in_("en").startswith("there is no sheet “Graphe”.")


@pytest.mark.parametrize(
    ("rows", "given", "said"),
    [
        ([], {}, "the sheet “Données” is empty."),
        ([["a", "b"], ["1", "2"]], {"header_row": 5}, "there is no header on line 5."),
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
    for path, said in ((written(tmp_path, "a;b\n", "a.xlsx"), "Excel"), (tmp_path / "absent.xlsx", "absent.xlsx")):
        with pytest.raises(TableError, match=said):
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


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (pl.DataFrame({"nom": ["x", "x" * 32_768], "code": "1"}), "row 3 has a text of 32768 characters"),
        (pl.DataFrame({"nom": ["🧭" * 16_384], "code": "1"}), "row 2 has a text of 16384 characters"),
        (pl.DataFrame({f"c{number}": ["1"] for number in range(16_385)}), "an Excel sheet holds 16384 columns at most"),
    ],
)
def test_what_excel_cannot_hold_is_refused_and_leaves_nothing(tmp_path: Path, frame: pl.DataFrame, said: str) -> None:
    """No cell is cut, no column left out: the old file stays, and nothing stands beside it."""
    path = written(tmp_path, "old", "a.xlsx")
    with pytest.raises(TableError) as refused, open_output(path, like=LIKE) as writer:
        writer.write(frame)
    assert refused.value.in_("en").startswith(said)
    assert [(one.name, one.read_text("utf-8")) for one in tmp_path.iterdir()] == [("a.xlsx", "old")]


def test_the_limits_of_excel_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links that are too many are counted; too many rows are refused, and the old file stays."""
    path = tmp_path / "a.xlsx"
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


def test_the_cells_of_a_sheet_come_back_as_they_were(tmp_path: Path) -> None:
    """Numbers, days, truth values, percentages, zeros before; in other kinds of table, as text."""

    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_row(3, 2, ["code", "part", "jour", "n", "vrai", "texte", "calcul", "erreur"])
        for row in (4, 5):
            sheet.write_number(row, 2, 1234, book.add_format({"num_format": "00000"}))
            sheet.write_number(row, 3, 0.25, book.add_format({"num_format": "0%"}))
            sheet.write_datetime(row, 4, DAY, book.add_format({"num_format": "dd/mm/yyyy"}))
            sheet.write_number(row, 5, 12.5)
            sheet.write_boolean(row, 6, True)  # noqa: FBT003 - the value
            sheet.write_string(row, 7, "007")
            sheet.write_formula(row, 8, "=1+1", None, 2)
            sheet.write_formula(row, 9, "=NA()", None, "#N/A")

    source = open_table(_workbook(tmp_path / "a.xlsx", fill))
    assert cells(source)[0][:4] == ("01234", "25%", "2024-03-01", "12.5")
    copied(source, tmp_path / "b.xlsx")
    again = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    for row in (2, 3):
        assert [cell.value for cell in again[row]] == [
            1234,
            0.25,
            DAY,
            12.5,
            True,
            "007",
            2,
            "=#N/A",
        ]
        assert [cell.number_format for cell in again[row]][:4] == ["00000", "0%", "dd/mm/yyyy", "General"]
    values = openpyxl.load_workbook(tmp_path / "b.xlsx", data_only=True).active
    assert (values["H2"].value, values["H2"].data_type) == ("#N/A", "e")
    assert read(tmp_path / "b.xlsx") == cells(source)


def test_days_of_the_calendar_of_1904_come_back(tmp_path: Path) -> None:
    """A workbook made on an old Macintosh counts days otherwise, and says so."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["jour"])
    sheet.write_datetime(1, 0, DAY, book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()
    copied(open_table(path), tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx") == read(path) == [("2024-03-01",)]


def test_percentages_are_what_the_sheet_shows(tmp_path: Path) -> None:
    """All of it is 100%, and answered as 100, never as 1; a format that only writes the sign changes nothing."""
    shown = [
        (1, "0%", "100%"), (0.07, "0.00%", "7%"), (0.1 + 0.2, "0 %;[Red]-0 %", "30%"), (-12.3456, "0%", "-1234.56%"),
        (12, '0" %"', "12"), (12, "0\\%", "12"), (0, "0%", "0%"), (12, "[=1]0%", "1200%"),
    ]  # fmt: skip

    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_string(0, 0, "part")
        for place, (number, code, _) in enumerate(shown, 1):
            sheet.write_number(place, 0, number, book.add_format({"num_format": code}))

    assert [one[0] for one in read(_workbook(tmp_path / "a.xlsx", fill))] == [text for *_, text in shown]


def test_a_cell_merged_with_those_below_it_holds_for_each_of_its_rows(tmp_path: Path) -> None:
    """With its type, up to the last row; not where it begins above the rows, nor in the columns beside it."""

    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        code = book.add_format({"num_format": "000"})
        sheet.merge_range(0, 1, 1, 1, "profile")
        sheet.write_row(1, 2, ["code", "autre"])
        sheet.merge_range(2, 1, 4, 1, "etat")
        sheet.merge_range(2, 2, 3, 2, 7, code)
        sheet.write_string(4, 2, "x")
        sheet.merge_range(5, 1, 9, 2, "medias")
        sheet.write_column(2, 3, ["a", "b", "c", "d", "e"])

    source = open_table(_workbook(tmp_path / "a.xlsx", fill), header_row=2)
    found = [("007", "a"), ("007", "b"), ("x", "c")]
    assert [one[-2:] for one in cells(source)] == [*found, (None, "d"), (None, "e")]
    copied(source, tmp_path / "b.xlsx")
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").active["B3"].value == 7


def test_cells_without_a_value_are_problems_of_their_rows(tmp_path: Path) -> None:
    """An error, and a formula that was never reckoned: with their address, in the columns that are used."""

    def fill(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_row(1, 1, ["profile", "autre"])
        sheet.write_formula(2, 1, "=NA()", None, "#N/A")
        sheet.write_formula(3, 1, "=A1", None, "")
        sheet.write_string(4, 1, "x")
        sheet.write_formula(4, 2, "=1/0", None, "#DIV/0!")
        sheet.write_row(5, 1, ["x", "y"])
        sheet.write_formula(8, 1, "=A1", None, "")

    source = open_table(_workbook(tmp_path / "a.xlsx", fill))
    empty = [(7, "T109"), (8, "T109")]
    assert problems(source) == [
        (3, "T107 B3 #N/A"), (4, "T108 B4"), (5, "T107 C5 #DIV/0!"), *empty, (9, "T108 B9"),
    ]  # fmt: skip
    assert source.notes[-1].in_("en") == "2 formulas have no value: save the workbook in a spreadsheet first."
    used = pl.concat(chunks(source, used={"profile"}))
    assert used["autre"].to_list() == [None, None, "#DIV/0!", "y", None, None, None]
    assert used["__problem"].is_null().to_list() == [False, False, True, True, False, False, False]
    said = told(RowProblem(RowCode.CELL_ERROR, cell="B3", value="#N/A"), 2)
    assert said.in_("en") == "the cell B3 holds the error #N/A."
    assert "B4" in told(RowProblem(RowCode.NO_VALUE, cell="B4"), 2).in_("fr")
