"""A table out, all or nothing: beside the old one first, then in its place."""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
import shutil
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from boussole.atomic import replacing
from boussole.empty import EMPTY
from boussole.errors import BoussoleError, TableError
from boussole.escape import FORBIDDEN
from boussole.i18n import gettext
from boussole.tables.interface import SharingWriter, WriteOptions
from boussole.tables.kinds import SHEETS, kind_of, table_class
from boussole.tables.same_file import refuse_same
from boussole.tables.sources.unpacking import PACKED, packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    import polars as pl
    from typing_extensions import Buffer

    from boussole.arrays import Int64
    from boussole.i18n import Localised
    from boussole.tables.interface import Table


PACKED_KINDS = {"csv", "jsonl"}
"""The kinds that are packed as they are written: the others are, within."""


class Writer:
    """Writes frames to a file that takes the place of the old one when closed, or to the standard output."""

    def __init__(self, path: Path | None, like: Table, options: WriteOptions) -> None:
        """Start beside `path`, in the form of `like`."""
        self._open = ExitStack()
        file = self._open.enter_context(_standard_output(like.kind) if path is None else _replacing(path))
        if path is not None and (packing := _packing(path)) is not None:
            file = self._open.enter_context(packed(file, packing))
        self._form = like.write_like(file, options)

    @property
    def notes(self) -> Sequence[Localised]:
        """Return what is to be said of the file: what it could not hold as it was."""
        return self._form.notes

    def write(self, frame: pl.DataFrame, told: pl.DataFrame | None = None, case: Int64 | None = None) -> None:
        """Add rows: the table's own columns and those of boussole; `__line`, `__problem` and `__raw` stay out.

        Beside each stands the row of `told` that is its (rows,) `case`: rows that share one share its writing, too.
        """
        with self._abandoning():
            if told is None or case is None:
                self._form.add(frame)
            elif isinstance(self._form, SharingWriter):
                self._form.add_shared(frame, told, case)
            else:
                from boussole.tables.frames import spelt

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
    like: Table,
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
    options = WriteOptions(safe_cells, links or EMPTY)
    if str(path) == "-":
        return Writer(None, _for_stdout(_in_kind(like, kind or ("jsonl" if like.kind == "jsonl" else "csv"))), options)
    path = Path(path)
    refuse_same(like.files, [path])
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
    if kind is None and path.suffix.lower().removeprefix(".") in SHEETS:
        raise TableError(
            gettext("“{path}”: boussole reads this kind of workbook, and does not write it.", path=path.name),
            gettext("Give it a name that ends in .xlsx."),
        )
    packing = _packing(path)
    named = path if packing is None else path.with_suffix("")
    form = _in_kind(like, kind or kind_of(named))
    if packing == "zip" or (packing is not None and form.kind not in PACKED_KINDS):
        raise TableError(
            gettext("“{path}”: boussole packs only .csv and .jsonl, as .gz or .zst.", path=path.name),
            gettext("Give it a name that ends in {ending}.", ending=f".{form.kind}"),
        )
    if named.suffix.lower() in {".tsv", ".tab"} and form.kind == "csv":
        form = replace(form, delimiter="\t")  # type: ignore[call-arg] # which delimited text has
    return Writer(path, form, options)


def _packing(path: Path) -> str | None:
    """Return how a file is to be packed, by its name."""
    ending = path.suffix.lower().removeprefix(".")
    return ending if ending in PACKED else None


def _in_kind(like: Table, kind: str) -> Table:
    return like if like.kind == kind else table_class(kind).converted(like)


def _would_be_read(path: Path, like: Table) -> bool:
    """Tell whether a new file would be one more of the parts of a folder or pattern."""
    if like.path is None or like.files == (like.path,):
        return False
    if like.path.is_dir():
        return path.suffix.lower() in {one.suffix.lower() for one in like.files} and _is_in(path, like.path)
    return fnmatch(path.name, like.path.name) and _is_in(path, like.path.parent)


def _is_in(path: Path, folder: Path) -> bool:
    return path.parent.resolve() == folder.resolve()


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    try:
        with replacing(path) as file:
            yield file
    except TableError:
        raise
    except BoussoleError as error:
        raise TableError(error.what, error.hint) from error


def _for_stdout(form: Table) -> Table:
    """Return the form in which a table is written there: in the letters of the terminal, where it is one.

    Raises:
        TableError: when it is no text, and a terminal.

    """
    if not sys.stdout.isatty():
        return form
    if form.kind not in PACKED_KINDS:
        raise TableError(gettext("This form cannot be shown on a terminal."), gettext("Write it with -o FILE."))
    if form.kind == "csv":
        return replace(form, encoding="utf-8", bom=False)  # type: ignore[call-arg] # which delimited text has
    return form


class _Shown(io.RawIOBase):
    """A terminal, which cells of strangers must not drive: what could do it is left out."""

    def __init__(self, terminal: IO[bytes]) -> None:
        self._terminal = terminal
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")  # what is written may end inside a letter

    def writable(self) -> bool:
        return True

    def write(self, content: Buffer, /) -> int:
        content = bytes(content)
        self._terminal.write(re.sub(FORBIDDEN, "", self._decoder.decode(content)).encode())
        return len(content)


@contextmanager
def _standard_output(kind: str) -> Iterator[IO[bytes]]:
    """Give the standard output, or for kinds that are not written from start to end, a file that is copied there."""
    out = sys.stdout.buffer
    if kind in PACKED_KINDS:
        yield cast("IO[bytes]", _Shown(out)) if sys.stdout.isatty() else out
    else:
        with tempfile.TemporaryFile() as file:
            yield file
            file.seek(0)
            shutil.copyfileobj(file, out)
    out.flush()
