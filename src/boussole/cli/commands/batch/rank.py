"""One table through `boussole batch`, into one file or the standard output."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from boussole.cli.commands.batch.summary import sum_up
from boussole.cli.echo import echo_stderr
from boussole.i18n import gettext, ngettext

if TYPE_CHECKING:
    from boussole.batch.partitions import Job
    from boussole.batch.recommending import RowCounts
    from boussole.batch.run import Target
    from boussole.cli.commands.batch.paths import PathOptions
    from boussole.tables.interface import Table


def rank(job: Job, table: Table, target: Target, *, paths: PathOptions | None, strict: bool, quiet: bool) -> RowCounts:
    """Rank the catalogue for every row, say how far it is, and sum up."""
    from boussole.batch.run import run
    from boussole.cli.commands.batch.progress import rows_done

    written = 0
    with rows_done(table.about, quiet=quiet, through=target.path == "-") as progress:
        doing = partial(run, table, job.adviser(), target, strict=strict, progress=progress)
        if paths is None:
            tally, notes = doing()
        else:
            from boussole.cli.commands.batch.paths import writing_paths

            taken = [*table.files, *target.read, target.path, *([] if target.rejects is None else [target.rejects])]
            with writing_paths(job, table, paths, taken) as made:
                tally, notes = doing(also=made.add)
            written = len(made.written)
    if not quiet:
        for note in notes:
            echo_stderr(note)
        if target.path != "-":
            echo_stderr(gettext("Written: {path}", path=target.path))
        if target.rejects is not None:
            echo_stderr(gettext("Written: {path}", path=target.rejects))
        if paths is not None:
            echo_stderr(
                ngettext(
                    "Written: {count} path in {path}", "Written: {count} paths in {path}", written, path=paths.folder
                )
            )
    sum_up(tally, quiet=quiet)
    return tally
