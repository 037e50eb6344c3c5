"""A report of several sheets holds its texts as they are."""

from __future__ import annotations

from typing import NamedTuple

import fastexcel

from boussole.tables.excel.report import to_workbook


class Sheet(NamedTuple):
    """A sheet of a report."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]


def test_a_text_that_looks_like_rich_text_is_a_text() -> None:
    """XlsxWriter would write it as it stands, which Excel cannot open; in the header too."""
    made = to_workbook([Sheet("a", ("<r>x</r>", "n"), (("<r>&</r>", 1), (None, 2)))])
    assert made == to_workbook([Sheet("a", ("<r>x</r>", "n"), (("<r>&</r>", 1), (None, 2)))])
    frame = fastexcel.read_excel(made).load_sheet("a").to_polars()
    assert frame.columns == ["<r>x</r>", "n"]
    assert frame["<r>x</r>"].to_list() == ["<r>&</r>", None]
