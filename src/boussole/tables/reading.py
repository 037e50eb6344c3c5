"""A table in, whatever it is written in: found out, and given as frames of text, a few rows at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from boussole.errors import TableError
from boussole.i18n import Listing, gettext, ngettext
from boussole.tables.delimited.parts import DelimitedParts
from boussole.tables.interface import ReadOptions
from boussole.tables.kinds import READ, kind_of, table_class
from boussole.tables.same_file import STANDARD
from boussole.tables.sources.parts import beside, is_several, kind_of_parts
from boussole.tables.sources.stream import is_stream, open_source, packing_of_standard
from boussole.tables.sources.unpacking import laid_down, packed_as

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import polars as pl

    from boussole.i18n import Localised
    from boussole.tables.interface import Table
_T = TypeVar("_T")

_SHOWN = 5
"""How many tables that are not read are named."""
_ROWS = 131_072  # fewer rows at a time are slower, more are no faster


def open_table(
    path: str | Path,
    *,
    kind: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
) -> Table:
    """Find out how a table is written: a file, packed or not, a pipe, a folder or pattern of parts, or `-`.

    `-` is the standard input. What is given is not looked for: the `kind` (a word of `READ`), the `encoding` by any
    name Python knows, the `delimiter` as one character or `tab`, the `sheet` by its name, the `header_row` as a line or
    row counted from 1.

    Raises:
        TableError: when it cannot be read, not as a table, or what is given does not fit it.

    """
    options = ReadOptions(encoding, delimiter, sheet, header_row)
    given = None if kind is None else READ[kind]
    read = None if str(path) == STANDARD else Path(path)
    if read is not None and is_several(read):
        parts = _opened(read, given or kind_of_parts(read), read.name, options)
        return replace(parts, notes=(*parts.notes, *_about_others(beside(read, parts.files))))
    if read is None and given in {None, "csv"} and packing_of_standard() is None:
        return _opened(None, "csv", STANDARD, options)
    if read is not None and not is_stream(read) and packed_as(read) is None:
        kind = given or kind_of(read)
        with open_source(read):  # every kind says the same of a file that is not there
            return _opened(read, kind, read.name, options)
    laid = laid_down(read)
    kind = given or (kind_of(laid.path) if laid.told else "csv")
    return replace(_opened(laid.path, kind, str(path), options._replace(shown=str(path))), held=laid.folder)


def _about_others(names: Sequence[str]) -> Iterator[Localised]:
    """Yield which tables of a folder are not read: their rows are not to be missed without a word."""
    if names:
        yield ngettext(
            "{count} table of another kind in the folder is not read: {names}.",
            "{count} tables of another kind in the folder are not read: {names}.",
            len(names),
            names=Listing(names[:_SHOWN]),
        )


def _opened(path: Path | None, kind: str, name: str, options: ReadOptions) -> Table:
    several = path is not None and is_several(path)
    found = DelimitedParts if several and kind == "csv" else table_class(kind)
    _refuse_others(name, options, found.takes)
    return found.open(path, options)


def _refuse_others(name: str, options: ReadOptions, takes: frozenset[str]) -> None:
    """Refuse what was given and says nothing of this kind of table: it would be passed over silently."""
    for option, value in options._asdict().items():
        if value is not None and option not in {*takes, "shown"}:
            raise TableError(
                gettext("{option} says nothing of “{name}”.", option=f"--{option.replace('_', '-')}", name=name),
                gettext("Leave it out, or give another kind of table."),
            )


def chunks(table: Table, rows: int = _ROWS, used: Collection[str] | None = None) -> Iterator[pl.DataFrame]:
    """Yield the rows in order, about `rows` at a time; a table without rows gives one frame without rows.

    The columns are the table's, all text, then `__line` (the line a row starts on; its number in what has no lines)
    and `__problem`: null, or the fields of a `RowProblem`, which `boussole.tables.problems.told` puts in words.
    Cells of a sheet that hold an error, or a formula without a value, are a problem in columns that are `used`.
    Some kinds add `__raw`, by which what is written in the same kind keeps the types of the input.
    Blank lines of delimited text (but for a single column) and of JSON, and empty rows of a sheet, are no rows.

    Raises:
        TableError: when what comes is no text in the encoding, has a line without end, or cannot be read.

    """
    from boussole.tables.frames import without_rows

    read = table.frames(rows, used)
    empty = True
    for frame in read if table.path is None else prefetch(read):
        empty = False
        yield frame
    if empty:
        yield without_rows(table.columns)


def prefetch(made: Iterator[_T]) -> Iterator[_T]:
    """Yield what `made` yields, which runs one step ahead in a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, made, None)
        while (here := coming.result()) is not None:
            coming = thread.submit(next, made, None)
            yield here
