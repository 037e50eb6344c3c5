"""How the cells of a sheet are typed, which its plain text does not tell: numbers and their formats, errors, formulas.

calamine gives the values of cells, but neither the format of a number (a date, a percentage, leading zeros), nor that
a cell holds an error or a formula that was never reckoned: both would be empty. So the XML of the sheet is followed
once more for these. openpyxl tells all of it, and takes four times as long as all the rest of the work.
"""

from __future__ import annotations

import posixpath
import re
import struct
from array import array
from typing import IO, TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers import expat

from boussole.limits.archives import Archive
from boussole.limits.table import MERGED_IN_SHEET, WORKBOOK_UNPACKED
from boussole.limits.worksheets import column_number
from boussole.tables.excel.number_formats import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
"""The errors of Excel, by the numbers of binary workbooks."""
_TEXTS = {"s", "str", "inlineStr"}
_BOOK, _BOOK_PARTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_WHOLE, _DOUBLE = struct.Struct("<i"), struct.Struct("<d")
_LETTERS = re.compile(r"([A-Z]+)[0-9]+")
_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})")


class CellStyle(NamedTuple):
    """How cells are typed: numbers in a `number_format` ("" is the general one), truth values, or one error.

    `kind` is "number", "boolean", "error" or "formula", one without a value; `text` is that of the error.
    """

    kind: str
    number_format: str = ""
    text: str = ""


def short_number(held: bytes, place: int = 0) -> float:
    """Return a number of a binary workbook that is written in four bytes, the two lowest bits of which say how."""
    (bits,) = _WHOLE.unpack_from(held, place)
    number = float(bits >> 2) if bits & 2 else _DOUBLE.unpack(_WHOLE.pack(0) + _WHOLE.pack(bits & ~3))[0]
    return number / 100 if bits & 1 else number


