"""Parquet in and out: a file, or parts in a folder."""

from __future__ import annotations

import errno
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import polars as pl

from boussole.batch.jsonlines import SEPARATOR
from boussole.batch.names import UNNAMED, about_columns, named
from boussole.batch.source import LINE, PROBLEM, RAW, Source
from boussole.errors import TableError
from boussole.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.messages import Localised

_GROUP = 131_072  # rows of a row group


def open_parquet(path: Path) -> Source:
    """Read the columns of a file, of all in a folder, or of all that a pattern names, in the order of their names.

    Raises:
        TableError: when there is none, one cannot be read, or they differ in their columns.

    """
    if path.is_dir():
        parts = tuple(sorted(path.glob("*.parquet")))
    else:
        parts = (path,) if path.exists() else tuple(sorted(path.parent.glob(path.name)))
    if not parts:
        raise TableError(
            message("there is no Parquet file in “{path}”.", path=path), message("Their names end in .parquet.")
        )
    columns = named(_columns(parts[0]))
    for part in parts[1:]:
        if named(_columns(part)) != columns:
            raise TableError(
                message("“{path}” has other columns than “{other}”.", path=part, other=parts[0]),
                message("Keep together what was made together."),
            )
    said = counted("read as Parquet, {count} file.", "read as Parquet, {count} files.", len(parts))
    rows = sum(_scanned(part).select(pl.len()).collect().item() for part in parts)
    return Source(
        path=path, kind="parquet", columns=columns, line=1, notes=(said, *about_columns(0, rows=rows > 0)), parts=parts
    )


def parquet_frames(source: Source, rows: int) -> Iterator[pl.DataFrame]:
    """Yield the rows of all parts, values as text, numbered through; the values themselves stand in `__raw`."""
    line = 1
    for part in source.parts:
        try:
            for typed in _scanned(part).collect_batches(chunk_size=rows, maintain_order=True):
                yield as_text(typed, source.columns, line)
                line += typed.height
        except pl.exceptions.PolarsError as error:
            raise _unreadable(part, error) from error


def as_text(typed: pl.DataFrame, columns: tuple[str, ...], line: int) -> pl.DataFrame:
    """Return rows as frames have them: `columns` as text, `__line` from `line` on, `__problem`, and `__raw`."""
    typed = typed.rename(dict(zip(typed.columns, columns, strict=True)))
    values = [] if all(kind == pl.String for kind in typed.dtypes) else [typed.to_struct(RAW)]
    text = typed.select(_text(name, kind) for name, kind in typed.schema.items())
    numbers = pl.int_range(line, line + typed.height, dtype=pl.Int64, eager=True).alias(LINE)
    return text.with_columns(numbers, pl.lit(None, pl.String).alias(PROBLEM), *values)


def _text(name: str, kind: pl.DataType) -> pl.Expr:
    """Return a column as text: whole numbers without a point, lists joined."""
    column = pl.col(name)
    if kind.is_float():
        return column.cast(pl.String).str.replace(r"\.0$", "")
    if isinstance(kind, pl.List | pl.Array):
        return column.cast(pl.List(pl.String)).list.join(SEPARATOR)
    if isinstance(kind, pl.Struct):
        return pl.when(column.is_not_null()).then(column.struct.json_encode())
    if isinstance(kind, pl.Binary):
        return column.cast(pl.String, strict=False)
    return column.cast(pl.String)


def _columns(part: Path) -> list[str]:
    try:
        return _scanned(part).collect_schema().names()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unreadable(part, error) from error


def _scanned(part: Path) -> pl.LazyFrame:
    return pl.scan_parquet(part, glob=False)


def _unreadable(part: Path, error: Exception) -> TableError:
    reason = str(error).partition("\n")[0].rstrip(".")
    return TableError(
        message("“{path}” cannot be read: {reason}.", path=part, reason=reason),
        message("Make the file again: it is no Parquet file, or it is damaged."),
    )


class Columns:
    """Writes frames as Parquet; what was read from Parquet keeps its types.

    The rows wait in files of their own until the end: Polars writes a Parquet file in one go.
    """

    def __init__(self, file: IO[bytes], like: Source) -> None:
        """Make a folder for the rows that wait."""
        self._file = file
        self._like = like
        self._waiting = tempfile.TemporaryDirectory(prefix="boussole-")
        self._parts: list[Path] = []
        self.notes: tuple[Localised, ...] = ()

    def add(self, frame: pl.DataFrame) -> None:
        """Put rows aside."""
        theirs = self._like.columns
        if RAW in frame.columns and isinstance(frame[RAW].dtype, pl.Struct) and set(theirs) <= set(frame.columns):
            frame = frame.with_columns(frame[RAW].struct.unnest())
        shown = frame.drop(LINE, PROBLEM, RAW, strict=False)
        names = {name: name.removeprefix("__") for name in shown.columns if name.startswith(UNNAMED)}
        part = Path(self._waiting.name) / f"{len(self._parts):09}.parquet"
        with _system_errors():
            shown.rename(names).write_parquet(part, compression="lz4", statistics=False)
        self._parts.append(part)

    def finish(self) -> None:
        """Write them all."""
        if self._parts:
            with _system_errors():
                pl.scan_parquet(self._parts, glob=False).sink_parquet(
                    self._file, compression="zstd", compression_level=3, statistics=True, row_group_size=_GROUP
                )
        self.drop()

    def drop(self) -> None:
        """Take away the rows that wait."""
        self._waiting.cleanup()


@contextmanager
def _system_errors() -> Iterator[None]:
    """Raise what Polars says of a full disk as what it is."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        raise OSError(errno.EIO, str(error).partition("\n")[0]) from error
