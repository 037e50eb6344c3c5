"""A table in a sheet of an Excel workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, ClassVar

import polars as pl

from boussole.errors import TableError
from boussole.i18n import gettext, ngettext
from boussole.tables.columns import about_columns, named
from boussole.tables.delimited.sniffing import title_rows
from boussole.tables.excel.typed_cells import as_shown, faults, raw_cells
from boussole.tables.frames import LINE, labelled, problems_column
from boussole.tables.interface import Table
from boussole.tables.problems import RowCode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path
    from typing import Self

    from boussole.i18n import Localised
    from boussole.tables.excel.cell_types import CellStyle
    from boussole.tables.excel.typed_cells import Fault
    from boussole.tables.excel.writing import SheetWriter
    from boussole.tables.interface import ReadOptions, WriteOptions
    from boussole.tables.problems import RowProblem


@dataclass(frozen=True, kw_only=True)
class SheetTable(Table):
    """A sheet, by its name, with its rows that are not empty: workbooks are read whole.

    `styles` are the ways in which cells are typed that are no text; `__raw` in `rows` has, by column, their numbers and
    the places of their styles. `faults` are the cells without a value that could be read.
    """

    kind: ClassVar[str] = "xlsx"
    takes: ClassVar[frozenset[str]] = frozenset({"sheet", "header_row"})

    sheet: str | None = None
    rows: pl.DataFrame | None = None
    styles: tuple[CellStyle, ...] = ()
    date_1904: bool = False
    faults: tuple[Fault, ...] = ()

    @classmethod
    def open(cls, path: Path | None, options: ReadOptions) -> Self:
        """Read a sheet, the first that is not hidden unless one is named.

        Raises:
            TableError: when the workbook cannot be read, or the sheet has no header.

        """
        from boussole.tables.excel.reading import loaded

        name, cells, types = loaded(path, options.sheet)
        own = pl.col(LINE).is_in(types.without_value())
        filled = cells.filter(own | pl.any_horizontal(pl.exclude(LINE).is_not_null())) if cells.width > 1 else cells
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
        columns = named(header[:width], path or "-")
        kept = below[:, :width]
        kept.columns = list(columns)
        lines = below[LINE]
        raw = raw_cells(types, columns, lines)
        kept = kept if raw is None else as_shown(kept, raw, types.styles)
        wrong = tuple(faults(types, columns, lines))
        said = gettext("sheet “{name}”, header on line {line}.", name=name, line=row)
        return cls(
            path=path,
            columns=columns,
            sheet=name,
            notes=(said, *about_columns(len(header) - width, rows=bool(kept.height)), *_about_formulas(wrong)),
            rows=labelled(kept, lines) if raw is None else labelled(kept, lines).with_columns(raw),
            styles=types.styles,
            date_1904=types.date_1904,
            faults=wrong,
            typed=raw is not None,
        )

    @classmethod
    def converted(cls, other: Table) -> Self:
        """Return a sheet with these columns."""
        return cls(columns=other.columns)

    def frames(self, rows: int, used: Collection[str] | None = None) -> Iterator[pl.DataFrame]:
        """Yield the rows that are not empty; one is wrong where a column that is `used` has no value to read."""
        if self.rows is None:
            return
        wrong: dict[int, RowProblem] = {}
        for fault in self.faults:
            if used is None or fault.column in used:
                wrong.setdefault(fault.line, fault.problem)
        found = self.rows
        if wrong:
            found = found.with_columns(problems_column([wrong.get(line) for line in found[LINE]]))
        yield from found.iter_slices(rows)

    def write_like(self, file: IO[bytes], options: WriteOptions) -> SheetWriter:
        """Start a workbook whose only sheet has the same name."""
        from boussole.tables.excel.writing import SheetWriter

        return SheetWriter(file, self, options.links)

    @property
    def about(self) -> int | None:
        """Return how many rows there are."""
        return None if self.rows is None else self.rows.height


def _about_formulas(wrong: Sequence[Fault]) -> Iterator[Localised]:
    """Yield what is to be said of formulas without a value: boussole has nothing to give back in their place."""
    count = sum(one.problem.code is RowCode.NO_VALUE for one in wrong)
    if count:
        yield ngettext(
            "{count} formula has no value: save the workbook in a spreadsheet first.",
            "{count} formulas have no value: save the workbook in a spreadsheet first.",
            count,
        )
