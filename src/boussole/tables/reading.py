"""A table in, whatever it is written in: found out, said, and given as frames of text, a few rows at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from boussole.errors import TableError
from boussole.fuzzy import suggest
from boussole.i18n import gettext
from boussole.tables.columns import about_columns, named
from boussole.tables.delimited.sniffing import SAMPLE, encoding_label, sniff
from boussole.tables.delimited.transcoding import open_source, utf8_chunks
from boussole.tables.source import LINE, PROBLEM, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import polars as pl

    from boussole.i18n import Localised
_T = TypeVar("_T")

__all__ = ["Source", "chunks", "open_table"]

KINDS = {
    "csv": "csv", "tsv": "csv", "tab": "csv", "txt": "csv",
    "xlsx": "xlsx", "xlsm": "xlsx",
    "jsonl": "jsonl", "ndjson": "jsonl",
    "parquet": "parquet", "pq": "parquet",
}  # fmt: skip
"""What the ending of a name says."""
_ROWS = 131_072  # fewer rows at a time are slower, more are no faster
_SMALLEST, _GREATEST = 1 << 16, 16 << 20  # bytes


def open_table(
    path: str | Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
) -> Source:
    """Find out how a table is written: a file, a folder or pattern of Parquet parts, or `-`, the standard input.

    What is given is not looked for: the `encoding` by any name Python knows, the `delimiter` as one character or `tab`,
    the `sheet` by its name, the `header_row` as a line or row counted from 1.

    Raises:
        TableError: when it cannot be read, not as a table, or what is given does not fit it.

    """
    if str(path) == "-":
        _refuse_options("-", sheet=sheet)
        return _delimited(None, encoding, delimiter, header_row)
    path = Path(path)
    several = path.is_dir() or (not path.exists() and any(sign in path.name for sign in "*?["))
    match "parquet" if several else kind_of(path):
        case "xlsx":
            _refuse_options(path.name, encoding=encoding, delimiter=delimiter)
            from boussole.tables.excel_reading import open_sheet

            return open_sheet(path, sheet, header_row)
        case "jsonl":
            _refuse_options(path.name, encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row)
            from boussole.tables.jsonl import open_lines

            return open_lines(path)
        case "parquet":
            _refuse_options(path.name, encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row)
            from boussole.tables.parquet import open_parquet

            return open_parquet(path)
        case _:
            _refuse_options(path.name, sheet=sheet)
            return _delimited(path, encoding, delimiter, header_row)


def _refuse_options(name: str, **given: str | int | None) -> None:
    """Refuse what was given and says nothing of this kind of table: it would be passed over silently."""
    option = next((option for option, value in given.items() if value is not None), None)
    if option is not None:
        option = f"--{option.replace('_', '-')}"
        raise TableError(
            gettext("{option} says nothing of “{name}”.", option=option, name=name),
            gettext("Leave it out, or give another kind of table."),
        )


def chunks(source: Source, rows: int = _ROWS) -> Iterator[pl.DataFrame]:
    """Yield the rows in order, about `rows` at a time; a table without rows gives one frame without rows.

    The columns are the table's, all text, then `__line` (the line a row starts on; its number in what has no lines)
    and `__problem`: null, or a code and a figure that `boussole.tables.delimited.careful_reading.told` puts in words.
    Some kinds add `__raw`, by which what is written in the same kind keeps the types of the input.
    Blank lines of delimited text (but for a single column) and of JSON, and empty rows of a sheet, are no rows.

    Raises:
        TableError: when what comes is no text in the encoding, has a line without end, or cannot be read.

    """
    import polars as pl

    from boussole.tables.reading import prefetch

    read = _reader(source)(source, rows)
    empty = True
    for frame in read if source.path is None else prefetch(read):
        empty = False
        yield frame
    if empty:
        yield pl.DataFrame(schema=dict.fromkeys(source.columns, pl.String) | {LINE: pl.Int64(), PROBLEM: pl.String()})


def _reader(source: Source) -> Callable[[Source, int], Iterator[pl.DataFrame]]:
    match source.kind:
        case "csv":
            return _delimited_frames
        case "xlsx":
            from boussole.tables.excel_reading import sheet_frames

            return sheet_frames
        case "jsonl":
            from boussole.tables.jsonl import line_frames

            return line_frames
        case _:
            from boussole.tables.parquet import parquet_frames

            return parquet_frames


def kind_of(path: Path) -> str:
    """Return what a file holds, by the ending of its name.

    Raises:
        TableError: when the ending is unknown.

    """
    ending = path.suffix.removeprefix(".").lower()
    kind = KINDS.get(ending)
    if kind is None:
        known = [f".{one}" for one in KINDS]
        raise TableError(
            gettext("“{path}” is not a table that can be read or written, by its name.", path=path.name),
            suggest(f".{ending}", known) or gettext("Tables end in .csv, .xlsx, .jsonl or .parquet."),
        )
    return kind


def _delimited_frames(source: Source, rows: int) -> Iterator[pl.DataFrame]:
    from boussole.tables.delimited.fast_reading import Shape, frames

    size = max(_SMALLEST, min(_GREATEST, rows * source.row_bytes))
    shape = Shape(source.columns, source.delimiter, source.written)
    return frames(utf8_chunks(source.path, source.taken, source.encoding, source.skip, size), shape, source.line)


def _delimited(path: Path | None, encoding: str | None, delimiter: str | None, header_row: int | None) -> Source:
    with open_source(path) as file:
        sample = file.read(SAMPLE)
        whole = len(sample) < SAMPLE
    _refuse_other_kinds(sample)
    found = sniff(sample, whole=whole, encoding=encoding, delimiter=delimiter, header_row=header_row)
    kept = _kept(found.header, [row.cells for row in found.first])
    columns = named(found.header[:kept])
    return Source(
        path=path,
        kind="csv",
        columns=columns,
        encoding=found.encoding,
        bom=found.bom,
        delimiter=found.delimiter,
        quoted=found.quoted,
        newline=found.newline,
        header_row=found.header_row,
        notes=(
            gettext(
                "read as {encoding}, delimiter {delimiter}, header on line {line}.",
                encoding=encoding_label(found),
                delimiter=delimiter_said(found.delimiter),
                line=found.header_row,
            ),
            *about_columns(len(found.header) - kept, rows=found.has_rows),
        ),
        written=len(found.header),
        line=found.line,
        skip=found.skip,
        row_bytes=found.row_bytes,
        taken=sample if path is None else b"",
    )


def _refuse_other_kinds(sample: bytes) -> None:
    """Refuse what is no delimited text although its name says so, or that comes from the standard input."""
    starts = {
        b"PK\x03\x04": ".xlsx", b"PAR1": ".parquet", b'{"': ".jsonl", b"\xd0\xcf\x11\xe0": ".xls", b"\x1f\x8b": ".gz",
    }  # fmt: skip
    ending = next((ending for start, ending in starts.items() if sample.startswith(start)), None)
    if ending is None:
        return
    match ending:
        case ".xls":
            hint = gettext("Save it as .xlsx from a spreadsheet.")
        case ".gz":
            hint = gettext("Unpack it first.")
        case _:
            hint = gettext("Give it as a file whose name ends in {ending}.", ending=ending)
    raise TableError(gettext("this is not delimited text but, it seems, a “{ending}” file.", ending=ending), hint)


def _kept(header: Sequence[str | None], first: Sequence[Sequence[str | None]]) -> int:
    """Return how many columns there are, without the last ones that have neither a name nor a value."""
    width = len(header)
    while width > 1 and not header[width - 1] and not any(cell for row in first for cell in row[width - 1 : width]):
        width -= 1
    return width


def delimiter_said(delimiter: str) -> Localised:
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


def prefetch(made: Iterator[_T]) -> Iterator[_T]:
    """Yield what `made` yields, which runs one step ahead in a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, made, None)
        while (here := coming.result()) is not None:
            coming = thread.submit(next, made, None)
            yield here
