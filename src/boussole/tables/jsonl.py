"""JSON Lines in and out: an object a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, ClassVar, NamedTuple

import polars as pl

from boussole.errors import TableError
from boussole.escape import escaped_controls
from boussole.i18n import gettext
from boussole.tables.columns import UNNAMED, about_columns, named, unmade
from boussole.tables.delimited.transcoding import LONGEST_ROW, UTF_8, undecodable
from boussole.tables.frames import INTERNAL, LINE, RAW, problems_column, without
from boussole.tables.interface import Table
from boussole.tables.json_values import (
    TEXTS,
    cell_of,
    is_whole,
    names_in,
    object_of,
    one_a_line,
    whole_text,
    without_names,
)
from boussole.tables.problems import RowCode, RowProblem
from boussole.tables.sources.stream import open_source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import Self

    from boussole.i18n import Localised
    from boussole.tables.interface import ReadOptions, WriteOptions

_MANY_KEYS, _SPARSEST = 500, 100
"""With so many names, a table of which only each hundredth cell is filled is none: it would grow with the square."""


@dataclass(frozen=True, kw_only=True)
class JsonLinesTable(Table):
    """JSON Lines: `keyed` says that a column without a name has the empty key."""

    kind: ClassVar[str] = "jsonl"

    keyed: bool = True

    @classmethod
    def open(cls, path: Path | None, options: ReadOptions) -> Self:
        """Read the names in all objects: each is a column, in the order in which they come.

        Raises:
            TableError: when the file cannot be read, or holds no object.

        """
        keys: dict[str, None] = {}
        lines = filled = 0
        first = ""
        for _, text in _lines(path):
            names = names_in(text)
            first = first or text
            lines, filled = lines + 1, filled + len(names)
            if not keys.keys() >= names:
                keys |= dict.fromkeys(name for name in names if whole_text(name) == name)
        shown = Path(options.shown or path or "-")
        if first.startswith("[") and (not keys or not is_whole(first)):
            raise TableError(gettext("“{path}” is one list, and no object a line.", path=shown), one_a_line(shown))
        if not keys:
            raise TableError(gettext("“{path}” holds no JSON object.", path=shown), gettext("Write an object a line."))
        if len(keys) > _MANY_KEYS and len(keys) * lines > _SPARSEST * filled:
            raise TableError(
                gettext("the objects have {count} different names, and hardly any in common.", count=len(keys)),
                gettext("Write objects of the same names, one a line."),
            )
        said = gettext("read as JSON Lines, with the columns of all lines.")
        notes = (said, *about_columns(0, rows=True))
        return cls(path=path, columns=named(list(keys), shown), typed=True, notes=notes)

    @classmethod
    def converted(cls, other: Table) -> Self:
        """Return JSON Lines with these columns."""
        return cls(columns=other.columns, keyed=other.nameless)

    def frames(self, rows: int, _used: Collection[str] | None = None) -> Iterator[pl.DataFrame]:
        """Yield the objects, values as text: lists joined by `|`, numbers as they are written."""
        keys = ["" if name.startswith(UNNAMED) else name for name in self.columns]
        found: list[_Line] = []
        for line, text in _lines(self.path):
            found.append(_read(line, text, keys))
            if len(found) == rows:
                yield _frame(self.columns, found)
                found = []
        if found:
            yield _frame(self.columns, found)

    def without(self, frame: pl.DataFrame, names: Collection[str]) -> pl.DataFrame:
        """Return rows without some of the names, whose objects are written anew without them."""
        lines = [without_names(raw, names) for raw in frame[RAW]]
        return without(frame, names).with_columns(pl.Series(RAW, lines, pl.String))

    def write_like(self, file: IO[bytes], _options: WriteOptions) -> JsonLinesWriter:
        """Start writing an object a row."""
        return JsonLinesWriter(file, self)

    @property
    def nameless(self) -> bool:
        """Tell whether a column without a name has the empty key."""
        return self.keyed


class _Line(NamedTuple):
    """A line: its number, its values in text, what is wrong with it, and the object that it is written as again."""

    number: int
    cells: list[str | None]
    problem: RowProblem | None
    raw: str


def _read(number: int, text: str, keys: list[str]) -> _Line:
    cells, code = _cells(text, keys)
    if code is None:
        return _Line(number, cells, None, text)
    return _Line(number, cells, RowProblem(code), json.dumps({"boussole_line": text}, ensure_ascii=False))


def _frame(columns: Sequence[str], found: list[_Line]) -> pl.DataFrame:
    cells = zip(*(line.cells for line in found), strict=True)
    return pl.DataFrame(
        [
            *(pl.Series(name, values, pl.String) for name, values in zip(columns, cells, strict=True)),
            pl.Series(LINE, [line.number for line in found], pl.Int64),
            problems_column([line.problem for line in found]),
            pl.Series(RAW, [line.raw for line in found], pl.String),
        ]
    )


def _cells(text: str, keys: list[str]) -> tuple[list[str | None], RowCode | None]:
    """Return the values of a line in text, in the order of `keys`, and the code of what is wrong with it."""
    values = object_of(text)
    if not isinstance(values, RowCode):
        try:
            # most are texts, or numbers, in plain letters: no call for these
            return [
                value if (value := values.get(key)).__class__ in TEXTS and value.isascii() else cell_of(value)
                for key in keys
            ], None
        except RecursionError:  # lists in lists in lists
            values = RowCode.NOT_AN_OBJECT
    return [None] * len(keys), values


def _lines(path: Path | None) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, numbered."""
    with open_source(path) as file:
        number = 0
        while raw := file.readline(LONGEST_ROW + 1):
            number += 1
            if len(raw) > LONGEST_ROW:
                raise TableError(
                    gettext("line {line} is longer than {count} MiB.", line=number, count=LONGEST_ROW >> 20),
                    gettext("Write an object a line."),
                )
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip("\r\n\t ")
            except UnicodeDecodeError as error:
                raise TableError(
                    undecodable(UTF_8, number).what, gettext("JSON Lines are in UTF-8: write the file again so.")
                ) from error
            if text:
                yield number, text


class JsonLinesWriter:
    """Writes frames as JSON Lines; what was read from JSON Lines stays as it was typed, and ours come after."""

    def __init__(self, file: IO[bytes], like: JsonLinesTable) -> None:
        """Write nothing yet."""
        self._file = file
        self._like = like
        self.notes: tuple[Localised, ...] = ()

    def add(self, frame: pl.DataFrame) -> None:
        """Write an object a row."""
        theirs = self._like.columns
        if self._like.typed and RAW in frame.columns and set(theirs) <= set(frame.columns):
            ours = without(frame, {*theirs, *INTERNAL})
            added = ours.write_ndjson().split("\n") if ours.width else ["{}"] * frame.height
            lines = (_joined(raw, one) for raw, one in zip(frame[RAW], added, strict=False))
            self._write("".join(f"{line}\n" for line in lines))
            return
        shown = without(frame, INTERNAL)
        self._write(shown.rename(unmade(shown.columns, nameless=self._like.keyed)).write_ndjson())

    def _write(self, lines: str) -> None:
        """Write lines that read back the same, and drive no terminal."""
        self._file.write(escaped_controls(lines).encode())

    def finish(self) -> None:
        """Write nothing more."""

    def drop(self) -> None:
        """Leave nothing behind: nothing waits."""


def _joined(first: str, second: str) -> str:
    """Return two objects made one."""
    start, end = first.rstrip()[:-1].rstrip(), second[1:]
    return start + ("" if start == "{" or end == "}" else ", ") + end
