from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter  # type: ignore[import-untyped] # it has no types
from tables import cells, read, whole, written

from boussole.batch.reading import open_table
from boussole.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _workbook(path: Path, fill: Callable[[Any, Any], None]) -> Path:
    book = xlsxwriter.Workbook(path)
    fill(book, book.add_worksheet("Données"))
    book.close()
    return path


NUMBERS = {
    0.1: "0.1", 0.1 + 0.2: "0.3", 1.1 * 3: "3.3", -12.5: "-12.5", 12.0: "12", -0.0: "0", 1 / 3: "0.333333333333333",
    48.8566140000001: "48.8566140000001", 0.125: "0.125", 1e-7: "0.0000001", 1.5e-10: "0.00000000015", 1e-30: "1e-30",
    21760540100017.0: "21760540100017", 1e15: "1000000000000000", 9007199254740991.0: "9007199254740991",
    1e20: "100000000000000000000", 1e22: "1e+22",
}  # fmt: skip


def test_numbers_are_written_in_full(tmp_path: Path) -> None:
    """A SIRET of 14 digits is no 2.17e13, a tenth has no tail, a very small number is no zero."""

    def fill(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_string(0, 0, "n")
        sheet.write_column(1, 0, list(NUMBERS))

    assert [row[0] for row in read(_workbook(tmp_path / "a.xlsx", fill))] == list(NUMBERS.values())


def test_days_times_percentages_and_formulas(tmp_path: Path) -> None:
    """Days and times are ISO, durations may pass a day, percentages are numbers, formulas are their value."""
    expected = {
        "jour": (45352, "dd/mm/yyyy", "2024-03-01"),
        "instant": (45352.5, "dd/mm/yyyy", "2024-03-01 12:00:00"),
        "heure": (0.604166666666667, "hh:mm", "14:30:00"),
        "durée": (1.25, "[h]:mm", "30:00:00"),
        "avance": (-0.0625, "[h]:mm", "-01:30:00"),
        "taux": (0.125, "0.0%", "0.125"),
        "euros": (1234.5, '# ##0.00 "€"', "1234.5"),
    }

    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_row(0, 0, [*expected, "vrai", "calcul", "mot", "rien"])
        for place, (value, form, _) in enumerate(expected.values()):
            sheet.write_number(1, place, value, book.add_format({"num_format": form}))
        sheet.write_boolean(1, 7, True)  # noqa: FBT003 - the way of xlsxwriter
        sheet.write_formula(1, 8, "=1+1", None, 2)
        sheet.write_formula(1, 9, '="a"&"b"', None, "ab")
        sheet.write_formula(1, 10, '=""', None, "")

    found = read(_workbook(tmp_path / "a.xlsx", fill))
    assert found == [(*(text for _, _, text in expected.values()), "true", "2", "ab", None)]


def test_text_is_not_taken_for_something_else(tmp_path: Path) -> None:
    """What looks like a day, a number, a formula or an error, but is text, stays as it is typed."""
    texts = ["2024-03-01 00:00:00", "1899-12-31 12:00:00", "-0", " 007 ", "1e5", "=1+1", "TRUE", "#N/A", "a\nb", "1,50"]

    def fill(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_string(0, 0, "t")
        for row, text in enumerate(texts, 1):
            sheet.write_string(row, 0, text)

    assert [row[0] for row in read(_workbook(tmp_path / "a.xlsx", fill))] == texts


def test_errors_are_read_and_formulas_without_a_value_are_said(tmp_path: Path) -> None:
    """A cell that shows #N/A is not empty; what nobody computed yet is, and is counted."""

    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_string(0, 0, "pas lue")
        second = book.add_worksheet("Deux")
        second.write_row(2, 1, ["a", "b"])
        second.write_formula(3, 1, "=NA()", None, "#N/A")
        second.write_formula(3, 2, "=1/0", None, "#DIV/0!")
        second.write_formula(4, 1, "=1+1", None, "VALUE")
        second.write_string(4, 2, "x")

    path = _workbook(tmp_path / "a.xlsx", fill)
    content = _edited(
        path,
        "xl/worksheets/sheet2.xml",
        b'<c r="B5" t="str"><f>1+1</f><v>VALUE</v></c>',
        b'<c r="B5"><f>1+1</f><v></v></c>',
    )
    source = open_table(written(tmp_path, content, "b.xlsx"), sheet="Deux")
    assert cells(source) == [("#N/A", "#DIV/0!"), (None, "x")]
    assert "1 formula has no value yet" in source.notes[-1].in_("en")


def _edited(path: Path, part: str, before: bytes, after: bytes) -> bytes:
    """Return a workbook in which something is written otherwise."""
    made = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            assert name != part or before in content
            new.writestr(name, content.replace(before, after) if name == part else content)
    return made.getvalue()


def test_a_workbook_made_otherwise_is_read_without_its_errors(tmp_path: Path) -> None:
    """What says where sheets stand may be in another form: then errors count as empty cells."""

    def fill(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 0, "=NA()", None, "#N/A")
        sheet.write_string(1, 1, "x")

    path = _workbook(tmp_path / "a.xlsx", fill)
    for before, after, first in (
        (b'Target="worksheets/', b'Target="/xl/worksheets/', "#N/A"),
        (b'Id="rId1"', b"Id='rId1'", None),
    ):
        content = _edited(path, "xl/_rels/workbook.xml.rels", before, after)
        assert read(written(tmp_path, content, "b.xlsx")) == [(first, "x")]


def test_empty_rows_between_others_are_left_out_and_said(tmp_path: Path) -> None:
    """They are no rows; the others keep the numbers that they have in the sheet, however many there are."""

    def fill(_book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_string(1, 0, "n")
        sheet.write_column(2, 0, list(range(10_000)))
        sheet.write_string(20_000, 0, "fin")

    source = open_table(_workbook(tmp_path / "a.xlsx", fill))
    assert source.notes[-1].in_("en") == "9998 empty rows are left out."
    assert [row[0] for row in cells(source)] == [*map(str, range(10_000)), "fin"]
    assert whole(source)["__line"].to_list() == [*range(3, 10_003), 20_001]


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
    assert source.notes[2].in_("en") == "1 empty row is left out."
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
    assert (open_table(path).sheet, read(path)) == ("Vue", [("2",)])
    assert [note.in_("en") for note in open_table(path).notes] == ["sheet “Vue”, header on line 1."]
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


def test_a_sheet_is_named_as_it_is_before_it_is_named_nearly(tmp_path: Path) -> None:
    """Two names that differ in accents only are two sheets; a chart is none; others that are seen are said."""

    def fill(book: Any, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        sheet.write_column(0, 0, ["a", "1"])
        book.add_worksheet("Été").write_column(0, 0, ["b", "2"])
        book.add_worksheet("Ete").write_column(0, 0, ["c", "3"])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Données!$A$2:$A$2"})
        book.add_chartsheet("Dessin").set_chart(chart)

    path = _workbook(tmp_path / "a.xlsx", fill)
    assert (read(path, sheet="Ete"), read(path, sheet="ETE"), read(path)) == ([("3",)], [("2",)], [("1",)])
    assert open_table(path).notes[1].in_("en") == "2 more sheets are not read: Été and Ete."


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """A text file named .xlsx, a cut one, and a missing one, are errors in words."""
    path = _workbook(tmp_path / "whole.xlsx", lambda _, sheet: sheet.write_row(0, 0, ["a", "b"]))
    for content in (b"a;b\n", path.read_bytes()[:2000]):
        with pytest.raises(TableError) as refused:
            open_table(written(tmp_path, content, "a.xlsx"))
        assert "a.xlsx” cannot be read as an Excel workbook: " in refused.value.in_("en")
    with pytest.raises(TableError) as refused:
        open_table(tmp_path / "absent.xlsx")
    assert refused.value.in_("en").endswith("absent.xlsx” cannot be read: No such file or directory.")
