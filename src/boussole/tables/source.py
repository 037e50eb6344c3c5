"""A table that was found out: where it is, how it is written, which columns it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    import polars as pl

    from boussole.i18n import Localised

LINE, PROBLEM, RAW = INTERNAL = ("__line", "__problem", "__raw")
"""The columns of frames that are not the table's: where a row stands, what is wrong with it, how it was typed."""


class Source(NamedTuple):
    """A table that can be read, and what is needed to give it back as it was.

    `columns` are the names in frames; `written` counts the cells of the header, of which empty ones at the end are no
    columns; `quoted` says that all cells stand between quotes. `line` is the first below the header, `skip` the bytes
    of UTF-8 before it, `row_bytes` the length of a row, about. `taken` is what was read of the standard input, `parts`
    are the files of a folder, `typed` where these agree on types, `loaded` the rows of a sheet.
    """

    path: Path | None
    kind: str
    columns: tuple[str, ...]
    encoding: str = "utf-8"
    bom: bool = False
    delimiter: str = ","
    quoted: bool = False
    newline: str = "\n"
    header_row: int = 1
    sheet: str | None = None
    notes: tuple[Localised, ...] = ()
    written: int = 0
    line: int = 2
    skip: int = 0
    row_bytes: int = 1
    taken: bytes = b""
    parts: tuple[Path, ...] = ()
    typed: bool = False
    loaded: pl.DataFrame | None = None

    @property
    def about(self) -> int | None:
        """Return how many rows there are, as far as is known without reading them."""
        if self.loaded is not None:
            return self.loaded.height
        if self.kind != "csv" or self.path is None or not self.path.is_file():
            return None
        return max(1, self.path.stat().st_size // max(1, self.row_bytes))


def without(frame: pl.DataFrame, names: Collection[str]) -> pl.DataFrame:
    """Return a frame without some of its columns; `drop` would take the name “*” for a pattern."""
    return frame.select(column for column in frame if column.name not in names)


def spelt(told: pl.DataFrame) -> pl.DataFrame:
    """Return what is told of cases with ids as text."""
    import polars as pl
    from polars import selectors

    return told.with_columns(selectors.enum().cast(pl.String))
