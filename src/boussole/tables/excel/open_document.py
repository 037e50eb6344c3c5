"""The sheets of an OpenDocument spreadsheet (.ods) and what its cells show beside their values: calamine tells neither.

A cell that holds an error has an empty text as its value, a formula that was never reckoned none, and a number that is
shown with zeros before (00123), or as a percentage, is a number. Names are taken with prefixes, as calamine takes them.
"""

from __future__ import annotations

import re
from array import array
from itertools import repeat
from math import isfinite
from typing import IO, TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from boussole.limits.archives import Archive
from boussole.limits.table import CELLS_IN_SHEET, ERRORS_IN_SHEET, WORKBOOK_UNPACKED
from boussole.tables.excel.cell_types import CellStyle, CellTypes, MergedCells, SheetEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

_CONTENT = "content.xml"
_ERROR = re.compile(r"#(?:N/A|DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!)|Err:\d{3}")
"""An error where nothing says that it is one: OpenOffice, and others, write it as the text of a formula."""
_ZEROS = re.compile(r"0[0-9]+")
_DECIMALS = re.compile(r"[.,]([0-9]+)[^0-9]*$")
_MOST_DIGITS = 7
_LONGEST = 64
"""Letters of a cell that are looked at: an error, and a number, is shorter."""


class DocumentSheet(NamedTuple):
    """A sheet, and how its cells are typed that hold an error, a formula without a value, a code or a percentage."""

    entry: SheetEntry
    types: CellTypes


def document_sheets(file: IO[bytes], where: object) -> list[DocumentSheet] | None:
    """Return the sheets of an .ods spreadsheet in its order; None for a workbook of another kind.

    Raises:
        BoussoleError: when it is damaged, or beyond a limit.

    """
    archive = Archive(file, where, WORKBOOK_UNPACKED)
    if _CONTENT not in archive.names:
        return None
    looker = _Looker(f"{where} › {_CONTENT}")
    looker.look(archive.pieces(_CONTENT))
    return [
        DocumentSheet(SheetEntry(one.name, visible=one.style not in looker.hidden), one.types(looker.styles))
        for one in looker.sheets
    ]


class _Sheet:
    """The cells of a sheet that are kept."""

    def __init__(self, name: str, style: str, where: object) -> None:
        self.name, self.style = name, style
        self.rows, self.columns, self.of, self.numbers = array("q"), array("q"), array("q"), array("d")
        self.merged = MergedCells(where)

    def types(self, styles: Iterable[CellStyle]) -> CellTypes:
        """Return them in terms of `styles`."""
        return CellTypes(tuple(styles), self.rows, self.columns, self.numbers, self.of, merged=self.merged.held)


class _Kept(NamedTuple):
    """Equal cells side by side: the first column, how many they are, the place of their style, their number."""

    column: int
    times: int
    style: int
    number: float


class _Looker:
    """Follows the cells of all sheets: one stands for as many as it says it is repeated, and so does a row."""

    def __init__(self, where: str) -> None:
        self.sheets: list[_Sheet] = []
        self.styles: dict[CellStyle, int] = {}
        self.hidden: set[str] = set()
        self._where = where
        self._named = ""
        self._row = self._column = self._cells = self._bad = 0
        self._rows = self._columns = 1
        self._kept: list[_Kept] = []
        self._attributes: dict[str, str] | None = None
        self._text = ""
        self._written = self._aside = False

    def look(self, pieces: Iterable[bytes]) -> None:
        """Look at the whole text; what is no XML was refused when its reach was looked at."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 - not the last piece

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table-cell" | "table:covered-table-cell":
                self._columns = int(attributes.get("table:number-columns-repeated", "1"))
                self._attributes, self._text, self._written = attributes, "", False
                self._merge(attributes.get("table:number-rows-spanned", "1"))
            case "text:p":
                self._written = self._written or not self._aside
            case "office:annotation":
                self._aside = True
            case "table:table-row":
                self._rows = int(attributes.get("table:number-rows-repeated", "1"))
                self._column = 0
            case "table:table":
                self.sheets.append(
                    _Sheet(attributes.get("table:name", ""), attributes.get("table:style-name", ""), self._where)
                )
                self._row = 0
            case "style:style":
                self._named = attributes.get("style:name", "")
            case "style:table-properties" if attributes.get("table:display") == "false":
                self.hidden.add(self._named)

    def _characters(self, text: str) -> None:
        if self._attributes is not None and not self._aside and len(self._text) < _LONGEST:
            self._text += text

    def _end(self, name: str) -> None:
        match name:
            case "table:table-cell" | "table:covered-table-cell" if self._attributes is not None:
                self._keep(self._attributes, self._text.strip())
                self._column += self._columns
                self._attributes = None
            case "table:table-row":
                self._add_row()
            case "office:annotation":
                self._aside = False

    def _merge(self, rows: str) -> None:
        """Note a cell that is merged with those below it."""
        if self.sheets and rows.isascii() and rows.isdigit() and len(rows) <= _MOST_DIGITS:
            self.sheets[-1].merged.add(self._row + 1, self._row + int(rows), self._column + 1)

    def _keep(self, attributes: dict[str, str], text: str) -> None:
        """Keep a cell that shows something else than its value."""
        formula, kind = "table:formula" in attributes, attributes.get("office:value-type")
        number = float("nan")
        if attributes.get("calcext:value-type") == "error" or (formula and _ERROR.fullmatch(text)):
            style = CellStyle("error", text=text)
        elif formula and kind is None and not self._written:
            style = CellStyle("formula")
        elif kind == "float" and _ZEROS.fullmatch(text) and _number(attributes.get("office:value", "")) == float(text):
            style, number = CellStyle("number", "0" * len(text)), float(text)
        elif kind == "percentage" and (value := _number(attributes.get("office:value", ""))) is not None:
            found = _DECIMALS.search(text)
            decimals = len(found[1]) if found else 0
            style, number = CellStyle("number", f"0{'.' * bool(decimals)}{'0' * decimals}%"), value
        else:
            return
        place = self.styles.setdefault(style, len(self.styles))
        self._kept.append(_Kept(self._column + 1, self._columns, place, number))
        self._cells += self._columns * self._rows
        self._bad += self._columns * self._rows * (style.kind != "number")
        CELLS_IN_SHEET.check(self._cells, self._where)
        ERRORS_IN_SHEET.check(self._bad, self._where)

    def _add_row(self) -> None:
        """Add the cells that are kept of a row, as often as it is repeated."""
        for row in range(self._row + 1, self._row + 1 + self._rows) if self._kept and self.sheets else ():
            sheet = self.sheets[-1]
            for one in self._kept:
                sheet.rows.extend(repeat(row, one.times))
                sheet.columns.extend(range(one.column, one.column + one.times))
                sheet.of.extend(repeat(one.style, one.times))
                sheet.numbers.extend(repeat(one.number, one.times))
        self._row += self._rows
        self._kept = []


def _number(written: str) -> float | None:
    """Return a number, None where it is none."""
    try:
        number = float(written)
    except ValueError:
        return None
    return number if isfinite(number) else None
