"""Rows out as an Excel workbook that can be read at once: header fixed, filters, widths, links."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import polars as pl
import xlsxwriter  # type: ignore[import-untyped] # it has no types

from boussole.atomic import temporary_folder
from boussole.errors import TableError
from boussole.escape import NOT_IN_XML
from boussole.i18n import gettext, ngettext
from boussole.tables.columns import written_name
from boussole.tables.excel.cell_types import ERRORS, CellStyle
from boussole.tables.excel.text_sheet import TextSheet
from boussole.tables.excel.typed_cells import NUMBER, STYLE
from boussole.tables.frames import INTERNAL, RAW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.i18n import Localised
    from boussole.tables.excel.table import SheetTable

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
MOST_LETTERS = 32_767
_MOST_LINKS = 65_530
_LONGEST_LINK = 2_079
_JUDGED = 200  # rows whose texts decide how wide a column is
_NARROWEST, _WIDEST = 8, 60
LONG_AGO = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel knows no zones; the same input gives the same bytes


class SheetWriter:
    """Writes frames as one sheet, row by row: a sheet's own cells typed as they were, and no cell that is reckoned."""

    def __init__(self, file: IO[bytes], like: SheetTable, links: Mapping[str, str]) -> None:
        """Start an empty workbook; `links` are the addresses of what boussole adds, by id."""
        self._like = like
        self._addresses = {id_: address for id_, address in links.items() if len(address) <= _LONGEST_LINK}
        self._waiting = temporary_folder()
        self._file = file
        self._made = (
            Path(self._waiting.name) / "book.xlsx"
        )  # copied at the end: a full disk is then an error like others
        options = {"constant_memory": True, "tmpdir": self._waiting.name, "date_1904": like.date_1904}
        self._book = xlsxwriter.Workbook(self._made, options)
        self._book.set_properties({"created": LONG_AGO})
        self._sheet = self._book.add_worksheet(like.sheet or None, TextSheet)
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._link = self._book.get_default_url_format()
        self._formats = [self._format(style) for style in like.styles]
        self._rows = self._width = self._links = self._plain = 0

    @property
    def notes(self) -> Sequence[Localised]:
        """Return how many links were too many."""
        said = []
        if self._plain:
            said.append(
                ngettext(
                    "{count} MEDOC stands without its link: Excel holds {most} links in a sheet.",
                    "{count} MEDOC stand without their links: Excel holds {most} links in a sheet.",
                    self._plain,
                    most=_MOST_LINKS,
                )
            )
        return said

    def add(self, frame: pl.DataFrame) -> None:
        """Write rows, the header before the first."""
        raw = frame[RAW] if self._like.typed and RAW in frame.columns else None
        frame = frame.drop(INTERNAL, strict=False)
        if not self._rows:
            self._start(frame)
        if self._rows + frame.height > MOST_ROWS:
            raise TableError(
                gettext("an Excel sheet holds {count} rows at most.", count=MOST_ROWS),
                gettext("Write .csv or .parquet instead."),
            )
        theirs = set(self._like.columns)
        linked = [name not in theirs for name in frame.columns]
        typed = self._typed(frame, raw)
        columns = [self._held(column).to_list() for column in frame]
        for number, row in enumerate(zip(*columns, strict=True)):
            for place, value in enumerate(row):
                cells = typed.get(place)
                style = -1 if cells is None else cells.styles[number]
                if cells is not None and style >= 0:
                    self._typed_cell(place, cells.numbers[number], style)
                elif value is not None and value != "":
                    self._cell(place, value, linked=linked[place])
            self._rows += 1

    def finish(self) -> None:
        """Put the filters on, and write the file."""
        if self._rows:
            self._sheet.autofilter(0, 0, self._rows - 1, self._width - 1)
        self._book.close()
        with self._made.open("rb") as made:
            shutil.copyfileobj(made, self._file)
        self._waiting.cleanup()

    def drop(self) -> None:
        """Take away the rows that wait."""
        self._sheet.row_data_fh.close()
        self._waiting.cleanup()

    def _start(self, frame: pl.DataFrame) -> None:
        if frame.width > MOST_COLUMNS:
            raise TableError(
                gettext("an Excel sheet holds {count} columns at most.", count=MOST_COLUMNS),
                gettext("Write .csv or .parquet instead."),
            )
        self._width = frame.width
        self._sheet.freeze_panes(1, 0)
        names = self._held(pl.Series([written_name(column.name) for column in frame], dtype=pl.String))
        for place, (name, column) in enumerate(zip(names, frame, strict=True)):
            lengths = column.head(_JUDGED).cast(pl.String).str.len_chars()
            usual = int(lengths.quantile(0.9) or 0)
            self._sheet.set_column(place, place, min(_WIDEST, max(_NARROWEST, len(name) + 3, usual + 1)))
            self._sheet.write_string(0, place, name, self._bold)
        self._rows = 1

    def _format(self, style: CellStyle) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        return self._book.add_format({"num_format": style.number_format}) if style.number_format else None

    def _typed(self, frame: pl.DataFrame, raw: pl.Series | None) -> dict[int, _TypedCells]:
        """Return the typed cells of the table's own columns, by their places in a frame."""
        if raw is None:
            return {}
        fields = raw.struct.unnest()
        own = {name: place for place, name in enumerate(frame.columns) if name in self._like.columns}
        found = {}
        for cells in fields:
            if cells.name in own:
                numbers, styles = cells.struct.field(NUMBER), cells.struct.field(STYLE).fill_null(-1)
                found[own[cells.name]] = _TypedCells(numbers.to_list(), styles.to_list())
        return found

    def _typed_cell(self, place: int, number: float, style: int) -> None:
        """Write a cell as it was: a number in its format, a truth value, an error; a formula has no value to write."""
        match self._like.styles[style]:
            case CellStyle(kind="number"):
                self._sheet.write_number(self._rows, place, number, self._formats[style])
            case CellStyle(kind="boolean"):
                self._sheet.write_boolean(self._rows, place, bool(number))
            case CellStyle(kind="error", text=text) if text not in ERRORS.values():  # LibreOffice has its own
                self._sheet.write_string(self._rows, place, text)
            case CellStyle(kind="error", text=text):
                self._sheet.write_formula(self._rows, place, f"={text}", None, text)

    def _cell(self, place: int, value: object, *, linked: bool) -> None:
        match value:
            case bool():
                self._sheet.write_boolean(self._rows, place, value)
            case int() | float():
                self._sheet.write_number(self._rows, place, value)
            case _:
                text = str(value)
                address = self._addresses.get(text) if linked else None
                if address is not None and self._links < _MOST_LINKS:
                    self._sheet.write_url(self._rows, place, address, self._link, text)
                    self._links += 1
                else:
                    self._plain += address is not None
                    self._sheet.write_string(self._rows, place, text)

    def _held(self, cells: pl.Series) -> pl.Series:
        """Return cells whose texts are as XML can hold them.

        Raises:
            TableError: when one is longer than Excel can hold, in units of UTF-16.

        """
        if cells.dtype != pl.String:
            return cells
        if re.search(NOT_IN_XML, cells.str.join(" ").item()):  # to look through them at once is much faster
            texts = [None if text is None else re.sub(NOT_IN_XML, "", text) for text in cells]
            cells = pl.Series(cells.name, texts, pl.String)
        for place in (cells.str.len_chars() > MOST_LETTERS // 2).arg_true():
            text = cells[place]
            if len(text.encode("utf-16-le")) // 2 > MOST_LETTERS:
                raise TableError(
                    gettext(
                        "row {line} has a text of {count} characters: a cell of Excel holds {most} at most.",
                        line=self._rows + place + 1,
                        count=len(text),
                        most=MOST_LETTERS,
                    ),
                    gettext("Write .csv or .parquet instead."),
                )
        return cells


class _TypedCells(NamedTuple):
    """The typed cells of one column, by row: the numbers, and the places of the styles, -1 where a cell is text."""

    numbers: list[float]
    styles: list[int]
