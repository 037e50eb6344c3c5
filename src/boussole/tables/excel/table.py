"""A table in a sheet of an Excel workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, ClassVar

from boussole.errors import TableError
from boussole.i18n import Listing, either, gettext, ngettext, quoted
from boussole.tables.columns import about_columns, named
from boussole.tables.delimited.sniffing import title_rows
from boussole.tables.empty_rows import are_empty, marked
from boussole.tables.excel.typed_cells import as_shown, faults, raw_cells, spread
from boussole.tables.frames import LINE, PROBLEM, labelled, problems_column
from boussole.tables.interface import Table
from boussole.tables.problems import RowCode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path
    from typing import Self

    import polars as pl

    from boussole.i18n import Localised
    from boussole.tables.excel.cell_types import CellStyle
    from boussole.tables.excel.typed_cells import Fault
    from boussole.tables.excel.writing import SheetWriter
    from boussole.tables.interface import ReadOptions, WriteOptions
    from boussole.tables.problems import RowProblem


_WRITTEN_BACK = gettext("a workbook of this kind is written back as .xlsx, its numbers and days as text.")
_SHOWN = 5
"""How many other sheets are named."""


@dataclass(frozen=True, kw_only=True)
class SheetTable(Table):
    """A sheet, by its name, with its rows up to the last that is not empty: workbooks are read whole.

    `styles` are the ways in which cells are typed that are no text; `__raw` in `rows` has, by column, their numbers and
    the places of their styles. `faults` are the cells without a value that could be read, `others` the sheets beside
    it that people see.
    """

    kind: ClassVar[str] = "xlsx"
    marks_empty: ClassVar[bool] = True
    takes: ClassVar[frozenset[str]] = frozenset({"sheet", "header_row"})

    sheet: str | None = None
    rows: pl.DataFrame | None = None
    styles: tuple[CellStyle, ...] = ()
    date_1904: bool = False
    faults: tuple[Fault, ...] = ()
    others: tuple[str, ...] = ()

    @classmethod
    def open(cls, path: Path | None, options: ReadOptions) -> Self:
        """Read a sheet, the first that is not hidden unless one is named.

        Raises:
            TableError: when the workbook cannot be read, or the sheet has no header.

        """
        from boussole.tables.excel.reading import loaded

        name, cells, types, others, foreign = loaded(path, options.sheet, where := options.shown or path or "-")
        empty = are_empty(cells) & ~cells[LINE].is_in(sorted(set(types.without_value())))
        filled = cells.filter(~empty)
        if not filled.height:
            raise TableError(gettext("the sheet “{name}” is empty.", name=name), _to_name(others))
        row = options.header_row or int(filled.item(title_rows(filled.drop(LINE).rows()), LINE))
        header = cells.drop(LINE).row(row - 1) if row <= cells.height else ()
        if not any(header):
            raise TableError(
                gettext("there is no header on line {line}.", line=row),
                gettext("Give the line that holds the names of the columns: --header-row 1, for instance."),
            )
        below = cells[row : max(row, last := int(filled[-1, LINE]))]
        width = len(header)
        while not header[width - 1] and below[:, width - 1].null_count() == below.height:
            width -= 1
        columns = named(header[:width], where)
        kept = below[:, :width]
        kept.columns = list(columns)
        lines = below[LINE]
        raw = raw_cells(types, columns, lines)
        kept = kept if raw is None else as_shown(kept, raw, types.styles)
        kept, raw = spread(types, kept, raw, row + 1)
        wrong = tuple(faults(types, columns, lines))
        said = gettext("sheet “{name}”, header on line {line}.", name=name, line=row)
        return cls(
            path=path,
            columns=columns,
            sheet=name,
            notes=(
                *_about_sheet(said, () if options.sheet else others, foreign=foreign),
                *about_columns(len(header) - width, rows=bool(kept.height)),
                *_about_formulas(wrong),
            ),
            others=others,
            rows=marked(labelled(kept, lines), empty[row:last]).with_columns([] if raw is None else [raw]),
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
        """Yield the rows; one is wrong where nothing is written, or a column that is `used` has no value to read."""
        if self.rows is None:
            return
        wrong: dict[int, RowProblem] = {}
        for fault in self.faults:
            if used is None or fault.column in used:
                wrong.setdefault(fault.line, fault.problem)
        found = self.rows
        if wrong:
            problems = problems_column([wrong.get(line) for line in found[LINE]])
            found = found.with_columns(problems.zip_with(found[PROBLEM].is_null(), found[PROBLEM]))
        yield from found.iter_slices(rows)

    def write_like(self, file: IO[bytes], options: WriteOptions) -> SheetWriter:
        """Start a workbook whose only sheet has the same name."""
        from boussole.tables.excel.writing import SheetWriter

        return SheetWriter(file, self, options.links)

    @property
    def elsewhere(self) -> Localised | None:
        """Return how to read another sheet, where there is one."""
        return _to_name(self.others) if self.others else None

    @property
    def about(self) -> int | None:
        """Return how many rows there are."""
        return None if self.rows is None else self.rows.height


def _to_name(others: Sequence[str]) -> Localised:
    """Return how to name another sheet."""
    if not others:
        return gettext("Name another sheet: --sheet, and its name.")
    return gettext("Name another sheet: --sheet {words}.", words=either([quoted(name) for name in others[:_SHOWN]]))


def _about_sheet(said: Localised, others: Sequence[str], *, foreign: bool) -> Iterator[Localised]:
    """Yield what is `said` of a sheet, and which `others` are not read: the first one may be a notice."""
    yield said
    if foreign:
        yield _WRITTEN_BACK
    if others:
        names = Listing([*others[:_SHOWN]])
        left = len(others) - _SHOWN
        yield (
            gettext("other sheets: {names}.", names=names)
            if left <= 0
            else ngettext(
                "other sheets: {names}, and {count} more.",
                "other sheets: {names}, and {count} more.",
                left,
                names=names,
            )
        )


def _about_formulas(wrong: Sequence[Fault]) -> Iterator[Localised]:
    """Yield what is to be said of formulas without a value: boussole has nothing to give back in their place."""
    count = sum(one.problem.code is RowCode.NO_VALUE for one in wrong)
    if count:
        yield ngettext(
            "{count} formula has no value: save the workbook in a spreadsheet first.",
            "{count} formulas have no value: save the workbook in a spreadsheet first.",
            count,
        )
