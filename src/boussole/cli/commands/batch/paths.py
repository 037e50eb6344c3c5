"""`boussole batch --paths`: a personal path for each row, which is that of `boussole recommend -o` for its answers."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from boussole.cli.commands.batch.options import PATH_FORMS
from boussole.cli.output import Format
from boussole.cli.parameters import one_of
from boussole.cli.result import render
from boussole.core.answers.answers import Answers
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.errors import BoussoleError, cannot_write, need, remedy_of
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.batch.file_names import FileNames
    from boussole.batch.partitions import Job
    from boussole.batch.recommending import Recommended
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value
    from boussole.tables.interface import Table

_ALONE = 12
"""How many paths are made in this process: to start others takes as long."""
_AHEAD = 32
"""How many paths wait to be written for each process that makes them."""
_Key = tuple[tuple[str, "Value"], ...]


class PathOptions(NamedTuple):
    """Where paths go, in which form, and after which column they are named."""

    folder: Path
    form: Format
    column: str | None


def path_options(folder: Path | None, form: str | None, column: str | None) -> PathOptions | None:
    """Return what the command line says of paths; None where none are asked for.

    Raises:
        BoussoleError: when it says something of paths, and none are asked for, or there is no such form.

    """
    one_of("--paths-to", form, PATH_FORMS)
    for option, value in (("--paths-to", form), ("--path-name", column)):
        if value is not None and folder is None:
            raise BoussoleError(
                gettext("{option} says how to write paths, and there is no --paths.", option=option),
                gettext("Add --paths FOLDER."),
            )
    return None if folder is None else PathOptions(folder, Format(form or Format.HTML), column)


class PathMaker(NamedTuple):
    """All that decides what the path of a row is; it can be sent to another process."""

    compass: Compass
    catalogue: Catalogue
    language: str
    form: Format
    top: int | None

    def path(self, values: _Key) -> bytes:
        """Return the path for somebody who gives these answers."""
        answers = Answers.given(dict(values))
        ranking = rank(self.compass, self.catalogue, situate(self.compass, answers))
        made = render(self.form, ranking, answers, self.language, shown=ranking.top(self.top))
        return made.encode() if isinstance(made, str) else made


class Paths:
    """Writes a path for each row that is not rejected; they stand aside until all are there."""

    def __init__(self, maker: PathMaker, waiting: Path, names: FileNames, column: str | None) -> None:
        """Write into the folder `waiting`; name files after `column`, or the number of the row."""
        self._maker = maker
        self._waiting = waiting
        self._names = names
        self._column = column
        self._rows = 0
        self._known: dict[_Key, str] = {}
        self._pool: ProcessPoolExecutor | None = None
        self._coming: deque[tuple[str, Future[bytes]]] = deque()
        self._copies: list[tuple[str, str]] = []
        self.written: list[str] = []

    def add(self, advised: Recommended) -> None:
        """Write the paths of the rows of a frame; those that answer the same share one making."""
        wanted = [None] * advised.rows.height if self._column is None else advised.rows[self._column].to_list()
        keys: dict[int, _Key | None] = {}
        for text, case in zip(wanted, advised.case.tolist(), strict=True):
            self._rows += 1
            if case not in keys:
                answers = advised.answers(case)
                keys[case] = (
                    None if answers is None else tuple((id_, one.value) for id_, one in answers.by_question.items())
                )
            key = keys[case]
            if key is not None:
                self._add(key, self._names.name(text, self._rows))

    def finish(self) -> None:
        """Write those that are being made."""
        while self._coming:
            self._take()
        for name, same in self._copies:
            shutil.copyfile(self._waiting / same, self._waiting / name)

    def close(self) -> None:
        """End the processes, whatever they were doing."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _add(self, key: _Key, name: str) -> None:
        self.written.append(name)
        if key in self._known:
            self._copies.append((name, self._known[key]))
            return
        self._known[key] = name
        if len(self._known) <= _ALONE:
            (self._waiting / name).write_bytes(self._maker.path(key))
            return
        workers = os.cpu_count() or 1
        if self._pool is None:  # not by fork: Polars has threads
            self._pool = ProcessPoolExecutor(workers, get_context("spawn"), _take_maker, (self._maker,))
        self._coming.append((name, self._pool.submit(_make, key)))
        if len(self._coming) > workers * _AHEAD:
            self._take()

    def _take(self) -> None:
        name, made = self._coming.popleft()
        (self._waiting / name).write_bytes(made.result())


_makers: list[PathMaker] = []
"""What this process makes paths with, where it was started for that."""


def _take_maker(maker: PathMaker) -> None:
    _makers.append(maker)


def _make(key: _Key) -> bytes:
    return _makers[-1].path(key)


@contextmanager
def writing_paths(job: Job, table: Table, options: PathOptions, taken: Sequence[str | Path]) -> Iterator[Paths]:
    """Give what writes a path per row into the folder of `options`, all of them or none.

    `taken` are the files that are read or written beside: none of them is written over.

    Raises:
        BoussoleError: when the form or the column is not there, or the folder cannot be written.

    """
    from boussole.batch.file_names import FileNames
    from boussole.batch.mapping.plan import find_column
    from boussole.tables.same_file import refuse_same

    folder, form, _ = options
    if form is Format.PDF:
        need("pdf", "PDF", "typst")
    column = None if options.column is None else find_column(options.column, table.columns)
    maker = PathMaker(job.compass, job.catalogue, job.language, form, job.top)
    fresh = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".boussole-", dir=folder) as waiting:
            paths = Paths(maker, Path(waiting), FileNames(f".{form.value}"), column)
            try:
                yield paths
                paths.finish()
            finally:
                paths.close()
            refuse_same(taken, [folder / name for name in paths.written])
            for name in paths.written:
                (Path(waiting) / name).replace(folder / name)  # a link is replaced, never followed
    except OSError as error:
        raise BoussoleError(cannot_write(folder, error), remedy_of(error)) from error
    finally:
        if fresh and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