class MergedCells:
    """The cells of a sheet that are merged with those below them: `held` is as in `CellTypes`."""

    def __init__(self, where: object) -> None:
        """Hold none; `where` names the workbook to people."""
        self.held = array("q")
        self._where = where

    def add(self, first: int, last: int, column: int) -> None:
        """Note a cell by its rows and its column, from 1; one of a single row is passed over.

        Raises:
            LimitError: when they are too many.

        """
        if first < last:
            self.held.extend((first, last, column))
            MERGED_IN_SHEET.check(len(self.held) // 3, self._where)


class CellTypes(NamedTuple):
    """The cells of a sheet that are no text, as arrays by cell, in the order of the sheet.

    `rows` (cells,) and `columns` (cells,), from 1, say where each stands; `numbers` (cells,) are its value, a date
    that of Excel's calendar, NaN for an error; `of` (cells,) is its place in `styles`. `first` is the column that is
    read as the first. `merged` (3 × cells,) holds, of each cell that is merged with those below it, its first row, its
    last row and its column.
    """

    styles: tuple[CellStyle, ...]
    rows: array[int]
    columns: array[int]
    numbers: array[float]
    of: array[int]
    date_1904: bool = False
    first: int = 1
    merged: array[int] = array("q")

    def without_value(self) -> list[int]:
        """Return the row of each cell that holds an error, or a formula without a value: these rows are not empty."""
        bad = {place for place, style in enumerate(self.styles) if style.kind in {"error", "formula"}}
        return [row for row, of in zip(self.rows, self.of, strict=True) if of in bad] if bad else []


NO_TYPES = CellTypes((), array("q"), array("q"), array("d"), array("q"))
"""The types of a workbook that does not tell them."""


def cell_types(file: IO[bytes], where: object, sheet: str) -> CellTypes:
    """Return how the cells of a sheet are typed.

    Raises:
        BoussoleError: when the workbook is damaged, or beyond a limit.

    """
    archive = Archive(file, where, WORKBOOK_UNPACKED)
    book = _xml(archive, _BOOK)
    parts = targets(archive, _BOOK_PARTS)
    reference = next(
        (_attribute(one, "id") for one in book.iter() if _is(one, "sheet") and one.get("name") == sheet), ""
    )
    path = posixpath.normpath(posixpath.join("/xl", parts.get(reference, ""))).lstrip("/")
    properties = next((one for one in book.iter() if _is(one, "workbookPr")), None)
    dated = properties is not None and properties.get("date1904") in {"1", "true"}
    looker = _Looker(_formats(_xml(archive, "xl/styles.xml")), where)
    looker.look(archive.pieces(path))
    found = CellTypes(tuple(looker.styles), looker.rows, looker.columns, looker.numbers, looker.of, dated)
    return found._replace(merged=looker.merged.held)


class SheetEntry(NamedTuple):
    """A sheet of a workbook that has cells, by its name; charts and macros stand in sheets without."""

    name: str
    visible: bool


def sheet_entries(file: IO[bytes], where: object) -> list[SheetEntry] | None:
    """Return the sheets of an XLSX workbook that have cells, in its order; None for a workbook of another kind.

    Raises:
        BoussoleError: when the workbook is damaged, or beyond a limit.

    """
    archive = Archive(file, where, WORKBOOK_UNPACKED)
    if _BOOK not in archive.names:
        return None
    kinds = {one.get("Id"): one.get("Type", "").rpartition("/")[2] for one in _xml(archive, _BOOK_PARTS)}
    return [
        SheetEntry(one.get("name", ""), one.get("state", "visible") == "visible")
        for one in _xml(archive, _BOOK).iter()
        if _is(one, "sheet") and kinds.get(_attribute(one, "id"), "worksheet") == "worksheet"
    ]


def targets(archive: Archive, name: str) -> dict[str, str]:
    """Return the parts that the relations in the entry `name` lead to, by their ids."""
    return {one.get("Id", ""): one.get("Target", "") for one in _xml(archive, name)}


def _xml(archive: Archive, name: str) -> ET.Element:
    """Return a part of the workbook, or an empty one: what is damaged was refused when its text was read."""
    content = archive.read(name)
    try:
        return ET.Element("none") if content is None else ET.fromstring(content)  # noqa: S314 - expat bounds entities
    except (ET.ParseError, LookupError, ValueError):  # the last two where it is in an encoding that there is not
        return ET.Element("none")


def _is(element: ET.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _attribute(element: ET.Element, name: str) -> str:
    """Return an attribute by its name in whatever namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name and "}" in key), "")


def _formats(styles: ET.Element) -> list[str]:
    """Return the number format of each style of cells."""
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter() if _is(one, "numFmt")}
    cells = next((one for one in styles.iter() if _is(one, "cellXfs")), ())
    ids = [one.get("numFmtId", "0") for one in cells]
    return [own.get(id_) or (BUILT_IN.get(int(id_), "") if id_.isdigit() else "") for id_ in ids]


class _Looker:
    """Follows the cells of a sheet, and keeps those that are no text."""

    def __init__(self, formats: list[str], where: object) -> None:
        self.styles: list[CellStyle] = []
        self.rows, self.columns, self.of = array("q"), array("q"), array("q")
        self.numbers, self.merged = array("d"), MergedCells(where)
        self._formats = formats
        self._places: dict[CellStyle, int] = {}
        self._known: dict[tuple[str, str], int] = {}
        self._numbers: dict[str, int] = {}
        self._row = self._column = 0
        self._type = self._style = self._text = ""
        self._formula = self._in_value = False

    def look(self, pieces: Iterator[bytes]) -> None:
        """Look at the whole sheet; what is no XML was refused when its text was read."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        try:
            for piece in pieces:
                parser.Parse(piece, False)  # noqa: FBT003 - not the last piece
        except (expat.ExpatError, LookupError, ValueError):
            return

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition("}")[2]:
            case "c":
                self._column = self._number(attributes["r"]) if "r" in attributes else self._column + 1
                self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
                self._formula, self._text = False, ""
            case "v":
                self._in_value = self._type not in _TEXTS or self._formula
            case "f":
                self._formula = True
            case "mergeCell":
                self._merge(attributes.get("ref", ""))
            case "row":
                self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = 0

    def _characters(self, text: str) -> None:
        if self._in_value:
            self._text += text

    def _end(self, name: str) -> None:
        if not name.endswith("c") or name.rpartition("}")[2] != "c":
            if name.endswith("v"):
                self._in_value = False
            return
        if not self._text:
            if self._formula and self._type != "str":  # a text that is empty is a value
                self._keep(self._place(CellStyle("formula")), _NOT_A_NUMBER)
            return
        if self._type in _TEXTS or self._type == "d":
            return
        if self._type == "e":
            self._keep(self._place(CellStyle("error", text=self._text)), _NOT_A_NUMBER)
            return
        key = (self._type, self._style)
        place = self._known.get(key)
        if place is None:
            form = int(self._style) if self._style.isdigit() else 0
            code = self._formats[form] if form < len(self._formats) else ""
            style = CellStyle("boolean") if self._type == "b" else CellStyle("number", code)
            place = self._known[key] = self._place(style)
        try:
            self._keep(place, float(self._text))
        except ValueError:  # calamine makes of it what it can
            return

    def _merge(self, reference: str) -> None:
        found = _AREA.fullmatch(reference)
        if found:
            self.merged.add(int(found[2]), int(found[3]), column_number(found[1]))

    def _keep(self, place: int, number: float) -> None:
        self.rows.append(self._row)
        self.columns.append(self._column)
        self.numbers.append(number)
        self.of.append(place)

    def _place(self, style: CellStyle) -> int:
        place = self._places.get(style)
        if place is None:
            place = self._places[style] = len(self.styles)
            self.styles.append(style)
        return place

    def _number(self, reference: str) -> int:
        """Return the number of the column in an address."""
        found = _LETTERS.fullmatch(reference)
        letters = found[1] if found else "A"
        number = self._numbers.get(letters)
        if number is None:
            number = self._numbers[letters] = column_number(letters)
        return number


_NOT_A_NUMBER = float("nan")
