"""What every kind of table can do: say its columns, give its rows as frames of text, have others written like it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, ClassVar, NamedTuple, Protocol, runtime_checkable

from boussole.empty import EMPTY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Self

    import polars as pl

    from boussole.arrays import Int64
    from boussole.i18n import Localised


class ReadOptions(NamedTuple):
    """How a table is to be read, where somebody said so; None is found out.

    `shown` is what it is called to people, where that is another name than the file's that is read.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    shown: str | None = None


class WriteOptions(NamedTuple):
    """How rows are to be written: `safe_cells` holds no formula, `links` are addresses of what is added, by its id."""

    safe_cells: bool = False
    links: Mapping[str, str] = EMPTY


@dataclass(frozen=True, kw_only=True)
class Table(ABC):
    """A table that was found out: where it is, which columns it has, what is to be said of it.

    `path` is a file, or a folder or pattern of several; None is the standard input, or nothing yet. `held` is what must
    stay there as long as the table is read. `columns` are the
    names in frames. `typed` says that frames have `__raw`, by which a table written like this one keeps its types. A
    subclass adds how its kind is written, so that the rows can be given back as they were.
    """

    kind: ClassVar[str]
    takes: ClassVar[frozenset[str]] = frozenset()
    """The fields of `ReadOptions` that say something of this kind."""
    marks_empty: ClassVar[bool] = False
    """Whether a row in which nothing is written is a problem in this kind, which people fill by hand."""

    columns: tuple[str, ...]
    path: Path | None = None
    typed: bool = False
    notes: tuple[Localised, ...] = ()
    held: object = None

    @classmethod
    @abstractmethod
    def open(cls, path: Path | None, options: ReadOptions) -> Self:
        """Find out how a table is written.

        Raises:
            TableError: when it cannot be read, or what is given does not fit it.

        """

    @classmethod
    @abstractmethod
    def converted(cls, other: Table) -> Self:
        """Return how a table of another kind is to be written in this one."""

    @abstractmethod
    def frames(self, rows: int, used: Collection[str] | None = None) -> Iterator[pl.DataFrame]:
        """Yield the rows in order, about `rows` at a time: the columns as text, then those of `frames.INTERNAL`.

        What is wrong with a cell is wrong with its row where its column is one of those `used`, which are all if not.

        Raises:
            TableError: when what comes cannot be read.

        """

    @abstractmethod
    def write_like(self, file: IO[bytes], options: WriteOptions) -> RowWriter:
        """Start writing rows to `file` as this table is written."""

    def without(self, frame: pl.DataFrame, names: Collection[str]) -> pl.DataFrame:
        """Return rows of this table without some of its columns, also in `__raw`, which has a field for each."""
        from boussole.tables.frames import without_typed

        return without_typed(frame, names)

    @property
    def elsewhere(self) -> Localised | None:
        """Return where else in its file the table that was meant may be, as what to do."""
        return None

    @property
    def about(self) -> int | None:
        """Return how many rows there are, as far as is known without reading them."""
        return None

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files that are read."""
        return () if self.path is None else (self.path,)

    @property
    def nameless(self) -> bool:
        """Tell whether a column without a name has, in this kind, the empty name: elsewhere one is made up."""
        return False


class RowWriter(Protocol):
    """A table being written: frames of the same columns, then its end."""

    @property
    def notes(self) -> Sequence[Localised]:
        """Return what is to be said of the file."""

    def add(self, frame: pl.DataFrame) -> None:
        """Write the rows of a frame."""

    def finish(self) -> None:
        """Write what stands at the end."""

    def drop(self) -> None:
        """Take away what waits to be written, where the table is abandoned."""


@runtime_checkable
class SharingWriter(Protocol):
    """A writer by which what many rows have in common is put in writing once for all of them."""

    def add_shared(self, frame: pl.DataFrame, told: pl.DataFrame, case: Int64) -> None:
        """Write the rows of a frame, and beside each the row of `told` that is its (rows,) `case`."""
