"""A sheet of XlsxWriter that puts each text in writing once: ids and answers stand in many rows."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped] # it has no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped] # it has no types

_MOST_KEPT = 20_000


class TextSheet(Worksheet):  # type: ignore[misc] # it has no types
    """Writes text cells in a third of the time, and those that look like XlsxWriter's rich text as what they are.

    XlsxWriter looks through each cell for what must be escaped, five times. Texts are written within their cells, as it
    does where memory is constant.
    """

    def __init__(self) -> None:
        """Start with nothing written."""
        super().__init__()
        self._written: dict[str, str] = {}
        self._letters: list[str] = []

    def _write_cell(self, row: int, col: int, cell: Any) -> None:  # noqa: ANN401 - it has no types
        """Write a cell, (row, col) from 0; what is no text is left to XlsxWriter."""
        if type(cell).__name__ != "String":
            super()._write_cell(row, col, cell)
            return
        while len(self._letters) <= col:
            self._letters.append(xl_col_to_name(len(self._letters)))
        text = cell.string
        written = self._written.get(text)
        if written is None:
            written = self._spelt(text)
            if len(self._written) < _MOST_KEPT:
                self._written[text] = written
        style = f' s="{cell.format._get_xf_index()}"' if cell.format else ""  # noqa: SLF001 - as XlsxWriter does
        self.fh.write(f'<c r="{self._letters[col]}{row + 1}"{style} t="inlineStr">{written}</c>')

    def _spelt(self, text: str) -> str:
        text = self._escape_control_characters(text)
        space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
        return f"<is><t{space}>{escape(text)}</t></is>"
