"""A folder of Parquet parts through `boussole batch`, into another folder: here, or on a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from boussole.cli.commands.batch.summary import sum_up
from boussole.cli.echo import echo_stderr
from boussole.errors import BoussoleError, need
from boussole.i18n import gettext, ngettext

if TYPE_CHECKING:
    from boussole.batch.partitions import Job
    from boussole.batch.recommending import RowCounts
    from boussole.batch.run import Target
    from boussole.cli.commands.batch.paths import PathOptions
    from boussole.tables.interface import Table


def is_folder(output: str) -> bool:
    """Tell whether what is to be written is a folder, by what is there, or by its name."""
    return output != "-" and (Path(output).is_dir() or not Path(output).suffix)


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

    if table.kind != "parquet" or not is_folder(target.path):
        raise BoussoleError(
            gettext("--scheduler does the Parquet parts of a folder, into another folder."),
            gettext("Write the folder of the parts as TABLE, and -o FOLDER."),
        )
    if target.rejects is not None:
        raise BoussoleError(
            gettext("--rejects is for results in one file."), gettext("Write the result to a file: -o result.parquet.")
        )
    if paths is not None:
        raise BoussoleError(
            gettext("--paths is for a result in one file."), gettext("Write the result to a file: -o result.parquet.")
        )
    if scheduler is not None:
        need("cluster", "boussole batch --scheduler", "distributed")
    with opened(job, table.files, Path(target.path), strict=strict) as parts:
        if not quiet and parts.done:
            echo_stderr(ngettext("{count} part is there already.", "{count} parts are there already.", parts.done))
        found = run_locally(parts) if scheduler is None else run_on_cluster(parts, scheduler)
        with rows_done(None, quiet=quiet) as progress:
            tally = sum_counts(parts, found, progress)
    if not quiet:
        echo_stderr(gettext("Written: {path}", path=target.path))
    sum_up(tally, quiet=quiet)
    return tally
