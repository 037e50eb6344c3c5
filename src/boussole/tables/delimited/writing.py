"""Rows out as delimited text, in the delimiter, encoding and line ends of the table they come from."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import IO, TYPE_CHECKING

import polars as pl

from boussole.i18n import gettext
from boussole.tables.columns import written_name
from boussole.tables.delimited.transcoding import byte_order_mark, encoding_name
from boussole.tables.frames import INTERNAL, without

if TYPE_CHECKING:
    from polars._typing import CsvQuoteStyle

    from boussole.arrays import Int64
    from boussole.i18n import Localised
    from boussole.tables.delimited.table import DelimitedTable


# What a spreadsheet may take for a formula, also after spaces; the wide signs count in East Asian ones.
_FORMULA = r"^[\s\x00-\x1f\ufeff]*[=+\-@＝＋－＠]|^[\t\r]"
_OURS = rf"{_FORMULA}|^\s*[\u2011\u2013\u2014]"  # which may become a hyphen in another encoding
_NUMBER = r"^\s*[+-]\s?[\d.][\d\s.,'’]*([eE][+-]?\d+)?\s*[%€]?\s*$"  # -12,5 and +33 1 23 45 67 89 are none


class DelimitedWriter:
    """Writes frames as delimited text.

    The input's cells are written as they are, or made `safe_cells`; what boussole adds never starts a formula.
    A character of ours that the input's encoding lacks is written as the nearest one it has: the input's own are all
    in it, and a file of one encoding is what goes back where the table came from.
    """

    def __init__(self, file: IO[bytes], like: DelimitedTable, *, safe_cells: bool) -> None:
        """Write nothing yet: the columns are known with the first frame."""
        self._file = file
        self._like = like
        self._safe = safe_cells
        self._started = False
        self._shared: tuple[pl.DataFrame, pl.Series | None] | None = None
        self.notes: list[Localised] = []

    def add(self, frame: pl.DataFrame) -> None:
        """Write rows, the header before the first."""
        frame = without(frame, INTERNAL)
        if not self._started:
            self._start(frame.columns)
        theirs = set(self._like.columns)
        cells = [
            _without_formulas(column, numbers=column.name in theirs)
            for column in frame
            if column.dtype == pl.String and (self._safe or column.name not in theirs)
        ]
        self._write(frame.with_columns(cells) if cells else frame)

    def add_shared(self, frame: pl.DataFrame, told: pl.DataFrame, case: Int64) -> None:
        """Write rows and what is told of each (rows,) `case`, which is put in writing once, however many rows have it.

        Where nearly each row is a case of its own, or a cell has several lines, row by row.
        """
        ends = None
        if 2 * told.height <= frame.height:
            if self._shared is None or self._shared[0] is not told:
                self._shared = told, self._endings(told)
            ends = self._shared[1]
        if ends is None:
            self.add(frame.hstack(told[case]))
            return
        frame = without(frame, INTERNAL)
        if not self._started:
            self._start([*frame.columns, *told.columns])
        cells = [_quoted(_without_formulas(one, numbers=True) if self._safe else one, self._like) for one in frame]
        self._put(pl.DataFrame([*cells, ends.gather(case)]))

    def _endings(self, told: pl.DataFrame) -> pl.Series | None:
        """Return what each case adds to a row, as it is written; None where a cell has several lines."""
        cells = [_without_formulas(one, numbers=False) for one in told if one.dtype == pl.String]
        quotes: CsvQuoteStyle = "always" if self._like.quoted else "necessary"
        text = told.with_columns(cells).write_csv(
            include_header=False, separator=self._like.delimiter, quote_style=quotes
        )
        lines = text.removesuffix("\n").split("\n")
        return pl.Series("__told", lines) if len(lines) == told.height else None

    def finish(self) -> None:
        """Write nothing more."""

    def drop(self) -> None:
        """Leave nothing behind: nothing waits."""

    def _start(self, columns: list[str]) -> None:
        self._started = True
        if self._like.bom:
            self._file.write(byte_order_mark(self._like.encoding))
        names = pl.Series([written_name(name) or None for name in columns], dtype=pl.String)
        if self._safe:
            names = _without_formulas(names, numbers=True)
        self._write(pl.DataFrame([names.to_list()], schema=dict.fromkeys(columns, pl.String), orient="row"))

    def _write(self, frame: pl.DataFrame) -> None:
        """Write rows between quotes where they must be: found a column at once."""
        if frame.width == 1:  # a cell that is empty would be a blank line
            self._put(frame, "always" if self._like.quoted else "necessary")
        else:
            self._put(pl.DataFrame([_quoted(cells, self._like) for cells in frame]))

    def _put(self, frame: pl.DataFrame, quotes: CsvQuoteStyle = "never") -> None:
        """Write rows, as they stand unless `quotes` says otherwise."""
        like = self._like
        text = frame.write_csv(
            self._file if like.encoding == "utf-8" else None,
            include_header=False,
            separator=like.delimiter,
            line_terminator=like.newline,
            quote_style=quotes,
        )
        if text is None:  # it is written
            return
        try:
            encoded = text.encode(like.encoding)
        except UnicodeEncodeError:
            encoded = text.encode(like.encoding, errors=_NEAREST)
            if not self.notes:
                self.notes.append(
                    gettext(
                        "{encoding} lacks some characters of what boussole adds: the nearest ones stand for them.",
                        encoding=encoding_name(like.encoding),
                    )
                )
        self._file.write(encoded)


def _quoted(cells: pl.Series, like: DelimitedTable) -> pl.Series:
    """Return cells as they are written, as Polars does it: between quotes where they must be, or all are."""
    if isinstance(cells.dtype, pl.Enum) and not like.quoted and not _has_signs(cells.dtype.categories, like):
        return cells
    if cells.dtype != pl.String:
        cells = cells.cast(pl.String)
    if not (like.quoted or _has_signs(cells, like)):
        return cells
    wrong = cells.str.contains(f'["\r\n{re.escape(like.delimiter)}]') | (cells == "")
    inside = pl.concat_str(pl.lit('"'), cells.fill_null("").str.replace_all('"', '""', literal=True), pl.lit('"'))
    quoted = inside if like.quoted else pl.when(wrong).then(inside).otherwise(cells)
    return pl.select(quoted.alias(cells.name)).to_series()


def _has_signs(cells: pl.Series, like: DelimitedTable) -> bool:
    """Tell whether some cell must stand between quotes: to look through them at once is faster than one by one."""
    text = cells.str.join(" ").item()
    return any(sign in text for sign in ('"', "\r", "\n", like.delimiter)) or bool((cells == "").any())


def _without_formulas(cells: pl.Series, *, numbers: bool) -> pl.Series:
    """Return cells of which none starts a formula; `numbers` with a sign, telephone numbers too, may stay."""
    wrong = cells.str.contains(_FORMULA if numbers else _OURS).fill_null(value=False)
    if numbers:
        wrong &= ~cells.str.contains(_NUMBER).fill_null(value=False)
    if not wrong.any():
        return cells
    return pl.select(pl.when(wrong).then(pl.concat_str(pl.lit("'"), cells)).otherwise(cells).alias(cells.name))[
        cells.name
    ]


_NEAREST = "boussole.nearest"
_ALIKE = {
    "\u202f": "\xa0",
    "\u2009": " ",
    "\u2011": "-",
    "\u2013": "-",
    "\u2014": "-",
    "’": "'",
    "‘": "'",
    "œ": "oe",
    "Œ": "OE",
}


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for characters that an encoding lacks: a letter without its accent, else a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_stand_in(character, error.encoding) for character in lacking), error.end


def _stand_in(character: str, encoding: str) -> str:
    bare = "".join(one for one in unicodedata.normalize("NFKD", character) if one.isalnum() or one == " ")
    for one in (_ALIKE.get(character, ""), bare):
        if one and one.encode(encoding, errors="ignore").decode(encoding) == one:
            return one
    return "?"


codecs.register_error(_NEAREST, _nearest)
