"""What `boussole batch` says of its work, on stderr."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from boussole.cli.echo import echo_stderr
from boussole.i18n import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.batch.recommending import RowCounts
    from boussole.i18n import Localised

_SAID = 10


def tell_all(notes: Iterable[Localised], table: str, *, quiet: bool) -> None:
    """Say what is to be known of a table, by the name of its file."""
    for note in () if quiet else notes:
        echo_stderr(gettext("{name}: {reason}", name=Path(table).name if table != "-" else "-", reason=note))


def sum_up(tally: RowCounts, *, quiet: bool) -> None:
    """Say how many rows came out how, and the most frequent errors."""
    if quiet and not tally.rows["rejected"]:
        return
    echo_stderr(
        ngettext(
            "{count} row: {ok} ok, {partial} partial, {rejected} rejected.",
            "{count} rows: {ok} ok, {partial} partial, {rejected} rejected.",
            tally.rows.total(),
            ok=tally.rows["ok"],
            partial=tally.rows["partial"],
            rejected=tally.rows["rejected"],
        )
    )
    ordered = sorted(tally.errors.items(), key=lambda item: (-item[1], item[0]))
    for text, count in ordered[:_SAID]:
        echo_stderr(gettext("{count} × {error}", count=count, error=text))
    if len(ordered) > _SAID:
        left = len(ordered) - _SAID
        echo_stderr(ngettext("And {count} other error.", "And {count} other errors.", left))
