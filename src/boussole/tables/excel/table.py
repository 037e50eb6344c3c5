"""A table in a sheet of an Excel workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, ClassVar

import polars as pl

from boussole.errors import TableError
from boussole.i18n import gettext
from boussole.tables.columns import about_columns, named
from boussole.tables.delimited.sniffing import title_rows
from boussole.tables.frames import LINE, labelled
from boussole.tables.interface import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

    from boussole.tables.excel.writing import SheetWriter
    from boussole.tables.interface import ReadOptions, WriteOptions


@dataclass(frozen=True, kw_only=True)
class SheetTable(Table):
    """A sheet, by its name, with its rows that are not empty: workbooks are read whole."""

    kind: ClassVar[str] = "xlsx"
    takes: ClassVar[frozenset[str]] = frozenset({"sheet", "header_row"})

    sheet: str | None = None
    rows: pl.DataFrame | None = None

    @classmethod
    def open(cls, path: Path | None, options: ReadOptions) -> Self:
        """Read a sheet, the first that is not hidden unless one is named.

        Raises:
            TableError: when the workbook cannot be read, or the sheet has no header.

        """
        from boussole.tables.excel.reading import loaded

        name, cells = loaded(path, options.sheet)
        filled = cells.filter(pl.any_horizontal(pl.exclude(LINE).is_not_null())) if cells.width > 1 else cells
        if not filled.height:
            raise TableError(
                gettext("the sheet “{name}” is empty.", name=name),
                gettext("Name another sheet: --sheet, and its name."),
            )
        row = options.header_row or int(filled.item(title_rows(filled.drop(LINE).rows()), LINE))
        header = cells.drop(LINE).row(row - 1) if row <= cells.height else ()
        if not any(header):
            raise TableError(
                gettext("there is no header on line {line}.", line=row),
                gettext("Give the line that holds the names of the columns: --header-row 1, for instance."),
            )
        below = filled.filter(pl.col(LINE) > row)
        width = len(header)
        while not header[width - 1] and below[:, width - 1].null_count() == below.height:
            width -= 1
        columns = named(header[:width])
        kept = below[:, :width]
        kept.columns = list(columns)
        said = gettext("sheet “{name}”, header on line {line}.", name=name, line=row)
        return cls(
            path=path,
            columns=columns,
            sheet=name,
            notes=(said, *about_columns(len(header) - width, rows=bool(kept.height))),
            rows=labelled(kept, below[LINE]),
        )

    @classmethod
    def converted(cls, other: Table) -> Self:
        """Return a sheet with these columns."""
        return cls(columns=other.columns)

    def frames(self, rows: int) -> Iterator[pl.DataFrame]:
        """Yield the rows that are not empty."""
        if self.rows is not None:
            yield from self.rows.iter_slices(rows)

    def write_like(self, file: IO[bytes], options: WriteOptions) -> SheetWriter:
        """Start a workbook whose only sheet has the same name."""
        from boussole.tables.excel.writing import SheetWriter

        return SheetWriter(file, self, options.links)

    @property
    def about(self) -> int | None:
        """Return how many rows there are."""
        return None if self.rows is None else self.rows.height
