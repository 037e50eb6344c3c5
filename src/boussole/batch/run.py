"""A table through boussole: read, advised and written a few rows at a time, every row accounted for."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.batch.layouts import PREFIX
from boussole.batch.recommending import ERROR, REJECTED, RowCounts
from boussole.errors import TableError
from boussole.i18n import Listing, gettext
from boussole.tables.columns import repeated, written_name
from boussole.tables.empty_rows import are_empty, marked
from boussole.tables.frames import LINE, PROBLEM
from boussole.tables.reading import chunks
from boussole.tables.same_file import refuse_same
from boussole.tables.writing import open_output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import polars as pl

    from boussole.batch.recommending import BatchRecommender, Recommended
    from boussole.i18n import Localised
    from boussole.tables.interface import Table
    from boussole.tables.writing import Writer

_MOST_LABELS = 100_000
"""A column with more distinct values is not counted to the end: it is no column of labels."""


class Target(NamedTuple):
    """Where results go: `path` (`-`: the standard output), the kind of file where its name does not say.

    `read` are the files that are read beside the table, or `-`, the standard input: none of them is written over.
    """

    path: str
    kind: str | None = None
    safe_cells: bool = False
    rejects: Path | None = None
    read: tuple[str | Path, ...] = ()

    def refuse_same(self, table: Table) -> None:
        """Refuse to write over what is read, or twice to one file.

        Raises:
            TableError: when it would be so.

        """
        written: list[str | Path] = [self.path] if self.rejects is None else [self.path, self.rejects]
        refuse_same([*table.files, *self.read], written)


def own_columns(source: Table) -> tuple[str, ...]:
    """Return the columns that an earlier run of boussole added: they are made anew."""
    return tuple(name for name in source.columns if written_name(name).startswith(PREFIX))


def run(
    source: Table,
    adviser: BatchRecommender,
    target: Target,
    *,
    strict: bool = False,
    progress: Callable[[int], None] = lambda _: None,
    also: Callable[[Recommended], None] = lambda _: None,
) -> tuple[RowCounts, tuple[Localised, ...]]:
    """Write the advice for every row; return the count of the rows, and what is to be said of the files.

    `progress` is called with the number of rows done, after each frame, and `also` with the advice for it. Nothing
    takes the place of an old file before all is written.

    Raises:
        TableError: when the table cannot be read; with `strict`, at the first row that is rejected.
        BoussoleError: when something cannot be written.

    """
    target.refuse_same(source)
    old = own_columns(source)
    like = replace(source, columns=tuple(name for name in source.columns if name not in old))
    tally = RowCounts(Counter(), Counter())
    with ExitStack() as files, ThreadPoolExecutor(1) as writing:
        out = files.enter_context(
            open_output(
                target.path, like=like, kind=target.kind, safe_cells=target.safe_cells, links=adviser.addresses()
            )
        )
        rejects = None
        if target.rejects is not None:
            rejects = files.enter_context(open_output(target.rejects, like=like, safe_cells=target.safe_cells))
        done, written = 0, None
        for frame in chunks(source, used=adviser.columns):
            rows = _anew(source, frame, old) if old else frame
            advised = adviser.advise(rows)
            if strict:
                _stop_at_rejected(advised)
            if written is not None:
                written.result()
            written = writing.submit(_write, rows, advised, out, rejects)
            also(advised)
            tally += advised.tally
            done += rows.height
            progress(done)
        if written is not None:
            written.result()
        notes = out.notes
    return tally, tuple(notes)


def _anew(source: Table, frame: pl.DataFrame, old: tuple[str, ...]) -> pl.DataFrame:
    """Return rows without the columns of an earlier run, which are all that some hold."""
    rows = source.without(frame, old)
    if not source.marks_empty or len(source.columns) - len(old) < 2:  # noqa: PLR2004 - see DelimitedTable.frames
        return rows
    return marked(rows, are_empty(rows) & rows[PROBLEM].is_null())


def _write(rows: pl.DataFrame, advised: Recommended, out: Writer, rejects: Writer | None) -> None:
    """Write a frame, while the next one is being advised."""
    if advised.listed is None:
        out.write(rows, advised.told, advised.case)
    else:
        out.write(advised.listed)
    if rejects is not None:
        rejects.write(advised.rejected())


def _stop_at_rejected(advised: Recommended) -> None:
    if REJECTED in advised.tally.rows:
        first = advised.rejected().row(0, named=True)
        raise TableError(
            gettext("line {line}: {error}", line=first[LINE], error=first[ERROR]),
            gettext("Nothing is written. Mend the row, or leave out --strict."),
        )


def replaced(source: Table) -> Iterator[Localised]:
    """Yield what is to be said of the columns of an earlier run."""
    old = own_columns(source)
    if old:
        names = Listing(list(islice(old, 3)))
        yield gettext("columns of an earlier run are made anew: {names}.", names=names)


def label_counts(source: Table) -> dict[str, Counter[str]]:
    """Return how often each value of each column stands in the table; those that are not there are left out.

    Columns whose name stands twice are, too: no map can name them.
    """
    twice = repeated(source.columns)
    named = [name for name in source.columns if written_name(name) not in twice and not name.startswith(PREFIX)]
    counts: dict[str, Counter[str]] = {name: Counter() for name in named}
    for frame in chunks(source):
        for name, counter in counts.items():
            if len(counter) <= _MOST_LABELS:
                pairs: Any = frame[name].drop_nulls().value_counts(sort=True).iter_rows()
                counter.update(dict(pairs))
    return counts
