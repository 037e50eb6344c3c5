"""A folder of CSV or Parquet parts in, the same parts out: each is work of its own, here or on a cluster."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.batch.layouts import Long, Wide
from boussole.batch.manifest import MANIFEST, Done, Manifest, digest_of, made_with
from boussole.batch.recommending import BatchRecommender, RowCounts
from boussole.batch.run import Target, run
from boussole.errors import BoussoleError, TableError, cannot_read, cannot_write
from boussole.i18n import gettext
from boussole.tables.reading import open_table
from boussole.tables.same_file import refuse_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from boussole.batch.mapping.plan import Plan
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

_PATIENCE = 10  # seconds
_RETRIES = 3
_STAGE = ".boussole-strict"
"""The folder in which results wait until all are there, where one rejected row makes all of them void."""


class PartForm(NamedTuple):
    """What parts are written in, and how they are read where somebody said so; their results are written alike."""

    kind: str = "parquet"
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    safe_cells: bool = False


class Job(NamedTuple):
    """All that decides what becomes of a row; it can be sent to another machine."""

    compass: Compass
    catalogue: Catalogue
    plan: Plan
    language: str
    long: bool = False
    top: int | None = None
    titles: bool = False
    form: PartForm = PartForm()

    def adviser(self) -> BatchRecommender:
        """Return what does the work."""
        layout = (
            Long(self.compass, self.catalogue, self.language, top=self.top)
            if self.long
            else Wide(self.compass, self.catalogue, self.language, top=self.top, titles=self.titles)
        )
        return BatchRecommender(self.compass, self.catalogue, self.plan, language=self.language, layout=layout)

    def made_with(self) -> dict[str, object]:
        """Return what says of results which definitions and options they were made with."""
        said = {"layout": "long" if self.long else "wide", "language": self.language, "top": self.top}
        given = {key: value for key, value in self.form._asdict().items() if value != PartForm()._asdict()[key]}
        return made_with(self.compass, self.catalogue, self.plan, said | {"titles": self.titles} | given)


class Parts(NamedTuple):
    """The parts of a folder and where their results go: those of `todo` have none yet, or were changed since.

    `folder` holds the results that are there, `manifest` says what they were made from; new ones go to `into`, which
    is another folder where they must all be there before any is.
    """

    job: Job
    folder: Path
    todo: tuple[Path, ...]
    done: int
    manifest: Manifest
    into: Path
    strict: bool = False


class Refused(NamedTuple):
    """What a part cannot be done for, as it is sent back from another machine."""

    error: tuple[Any, Any]


def run_partition(job: Job, part: Path, folder: Path, *, strict: bool = False) -> Done:
    """Write the advice for the rows of `part` into `folder`, under the same name, all or nothing.

    Raises:
        TableError: when the part cannot be read; with `strict`, at the first row that is rejected. It names the part.

    """
    try:
        made_from = digest_of(part)
        kind, encoding, delimiter, header_row, safe_cells = job.form
        source = open_table(part, kind=kind, encoding=encoding, delimiter=delimiter, header_row=header_row)
        target = Target(str(folder / part.name), kind, safe_cells)
        tally, notes = run(source, job.adviser(), target, strict=strict)
    except OSError as error:
        raise TableError(cannot_read(part, error)) from error
    except TableError as error:
        if not strict:
            raise
        raise TableError(gettext("{name}: {reason}", name=part.name, reason=error.what), error.hint) from error
    return Done(part.name, made_from, tally, notes)


@contextmanager
def opened(job: Job, parts: Sequence[Path], folder: Path, *, strict: bool = False) -> Iterator[Parts]:
    """Give the parts that are to be done, and keep what is known of those that were when the block ends.

    A part is done again where its result is missing, or it is another than its result was made from. With `strict`,
    the results of this run are put in their places when the block ends well, and are gone otherwise.

    Raises:
        TableError: when `folder` holds results that were made with something else, or is that of the parts.
        BoussoleError: when it cannot be written.

    """
    if any(part.parent.resolve() == folder.resolve() for part in parts):
        raise TableError(
            gettext("“{path}” is the table that is read: it would be lost.", path=folder),
            gettext("Choose another name for the result."),
        )
    refuse_same(parts, [folder / MANIFEST, *(folder / part.name for part in parts)])
    fresh = not folder.exists()
    into = folder / _STAGE if strict else folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        manifest = Manifest.read(folder, job.made_with())
        todo = tuple(part for part in parts if not manifest.holds(part, folder / part.name))
        shutil.rmtree(folder / _STAGE, ignore_errors=True)  # what a run left that was killed
        into.mkdir(exist_ok=True)
    except OSError as error:
        raise BoussoleError(cannot_write(folder, error)) from error
    manifest.keep_only({part.name for part in parts} - {part.name for part in todo})
    try:
        yield Parts(job, folder, todo, len(parts) - len(todo), manifest, into, strict)
        if strict:
            for part in todo:
                (into / part.name).replace(folder / part.name)
        manifest.write(folder)
    except BaseException:
        if not strict:
            manifest.write(folder)
        elif fresh:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        if strict:
            shutil.rmtree(into, ignore_errors=True)


def run_locally(parts: Parts) -> Iterator[Done]:
    """Do the parts one after the other, and yield what became of each."""
    for part in parts.todo:
        yield run_partition(parts.job, part, parts.into, strict=parts.strict)


def run_on_cluster(parts: Parts, address: str) -> Iterator[Done]:
    """Do the parts on the Dask cluster at `address`, which sees the same folders; yield what became of each.

    A part whose worker dies is done again by another. Where rejected rows stop the work, the first part that has one
    is told, as on one machine.

    Raises:
        BoussoleError: when the cluster cannot be reached, or a part fails.

    """
    dask: Any = import_module("dask.distributed")  # the extra `cluster`, where it is asked for
    try:
        client = dask.Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise BoussoleError(
            gettext("The scheduler “{address}” does not answer.", address=address),
            gettext("Start one: dask scheduler; then dask worker {address}.", address=address),
        ) from error
    with client:
        whole = [part.resolve() for part in parts.todo]
        # each task holds all it needs: what is scattered over workers dies with them
        work = _Do(parts.job, parts.into.resolve(), parts.strict)
        tasks = client.map(work, whole, pure=False, retries=_RETRIES)
        for task in tasks if parts.strict else dask.as_completed(tasks):
            found = task.result()
            if isinstance(found, Refused):
                client.cancel(tasks)
                raise TableError(*found.error)
            yield found


class _Do(NamedTuple):
    """One part of the work, as it is sent."""

    job: Job
    folder: Path
    strict: bool

    def __call__(self, part: Path) -> Done | Refused:
        """Do a part; what cannot be done is not tried again, as what a dying worker leaves is."""
        try:
            return run_partition(self.job, part, self.folder, strict=self.strict)
        except TableError as error:
            return Refused((error.what, error.hint))


def sum_counts(
    parts: Parts, found: Iterator[Done], progress: Callable[[int], None], said: Callable[[Done], None] = lambda _: None
) -> RowCounts:
    """Return the counts of the whole: of the parts done before, and of each that is `found` now, which is noted.

    `progress` is called with the rows done so far, `said` with each part that is found.
    """
    total = RowCounts(Counter(), Counter())
    for before in parts.manifest.parts.values():
        total += before.tally
    for one in found:
        total += one.tally
        parts.manifest.note(one, None if parts.strict else parts.folder)
        progress(total.rows.total())
        said(one)
    return total
