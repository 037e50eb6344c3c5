"""A table of delimited text: a file or the standard input, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, ClassVar

from boussole.errors import TableError
from boussole.i18n import gettext
from boussole.tables.columns import about_columns, named
from boussole.tables.delimited.sniffing import SAMPLE, encoding_label, sniff
from boussole.tables.delimited.transcoding import utf8_chunks
from boussole.tables.empty_rows import settled
from boussole.tables.interface import Table
from boussole.tables.problems import RowCode, told
from boussole.tables.sources.stream import open_source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path
    from typing import Self

    import polars as pl

    from boussole.i18n import Localised
    from boussole.tables.delimited.careful_reading import Row
    from boussole.tables.delimited.writing import DelimitedWriter
    from boussole.tables.interface import ReadOptions, WriteOptions

_SMALLEST, _GREATEST = 1 << 16, 16 << 20  # bytes
_MANY = 50  # rows: of fewer, each is rejected by itself


@dataclass(frozen=True, kw_only=True)
class DelimitedTable(Table):
    """Delimited text: `written` counts the cells of the header, of which empty ones at the end are no columns.

    `quoted` says that all cells stand between quotes. `line` is the first below the header, `skip` the bytes of UTF-8
    before it, `row_bytes` the length of a row, about; `taken` is what was read of the standard input already.
    """

    kind: ClassVar[str] = "csv"
    marks_empty: ClassVar[bool] = True
    takes: ClassVar[frozenset[str]] = frozenset({"encoding", "delimiter", "header_row"})

    encoding: str = "utf-8"
    bom: bool = False
    delimiter: str = ","
    quoted: bool = False
    newline: str = "\n"
    header_row: int = 1
    written: int = 0
    line: int = 2
    skip: int = 0
    row_bytes: int = 1
    taken: bytes = b""

    @classmethod
    def open(cls, path: Path | None, options: ReadOptions) -> Self:
        """Find out encoding, delimiter and header from the beginning of a file, or of the standard input.

        Raises:
            TableError: when it cannot be read, or not as delimited text, or what is given does not fit it.

        """
        with open_source(path) as file:
            sample = file.read(SAMPLE)
            whole = len(sample) < SAMPLE
        _refuse_other_kinds(sample, nameless=path is None or options.shown is not None)
        found = sniff(
            sample,
            whole=whole,
            encoding=options.encoding,
            delimiter=options.delimiter,
            header_row=options.header_row,
        )
        _refuse_broken_quotes(found.first)
        kept = _kept(found.header, [row.cells for row in found.first])
        said = gettext(
            "read as {encoding}, delimiter {delimiter}, header on line {line}.",
            encoding=encoding_label(found),
            delimiter=_delimiter_said(found.delimiter),
            line=found.header_row,
        )
        return cls(
            path=path,
            columns=named(found.header[:kept], path or "-"),
            encoding=found.encoding,
            bom=found.bom,
            delimiter=found.delimiter,
            quoted=found.quoted,
            newline=found.newline,
            header_row=found.header_row,
            notes=(said, *about_columns(len(found.header) - kept, rows=found.has_rows)),
            written=len(found.header),
            line=found.line,
            skip=found.skip,
            row_bytes=found.row_bytes,
            taken=sample if path is None else b"",
        )

    @classmethod
    def converted(cls, other: Table) -> Self:
        """Return the plainest of delimited texts: UTF-8, commas."""
        return cls(columns=other.columns)

    def frames(self, rows: int, _used: Collection[str] | None = None) -> Iterator[pl.DataFrame]:
        """Yield the rows, those that are out of order or empty with what is wrong with them."""
        from boussole.tables.delimited.fast_reading import Shape, frames

        size = max(_SMALLEST, min(_GREATEST, rows * self.row_bytes))
        shape = Shape(self.columns, self.delimiter, self.written)
        found = frames(utf8_chunks(self.path, self.taken, self.encoding, self.skip, size), shape, self.line)
        return settled(found) if len(self.columns) > 1 else found  # a blank line may be what a single column says

    def write_like(self, file: IO[bytes], options: WriteOptions) -> DelimitedWriter:
        """Start writing in the same encoding, with the same delimiter, quotes and line ends."""
        from boussole.tables.delimited.writing import DelimitedWriter

        return DelimitedWriter(file, self, safe_cells=options.safe_cells)

    @property
    def about(self) -> int | None:
        """Return about how many rows a file has, by its length."""
        if self.path is None or not self.path.is_file():
            return None
        return max(1, self.path.stat().st_size // max(1, self.row_bytes))


def _refuse_other_kinds(sample: bytes, *, nameless: bool) -> None:
    """Refuse what is no delimited text although its name says so, or that comes through a pipe, without a name."""
    starts = {
        b"PK\x03\x04": ".xlsx", b"PAR1": ".parquet", b'{"': ".jsonl", b"\xd0\xcf\x11\xe0": ".xls", b"\x1f\x8b": ".gz",
    }  # fmt: skip
    ending = next((ending for start, ending in starts.items() if sample.startswith(start)), None)
    if ending is None:
        return
    match ending:
        case ".gz":
            hint = gettext("Unpack it first.")
        case _ if nameless:
            hint = gettext("Say so: --from {kind}.", kind=ending.removeprefix("."))
        case _:
            hint = gettext("Give it as a file whose name ends in {ending}.", ending=ending)
    raise TableError(gettext("this is not delimited text but, it seems, a “{ending}” file.", ending=ending), hint)


def _refuse_broken_quotes(first: Sequence[Row]) -> None:
    """Refuse a table in which most of the first rows have quotes astray: it would be read slowly, and all rejected."""
    broken = {row.line: row.problem for row in first if row.problem and row.problem.code is RowCode.QUOTES}
    if len(broken) >= _MANY and 2 * len(broken) > len(first):
        line, problem = next(iter(broken.items()))
        raise TableError(
            gettext("line {line}: {error}", line=line, error=told(problem, 0)),
            gettext("So are most of the first lines: save the table again, quotation marks within cells doubled."),
        )


def _kept(header: Sequence[str | None], first: Sequence[Sequence[str | None]]) -> int:
    """Return how many columns there are, without the last ones that have neither a name nor a value."""
    width = len(header)
    while width > 1 and not header[width - 1] and not any(cell for row in first for cell in row[width - 1 : width]):
        width -= 1
    return width


def _delimiter_said(delimiter: str) -> Localised:
    """Return the name of a delimiter."""
    match delimiter:
        case ";":
            return gettext("semicolon")
        case ",":
            return gettext("comma")
        case "\t":
            return gettext("tab")
        case _:
            return gettext("“{word}”", word=delimiter)
