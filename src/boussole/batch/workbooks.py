"""Rows out as an Excel workbook that can be read at once: header fixed, filters, widths, links."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from contextlib import suppress
from io import BytesIO
from typing import IO, TYPE_CHECKING, NamedTuple

import polars as pl
import xlsxwriter  # type: ignore[import-untyped] # it has no types

from boussole.batch.names import UNNAMED
from boussole.batch.sheetxml import MOST_LETTERS, in_words, shortened
from boussole.batch.source import INTERNAL
from boussole.errors import TableError
from boussole.messages import counted, message
from boussole.render.escape import NOT_IN_XML, web_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.batch.source import Source
    from boussole.messages import Localised

MOST_ROWS = 1_048_576
MOST_BYTES = (1 << 31) - 1  # of a sheet: beyond, the archive takes a form that Excel may find damaged
_MOST_LINKS = 65_530
_LONGEST_LINK = 2_079
_LONGEST_NAME = 31
_JUDGED = 200  # rows whose texts decide how wide a column is
_NARROWEST, _WIDEST = 8, 60
_STEP = 8_192  # rows put in words at once
_LONG_AGO = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel knows no zones; the same input gives the same bytes
_SHEET, _TYPES, _SHARED = "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/sharedStrings.xml"
_LINK = "2"  # the format of links: 0 is the usual one, 1 that of the header


class Workbook:
    """Writes frames as one sheet; the input's cells are text, so that nothing in them is reckoned.

    XlsxWriter makes the workbook with its header; the rows are put in it as they come.
    """

    def __init__(self, file: IO[bytes], like: Source) -> None:
        """Start an empty archive."""
        self._like = like
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._sheet: IO[bytes] | None = None
        self._frame = _Frame(_sheet_name(like.sheet), (), ())
        self._shared: dict[str, tuple[bytes, bytes]] = {}
        self._links: dict[tuple[int, int], tuple[str, str]] = {}
        self._rows = self._bytes = self._cut = 0

    @property
    def notes(self) -> Sequence[Localised]:
        """Return how many cells were too long for Excel."""
        if not self._cut:
            return ()
        return (
            counted(
                "{count} cell is cut: Excel holds {most} characters in one.",
                "{count} cells are cut: Excel holds {most} characters in one.",
                self._cut,
                most=MOST_LETTERS,
            ),
        )

    def add(self, frame: pl.DataFrame) -> None:
        """Write rows, the header before the first."""
        frame = frame.drop(INTERNAL, strict=False)
        if self._sheet is None:
            self._start(frame)
        if self._rows + frame.height > MOST_ROWS:
            raise TableError(
                message("an Excel sheet holds {count} rows at most.", count=MOST_ROWS),
                message("Write .csv or .parquet instead."),
            )
        for rows in frame.iter_slices(_STEP):
            columns = [self._fitting(column) for column in rows]
            self._put(in_words(pl.DataFrame(columns), self._rows + 1, self._styles(columns)))
            self._rows += rows.height

    def finish(self) -> None:
        """Write what stands behind the rows, with the filters and the links, and the rest of the workbook."""
        if self._sheet is None:
            self._start(pl.DataFrame())
        parts = self._frame.parts(self._rows, self._links)
        self._put(parts[_SHEET][1])
        self._close_sheet()
        parts |= self._shared
        for name, (content, _) in parts.items():
            if name not in {_TYPES, _SHEET}:
                self._archive.writestr(_part(name), content)
        self._archive.close()

    def drop(self) -> None:
        """Close the archive, whose file goes away: Python would do so later, too late, and say that it failed."""
        with suppress(OSError, ValueError):
            self._close_sheet()
        with suppress(OSError, ValueError):
            self._archive.close()

    def _start(self, frame: pl.DataFrame) -> None:
        names = [
            "" if name.startswith(UNNAMED) else re.sub(NOT_IN_XML, "", name)[:MOST_LETTERS] for name in frame.columns
        ]
        widths = []
        for name, column in zip(names, frame, strict=True):
            usual = int(column.head(_JUDGED).cast(pl.String).str.len_chars().quantile(0.9) or 0)
            widths.append(min(_WIDEST, max(_NARROWEST, len(name) + 3, usual + 1)))
        self._frame = self._frame._replace(header=names, widths=widths)
        parts = self._frame.parts(1, {})
        self._shared = {_SHARED: parts[_SHARED]} if _SHARED in parts else {}  # the header, without the texts of links
        self._archive.writestr(_part(_TYPES), parts[_TYPES][0])  # first, for programs that guess what a file is
        self._sheet = self._archive.open(_part(_SHEET), "w")
        self._rows = 1
        self._put(parts[_SHEET][0])

    def _put(self, words: bytes) -> None:
        self._bytes += len(words)
        if self._bytes > MOST_BYTES:
            raise TableError(
                message("the table is too large for an Excel sheet."), message("Write .csv or .parquet instead.")
            )
        if self._sheet is not None:
            self._sheet.write(words)

    def _close_sheet(self) -> None:
        if self._sheet is not None:
            self._sheet.close()

    def _fitting(self, column: pl.Series) -> pl.Series:
        if column.dtype.is_numeric() or column.dtype == pl.Boolean:
            return column
        texts, cut = shortened(column.cast(pl.String))
        self._cut += cut
        return texts

    def _styles(self, columns: Sequence[pl.Series]) -> Mapping[str, pl.Series]:
        """Return the formats of columns that hold links, and keep where these lead; the input's own are none."""
        styles = {}
        for place, column in enumerate(columns):
            if column.name.endswith("url") and column.name not in self._like.columns:
                linked = []
                for row, text in enumerate(column, self._rows):
                    address = web_address(text) if len(self._links) < _MOST_LINKS else None
                    if address is not None and len(address) <= _LONGEST_LINK:
                        self._links[row, place] = address, text
                    linked.append(_LINK if (row, place) in self._links else "0")
                styles[column.name] = pl.Series(linked)
        return styles


