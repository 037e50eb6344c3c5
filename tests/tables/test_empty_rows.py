"""Which rows hold nothing."""

from __future__ import annotations

import sys

import polars as pl

from boussole.core.answers.cell_text import seen
from boussole.tables.empty_rows import are_empty


def test_a_cell_is_empty_to_the_table_where_it_is_to_the_answer() -> None:
    """Each character there is, alone in a cell: what an answer takes for nothing makes an empty row, no other does."""
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    found = are_empty(pl.DataFrame({"a": every}))
    assert [one for one, empty in zip(every, found, strict=True) if empty] == [
        one for one in every if not seen(one).strip()
    ]
