"""A table out, all or nothing: beside the old one first, then in its place."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, runtime_checkable

from boussole.atomic import replacing
from boussole.errors import BoussoleError, TableError
from boussole.i18n import gettext
from boussole.tables.reading import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    import polars as pl
    from numpy.typing import NDArray

    from boussole.i18n import Localised
    from boussole.tables.source import Source

    Numbers = NDArray[Any]


class Form(Protocol):
    """One kind of table being written: frames, then its end."""

    @property
    def notes(self) -> Sequence[Localised]:
        """Return what is to be said of the file."""

    def add(self, frame: pl.DataFrame) -> None:
        """Write the rows of a frame; all frames have the same columns."""

    def finish(self) -> None:
        """Write what stands at the end."""

    def drop(self) -> None:
        """Take away what waits to be written, where the table is abandoned."""


@runtime_checkable
class Sharing(Protocol):
    """A kind of table in which what many rows have in common is written once for all of them."""

    def add_shared(self, frame: pl.DataFrame, told: pl.DataFrame, case: Numbers) -> None:
        """Write the rows of a frame, and beside each the row of `told` that is its `case`."""


class Writer:
    """Writes frames to a file that takes the place of the old one when closed, or to the standard output."""

    def __init__(
        self, path: Path | None, like: Source, kind: str, *, safe_cells: bool, links: Mapping[str, str]
    ) -> None:
        """Start beside `path`."""
        self._open = ExitStack()
        file = self._open.enter_context(_standard_output(kind) if path is None else _replacing(path))
        self._form = _form(file, like, kind, safe_cells=safe_cells, links=links)

    @property
    def notes(self) -> Sequence[Localised]:
        """Return what is to be said of the file: what it could not hold as it was."""
        return self._form.notes

    def write(self, frame: pl.DataFrame, told: pl.DataFrame | None = None, case: Numbers | None = None) -> None:
        """Add rows: the table's own columns and those of boussole; `__line`, `__problem` and `__raw` stay out.

        Beside each stands the row of `told` that is its `case`: rows that share one share its writing, too.
        """
        with self._abandoning():
            if told is None or case is None:
                self._form.add(frame)
            elif isinstance(self._form, Sharing):
                self._form.add_shared(frame, told, case)
            else:
                from boussole.tables.source import spelt

                self._form.add(frame.hstack(spelt(told)[case]))

    def close(self) -> None:
        """End the file and put it in the place of the old one."""
        with self._abandoning():
            self._form.finish()
            self._open.close()

    def abandon(self) -> None:
        """Leave the old file as it was."""
        self._leave(_AbandonedError())

    def __enter__(self) -> Self:
        """Return the writer: it is closed when the block ends well, abandoned otherwise."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close or abandon."""
        if error is None:
            self.close()
        else:
            self.abandon()

    @contextmanager
    def _abandoning(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            known = _numbered(error)
            self._leave(known)
            raise known from error

    def _leave(self, error: BaseException) -> None:
        self._form.drop()
        self._open.__exit__(type(error), error, error.__traceback__)


def _numbered(error: BaseException) -> BaseException:
    """Return an error of the system with its number and its words, which Polars gives in its text only."""
    if not isinstance(error, OSError) or error.errno is not None:
        return error
    said = str(error).partition("\n")[0]
    number = re.search(r"\(os error (\d+)\)", said)
    return OSError(errno.EIO, said) if number is None else OSError(int(number[1]), os.strerror(int(number[1])))


class _AbandonedError(Exception):
    """What takes an unfinished file away."""


def open_output(
    path: str | Path,
    *,
    like: Source,
    kind: str | None = None,
    safe_cells: bool = False,
    links: Mapping[str, str] | None = None,
) -> Writer:
    """Start a table that is to stand at `path` (`-`: the standard output) in the form of the one it comes from.

    The kind (`csv`, `xlsx`, `jsonl` or `parquet`) is given, else the ending's; on the standard output JSON Lines stay
    JSON Lines and all else is delimited text. What is named `.tsv` is parted by tabs. With `safe_cells`, cells of
    delimited text that a spreadsheet would take for formulas are written with an apostrophe before them.
    `links` are the addresses of MEDOC by id: in a workbook, their cells lead there.

    Raises:
        BoussoleError: when it cannot be written, or is what is read.

    """
    links = links or {}
    if str(path) == "-":
        kind = kind or ("jsonl" if like.kind == "jsonl" else "csv")
        return Writer(None, like, kind, safe_cells=safe_cells, links=links)
    path = Path(path)
    if any(path.exists() and one.exists() and path.samefile(one) for one in _read(like)):
        raise TableError(
            gettext("“{path}” is the table that is read: it would be lost.", path=path),
            gettext("Choose another name for the result."),
        )
    if _would_be_read(path, like):
        raise TableError(
            gettext("“{path}” would be one of the files that are read.", path=path),
            gettext("Choose another folder for the result."),
        )
    if kind is None and path.suffix.lower() == ".xlsm":
        raise TableError(
            gettext("“{path}”: boussole writes no workbook with macros.", path=path.name),
            gettext("Give it a name that ends in .xlsx."),
        )
    if path.suffix.lower() in {".tsv", ".tab"}:
        like = like._replace(delimiter="\t")
    return Writer(path, like, kind or kind_of(path), safe_cells=safe_cells, links=links)


def _would_be_read(path: Path, like: Source) -> bool:
    """Tell whether a new file would be one more of the parts of a folder or pattern."""
    if like.path is None or like.parts in {(), (like.path,)}:
        return False
    folder, pattern = (like.path, "*.parquet") if like.path.is_dir() else (like.path.parent, like.path.name)
    return fnmatch(path.name, pattern) and path.parent.resolve() == folder.resolve()


def _read(like: Source) -> Sequence[Path]:
    return like.parts or (() if like.path is None else (like.path,))


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    try:
        with replacing(path) as file:
            yield file
    except TableError:
        raise
    except BoussoleError as error:
        raise TableError(error.what, error.hint) from error


@contextmanager
def _standard_output(kind: str) -> Iterator[IO[bytes]]:
    """Give the standard output, or for kinds that are not written from start to end, a file that is copied there."""
    out = sys.stdout.buffer
    if kind in {"csv", "jsonl"}:
        yield out
    else:
        with tempfile.TemporaryFile() as file:
            yield file
            file.seek(0)
            shutil.copyfileobj(file, out)
    out.flush()


def _form(file: IO[bytes], like: Source, kind: str, *, safe_cells: bool, links: Mapping[str, str]) -> Form:
    match kind:
        case "xlsx":
            from boussole.tables.excel_writing import Workbook

            return Workbook(file, like, links)
        case "jsonl":
            from boussole.tables.jsonl import Lines

            return Lines(file, like)
        case "parquet":
            from boussole.tables.parquet import Columns

            return Columns(file, like)
        case _:
            from boussole.tables.delimited.writing import Delimited

            return Delimited(file, like, safe_cells=safe_cells)
