"""Parquet in and out: a file, or parts in a folder."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, ClassVar

import polars as pl

from boussole.atomic import temporary_folder
from boussole.errors import TableError, cannot_read, remedy_of
from boussole.i18n import gettext, ngettext
from boussole.tables.columns import about_columns, named, unmade
from boussole.tables.frames import INTERNAL, RAW, labelled, without
from boussole.tables.interface import Table
from boussole.tables.json_values import SEPARATOR
from boussole.tables.sources.parts import parts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import Self

    from polars._typing import PolarsDataType

    from boussole.i18n import Localised
    from boussole.tables.interface import ReadOptions, WriteOptions

_GROUP = 131_072  # rows of a row group
_GREATEST = 2.0**63  # whole numbers below have as many digits as they are
_DIGITS = 38  # of decimals of 128 bits: Polars reads none of more
_CENTS = 2  # decimals that are written though they are zero, as prices are: of more, 12.000 could be twelve thousand
_SINGLE = (pl.String, pl.Boolean, pl.Null, pl.Categorical, pl.Enum)


@dataclass(frozen=True, kw_only=True)
class ParquetTable(Table):
    """Parquet: a file, or the `parts` of a folder or pattern, which are `typed` where they agree on types.

    `kept` are the places of the columns that can be read. `keyed` says that a column without a name has the empty name.
    """

    kind: ClassVar[str] = "parquet"

    parts: tuple[Path, ...] = ()
    kept: tuple[int, ...] = ()
    keyed: bool = True

    @classmethod
    def open(cls, path: Path | None, options: ReadOptions) -> Self:
        """Read the columns of a file, of all in a folder, or of all that a pattern names, in the order of their names.

        Raises:
            TableError: when there is none, one cannot be read, or they differ in their columns.

        """
        parts = () if path is None else (path,) if path.is_file() else parts_of(path, "parquet")
        if not parts:
            raise TableError(
                gettext("there is no Parquet file in “{path}”.", path=path), gettext("Their names end in .parquet.")
            )
        schema, alike = _shared_schema(parts, options.shown)
        kept = [place for place, kind in enumerate(schema.dtypes()) if _is_read(kind)]
        names = schema.names()
        said = [ngettext("read as Parquet, {count} file.", "read as Parquet, {count} files.", len(parts))]
        if not alike:
            said.append(gettext("the files differ in the types of their columns: all is taken as text."))
        said.extend(
            gettext("column “{name}”: its type cannot be read, it is left out.", name=name)
            for place, name in enumerate(names)
            if place not in kept
        )
        rows = sum(_scanned(part).select(pl.len()).collect().item() for part in parts)
        return cls(
            path=path,
            columns=named([names[place] for place in kept], path),
            kept=tuple(kept),
            notes=(*said, *about_columns(0, rows=rows > 0)),
            parts=parts,
            typed=alike,
        )

    @classmethod
    def converted(cls, other: Table) -> Self:
        """Return Parquet with these columns, which are text."""
        return cls(columns=other.columns, keyed=other.nameless)

    def frames(self, rows: int, _used: Collection[str] | None = None) -> Iterator[pl.DataFrame]:
        """Yield the rows of all parts, values as text, numbered through; the values themselves stand in `__raw`."""
        line = 1
        for part in self.parts:
            try:
                found = _scanned(part).select(pl.nth(self.kept))  # by place: a name may be a pattern
                for typed in found.collect_batches(chunk_size=rows, maintain_order=True):
                    yield as_text(typed, self.columns, line, keep=self.typed)
                    line += typed.height
            except (pl.exceptions.PolarsError, OSError) as error:
                raise _unreadable(part, error) from error

    def write_like(self, file: IO[bytes], _options: WriteOptions) -> ParquetWriter:
        """Start writing one file."""
        return ParquetWriter(file, self)

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the parts."""
        return self.parts

    @property
    def nameless(self) -> bool:
        """Tell whether a column without a name has the empty name."""
        return self.keyed


def _shared_schema(parts: Sequence[Path], shown: str | None) -> tuple[pl.Schema, bool]:
    """Return the schema of the first of some parts, and whether the others have the same types.

    Raises:
        TableError: when one cannot be read, or has other columns.

    """
    first, alike = _schema(parts[0], shown), True
    for part in parts[1:]:
        schema = _schema(part)
        if schema.names() != first.names():
            raise TableError(
                gettext("“{path}” has other columns than “{other}”.", path=part, other=parts[0]),
                gettext("Keep together what was made together."),
            )
        alike = alike and schema == first
    return first, alike


def as_text(typed: pl.DataFrame, columns: tuple[str, ...], line: int, *, keep: bool = True) -> pl.DataFrame:
    """Return rows as frames have them: `columns` as text, `__line` from `line` on, `__problem`, `__raw` to `keep`."""
    typed = typed.rename(dict(zip(typed.columns, columns, strict=True)))
    values = [typed.to_struct(RAW)] if keep and any(kind != pl.String for kind in typed.dtypes) else []
    # by place: pl.col would take “*” and “^a$” for patterns
    text = typed.select(_text(pl.nth(place), one.dtype).alias(one.name) for place, one in enumerate(typed))
    lines = pl.int_range(line, line + typed.height, dtype=pl.Int64, eager=True)
    return labelled(text, lines).with_columns(*values)


