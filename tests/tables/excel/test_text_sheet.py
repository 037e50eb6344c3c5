"""Texts are written as XlsxWriter writes them, each once; none is taken for its rich text."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter  # type: ignore[import-untyped] # it has no types
from hypothesis import given
from hypothesis import strategies as st

from boussole.tables.excel import text_sheet
from boussole.tables.excel.text_sheet import TextSheet
from boussole.tables.reading import open_table
from support.tables import copied, read, written

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8) | st.sampled_from(
    ["_x0041_", " a", "a\n", '&<>"']
)


def _sheet(kind: type[Any] | None, rows: list[list[tuple[str, bool] | int]]) -> str:
    """Return the XML of a sheet of these rows: texts, bold or not, and numbers."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True})
    sheet, bold = book.add_worksheet(None, kind), book.add_format({"bold": True})
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell)
            else:
                sheet.write_string(row, column, cell[0], bold if cell[1] else None)
    book.close()
    with zipfile.ZipFile(made) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


@given(st.lists(st.lists(st.tuples(TEXTS, st.booleans()) | st.integers(0, 9), max_size=4), max_size=5), st.booleans())
def test_the_xml_is_that_of_xlsxwriter(rows: list[list[tuple[str, bool] | int]], kept: bool) -> None:  # noqa: FBT001
    """Whatever the texts and their formats, whether or not they are kept for the next cell."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_sheet, "_MOST_KEPT", 100 if kept else 0)
        assert _sheet(TextSheet, rows) == _sheet(None, rows)


def test_a_text_that_looks_like_rich_text_is_a_text(tmp_path: Path) -> None:
    """XlsxWriter writes it as it stands, which Excel cannot open."""
    table = open_table(written(tmp_path, "a,b\n<r>&</r>,<r><t>x</t></r>\n"))
    path = tmp_path / "out.xlsx"
    copied(table, path)
    assert read(path) == [("<r>&</r>", "<r><t>x</t></r>")]
