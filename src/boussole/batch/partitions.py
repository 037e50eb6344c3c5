"""A folder of Parquet parts in, the same parts out: each is a piece of work of its own, here or on a cluster."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole import __version__
from boussole.atomic import write_atomically
from boussole.batch.layouts import Long, Wide
from boussole.batch.recommending import BatchRecommender, RowCounts
from boussole.batch.run import Target, run
from boussole.errors import BoussoleError, TableError, cannot_write
from boussole.i18n import gettext
from boussole.tables.reading import open_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from boussole.batch.mapping.plan import Plan
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

MANIFEST = "boussole.json"
"""The file of a folder of results that says what they were made with."""


class Job(NamedTuple):
    """All that decides what becomes of a row; it can be sent to another machine."""

    compass: Compass
    catalogue: Catalogue
    plan: Plan
    language: str
    long: bool = False
    top: int | None = None
    titles: bool = False

    def adviser(self) -> BatchRecommender:
        """Return what does the work."""
        layout = (
            Long(self.compass, self.catalogue, self.language, top=self.top)
            if self.long
            else Wide(self.compass, self.catalogue, self.language, top=self.top, titles=self.titles)
        )
        return BatchRecommender(self.compass, self.catalogue, self.plan, language=self.language, layout=layout)


def run_partition(order: Job, part: Path, folder: Path, *, strict: bool = False) -> RowCounts:
    """Write the advice for the rows of `part` into `folder`, under the same name, all or nothing."""
    tally, _ = run(open_table(part), order.adviser(), Target(str(folder / part.name)), strict=strict)
    return tally


def remaining(order: Job, parts: Sequence[Path], folder: Path) -> list[Path]:
    """Return the parts whose result is not in `folder` yet; make the folder, and note what its results are made with.

    Raises:
        TableError: when it holds results that were made with something else, or is that of the parts.

    """
    if any(part.parent.resolve() == folder.resolve() for part in parts):
        raise TableError(
            gettext("“{path}” is the table that is read: it would be lost.", path=folder),
            gettext("Choose another name for the result."),
        )
    made_with = _manifest(order)
    noted = folder / MANIFEST
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = noted.read_text("utf-8") if noted.exists() else None
    except OSError as error:
        raise BoussoleError(cannot_write(folder, error)) from error
    if before is None:
        write_atomically(noted, made_with.encode())
        return list(parts)
    if before != made_with:
        raise TableError(
            gettext("“{path}” holds results that were made with other definitions or options.", path=folder),
            gettext("Choose another folder, or delete this one."),
        )
    return [part for part in parts if not (folder / part.name).exists()]


def run_locally(order: Job, parts: Sequence[Path], folder: Path, *, strict: bool = False) -> Iterator[RowCounts]:
    """Do the parts one after the other, and yield the count of each."""
    for part in parts:
        yield run_partition(order, part, folder, strict=strict)


def run_on_cluster(order: Job, parts: Sequence[Path], folder: Path, address: str) -> Iterator[RowCounts]:
    """Do the parts on the Dask cluster at `address`, which sees the same folders; yield the count of each, as it comes.

    A part whose worker dies is done again by another.

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
        whole = [part.resolve() for part in parts]
        # each task holds all it needs: what is scattered over workers dies with them
        tasks = client.map(_Do(order, folder.resolve()), whole, pure=False, retries=_RETRIES)
        for task in dask.as_completed(tasks):
            yield task.result()


class _Do(NamedTuple):
    """One part of the work, as it is sent."""

    order: Job
    folder: Path

    def __call__(self, part: Path) -> RowCounts:
        return run_partition(self.order, part, self.folder)


_PATIENCE = 10  # seconds
_RETRIES = 3


def sum_counts(tallies: Iterator[RowCounts], progress: Callable[[int], None]) -> RowCounts:
    """Return all counts together; `progress` is called with the rows done so far."""
    found = RowCounts(Counter(), Counter())
    for tally in tallies:
        found += tally
        progress(found.rows.total())
    return found


def _manifest(order: Job) -> str:
    columns = json.dumps(order.plan, default=dict, sort_keys=True)
    said = {
        "format": 1,
        "boussole": __version__,
        "compass": {"id": order.compass.id, "version": order.compass.version, "digest": order.compass.digest},
        "catalogue": {"id": order.catalogue.id, "version": order.catalogue.version, "digest": order.catalogue.digest},
        "columns": f"sha256:{hashlib.sha256(columns.encode()).hexdigest()}",
        "layout": "long" if order.long else "wide",
        "language": order.language,
        "top": order.top,
        "titles": order.titles,
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"