def _text(column: pl.Expr, kind: PolarsDataType) -> pl.Expr:
    """Return a column as text: whole numbers without a point, lists joined, what has parts as JSON; NaN is nothing."""
    if kind.is_float():
        whole = (column == column.round()) & (column.abs() < _GREATEST)
        return (
            pl.when(whole)
            .then(column.cast(pl.Int64, strict=False).cast(pl.String))
            .when(column.is_not_nan())
            .then(column.cast(pl.String))
        )
    if isinstance(kind, pl.Decimal):
        text = column.cast(pl.String)
        return text if kind.scale <= _CENTS else text.str.replace(r"\.0+$", "")
    if isinstance(kind, pl.List | pl.Array) and (isinstance(kind.inner, pl.Binary) or _is_single(kind.inner)):
        return column.cast(pl.List(kind.inner)).list.eval(_text(pl.element(), kind.inner)).list.join(SEPARATOR)
    if isinstance(kind, pl.List | pl.Array) and _is_plain(kind):
        whole = pl.struct(column.alias("")).struct.json_encode()
        return pl.when(column.is_not_null()).then(whole.str.strip_prefix('{"":').str.strip_suffix("}"))
    if isinstance(kind, pl.Struct) and _is_plain(kind):
        return pl.when(column.is_not_null()).then(column.struct.json_encode())
    if isinstance(kind, pl.Binary):
        return column.map_elements(lambda raw: raw.decode(errors="replace"), return_dtype=pl.String)
    if isinstance(kind, pl.Duration):
        return column.dt.to_string("iso")
    if isinstance(kind, pl.Datetime):
        return column.cast(pl.String).str.replace(r"\.0+(\D|$)", "$1")
    return column.cast(pl.String) if _is_single(kind) else column.map_batches(_told, return_dtype=pl.String)


def _is_single(kind: PolarsDataType) -> bool:
    """Tell whether Polars writes values of a type as text: it stops the program at some that other programs make."""
    return kind.is_numeric() or kind.is_temporal() or isinstance(kind, _SINGLE)


def _is_plain(kind: PolarsDataType) -> bool:
    """Tell whether Polars writes values of a type, which may have parts, as JSON."""
    if isinstance(kind, pl.List | pl.Array):
        return _is_plain(kind.inner)
    if isinstance(kind, pl.Struct):
        return all(_is_plain(field.dtype) for field in kind.fields)
    return _is_single(kind)


def _is_read(kind: PolarsDataType) -> bool:
    """Tell whether Polars reads values of a type."""
    if isinstance(kind, pl.List | pl.Array):
        return _is_read(kind.inner)
    if isinstance(kind, pl.Struct):
        return all(_is_read(field.dtype) for field in kind.fields)
    return not isinstance(kind, pl.Decimal) or kind.precision <= _DIGITS


def _told(values: pl.Series) -> pl.Series:
    """Return values of whatever type as text, what has parts as JSON: slow, and right on anything."""
    told = [_in_words(one) for one in values.to_list()]
    shown = [one if one is None or isinstance(one, str) else _in_json(one) for one in told]
    return pl.Series(values.name, shown, pl.String)


def _in_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _in_words(value: object) -> object:
    """Return a value as JSON can say it."""
    match value:
        case bytes():
            return value.decode(errors="replace")
        case dict():
            return {str(_in_words(key)): _in_words(one) for key, one in value.items()}
        case list():
            return [_in_words(one) for one in value]
        case None | bool() | int() | float():
            return value
        case _:
            return str(value)


def _schema(part: Path, shown: str | None = None) -> pl.Schema:
    try:
        return _scanned(part).collect_schema()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unreadable(shown or part, error) from error


def _scanned(part: Path) -> pl.LazyFrame:
    return pl.scan_parquet(part, glob=False)


def _unreadable(part: str | Path, error: Exception) -> TableError:
    if isinstance(error, OSError) and error.errno is not None:
        return TableError(cannot_read(part, error), remedy_of(error))
    return TableError(  # not in the words of the library, which are English
        gettext("“{path}” cannot be read as Parquet.", path=part),
        gettext("Make the file again: it is no Parquet file, or it is damaged."),
    )


class ParquetWriter:
    """Writes frames as Parquet; what was read from Parquet keeps its types.

    The rows wait in files of their own until the end: Polars writes a Parquet file in one go.
    """

    def __init__(self, file: IO[bytes], like: ParquetTable) -> None:
        """Make a folder for the rows that wait."""
        self._file = file
        self._like = like
        self._waiting = temporary_folder()
        self._parts: list[Path] = []
        self.notes: tuple[Localised, ...] = ()

    def add(self, frame: pl.DataFrame) -> None:
        """Put rows aside."""
        theirs = self._like.columns
        if self._like.typed and RAW in frame.columns and set(theirs) <= set(frame.columns):
            frame = frame.with_columns(frame[RAW].struct.unnest())
        shown = without(frame, INTERNAL)
        names = unmade(shown.columns, nameless=self._like.keyed)
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
        raise OSError(str(error)) from error
