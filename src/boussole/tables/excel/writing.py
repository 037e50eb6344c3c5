"""Rows out as an Excel workbook that can be read at once: header fixed, filters, widths, links."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

import polars as pl
import xlsxwriter  # type: ignore[import-untyped] # it has no types

from boussole.errors import TableError
from boussole.escape import NOT_IN_XML
from boussole.i18n import gettext, ngettext
from boussole.tables.columns import UNNAMED
from boussole.tables.frames import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.i18n import Localised
    from boussole.tables.excel.table import SheetTable

MOST_ROWS = 1_048_576
MOST_LETTERS = 32_767
_MOST_LINKS = 65_530
_LONGEST_LINK = 2_079
_JUDGED = 200  # rows whose texts decide how wide a column is
_NARROWEST, _WIDEST = 8, 60
_LONG_AGO = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel knows no zones; the same input gives the same bytes


class SheetWriter:
    """Writes frames as one sheet, row by row; the input's cells are text, so that nothing in them is reckoned."""

    def __init__(self, file: IO[bytes], like: SheetTable, links: Mapping[str, str]) -> None:
        """Start an empty workbook; `links` are the addresses of what boussole adds, by id."""
        self._like = like
        self._addresses = {id_: address for id_, address in links.items() if len(address) <= _LONGEST_LINK}
        self._waiting = tempfile.TemporaryDirectory(prefix="boussole-")
        self._file = file
        self._made = (
            Path(self._waiting.name) / "book.xlsx"
        )  # copied at the end: a full disk is then an error like others
        self._book = xlsxwriter.Workbook(self._made, {"constant_memory": True, "tmpdir": self._waiting.name})
        self._book.set_properties({"created": _LONG_AGO})
        self._sheet = self._book.add_worksheet(like.sheet or None)
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._link = self._book.get_default_url_format()
        self._rows = self._width = self._links = self._cut = self._plain = 0

    @property
    def notes(self) -> Sequence[Localised]:
        """Return how many cells were too long for Excel, and how many links too many."""
        said = []
        if self._cut:
            said.append(
                ngettext(
                    "{count} cell is cut: Excel holds {most} characters in one.",
                    "{count} cells are cut: Excel holds {most} characters in one.",
                    self._cut,
                    most=MOST_LETTERS,
                )
            )
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
        frame = frame.drop(INTERNAL, strict=False)
        if not self._rows:
            self._start(frame)
        if self._rows + frame.height > MOST_ROWS:
            raise TableError(
                gettext("an Excel sheet holds {count} rows at most.", count=MOST_ROWS),
                gettext("Write .csv or .parquet instead."),
            )
        linked = [name not in self._like.columns for name in frame.columns]
        for row in frame.iter_rows():
            for place, value in enumerate(row):
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
        self._width = frame.width
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(frame):
            name = "" if column.name.startswith(UNNAMED) else column.name
            lengths = column.head(_JUDGED).cast(pl.String).str.len_chars()
            usual = int(lengths.quantile(0.9) or 0)
            self._sheet.set_column(place, place, min(_WIDEST, max(_NARROWEST, len(name) + 3, usual + 1)))
            self._sheet.write_string(0, place, self._text(name), self._bold)
        self._rows = 1

    def _cell(self, place: int, value: object, *, linked: bool) -> None:
        match value:
            case None | "":
                return
            case bool():
                self._sheet.write_boolean(self._rows, place, value)
            case int() | float():
                self._sheet.write_number(self._rows, place, value)
            case _:
                text = self._text(str(value))
                address = self._addresses.get(text) if linked else None
                if address is not None and self._links < _MOST_LINKS:
                    self._sheet.write_url(self._rows, place, address, self._link, text)
                    self._links += 1
                else:
                    self._plain += address is not None
                    self._sheet.write_string(self._rows, place, text)

    def _text(self, text: str) -> str:
        text = re.sub(NOT_IN_XML, "", text)
        if len(text) > MOST_LETTERS:
            self._cut += 1
        return text[:MOST_LETTERS]