class _Frame(NamedTuple):
    """The workbook around the rows, made by XlsxWriter."""

    sheet: str | None
    header: Sequence[str]
    widths: Sequence[int]

    def parts(self, rows: int, links: Mapping[tuple[int, int], tuple[str, str]]) -> dict[str, tuple[bytes, bytes]]:
        """Return the files in the archive of a workbook of that many rows; the sheet's as what goes before and after.

        All others are whole, with nothing after.
        """
        made = BytesIO()
        with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
            book.set_properties({"created": _LONG_AGO})
            sheet = book.add_worksheet(self.sheet)
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            sheet.freeze_panes(1, 0)
            sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
            for place, (name, width) in enumerate(zip(self.header, self.widths, strict=True)):
                sheet.set_column(place, place, width)
                sheet.write_string(0, place, name, bold)
            if self.header:
                sheet.autofilter(0, 0, rows - 1, len(self.header) - 1)
            for (row, place), (address, text) in sorted(links.items()):
                sheet.write_url(row, place, address, book.get_default_url_format(), text)
        with zipfile.ZipFile(made) as archive:
            parts = {info.filename: (archive.read(info), b"") for info in archive.infolist()}
        whole = parts[_SHEET][0].replace(b"<sheetData/>", b"<sheetData></sheetData>")
        before, _, after = whole.partition(b"</sheetData>")
        before = re.sub(rb"<dimension[^>]*>", b"", before)  # the rows are not counted yet
        return parts | {_SHEET: (before, b"</sheetData>" + after)}


def _part(name: str) -> zipfile.ZipInfo:
    """Return the entry of a file in the archive, the same on any day and any machine."""
    entry = zipfile.ZipInfo(name)  # of 1980
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    return entry


def _sheet_name(name: str | None) -> str | None:
    """Return the name of the input's sheet, where Excel would take it: other programs allow more."""
    return re.sub(r"[\[\]:*?/\\]", " ", name or "").strip("' ")[:_LONGEST_NAME].strip("' ") or None
