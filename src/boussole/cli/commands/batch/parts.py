"""A folder of parts through `boussole batch`, into another folder: here, or on a cluster."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from boussole.cli.commands.batch.summary import sum_up, tell_all
from boussole.cli.echo import echo_stderr
from boussole.errors import BoussoleError, need
from boussole.i18n import gettext, ngettext

if TYPE_CHECKING:
    from boussole.batch.manifest import Done
    from boussole.batch.partitions import Job
    from boussole.batch.recommending import RowCounts
    from boussole.batch.run import Target
    from boussole.cli.commands.batch.paths import PathOptions
    from boussole.tables.interface import Table


PARTED = ("csv", "parquet")
"""The kinds of tables whose files are pieces of work of their own."""


def in_parts(table: Table, target: Target, scheduler: str | None) -> bool:
    """Tell whether each file of a folder or pattern is a piece of work of its own, with its own result."""
    if scheduler is not None:
        return True
    several = table.kind == "parquet" or (table.kind == "csv" and table.files != (table.path,))
    return several and table.path is not None and is_folder(target.path)


def is_folder(output: str) -> bool:
    """Tell whether what is to be written is a folder, by what is there, or by its name."""
    return output != "-" and (Path(output).is_dir() or not Path(output).suffix)


def _tell_of(done: Done, *, quiet: bool) -> None:
    """Say what is to be known of a result."""
    tell_all(done.notes, done.name, quiet=quiet)


def rank_parts(
    job: Job,
    table: Table,
    target: Target,
    scheduler: str | None,
    *,
    paths: PathOptions | None,
    strict: bool,
    quiet: bool,
) -> RowCounts:
    """Do the parts of a folder that are not done yet, here or on a cluster."""
    from boussole.batch.partitions import opened, run_locally, run_on_cluster, sum_counts
    from boussole.cli.commands.batch.progress import rows_done

    if table.kind not in PARTED or not is_folder(target.path):
        raise BoussoleError(
            gettext("--scheduler does the parts of a folder, CSV or Parquet, into another folder."),
            gettext("Write the folder of the parts as TABLE, and -o FOLDER."),
        )
    to_file = gettext("Write the result to a file: -o result.{kind}.", kind=table.kind)
    if target.kind not in {None, table.kind}:
        raise BoussoleError(gettext("Results of parts are written as the parts are; --to says otherwise."), to_file)
    if target.rejects is not None:
        raise BoussoleError(gettext("--rejects is for results in one file."), to_file)
    if paths is not None:
        raise BoussoleError(gettext("--paths is for a result in one file."), to_file)
    if scheduler is not None:
        need("cluster", "boussole batch --scheduler", "distributed")
    with opened(job, table.files, Path(target.path), strict=strict) as parts:
        if not quiet and parts.done:
            echo_stderr(ngettext("{count} part is there already.", "{count} parts are there already.", parts.done))
        found = run_locally(parts) if scheduler is None else run_on_cluster(parts, scheduler)
        with rows_done(None, quiet=quiet) as progress:
            tally = sum_counts(parts, found, progress, partial(_tell_of, quiet=quiet))
    if not quiet:
        echo_stderr(gettext("Written: {path}", path=target.path))
    sum_up(tally, quiet=quiet)
    return tally
