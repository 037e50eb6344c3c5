"""`boussole forget`: delete what unfinished interviews left on this machine."""

from __future__ import annotations

import typer  # noqa: TC002 - it reads the types of `run`

from boussole.cli.app import Settings
from boussole.cli.echo import echo_stderr
from boussole.files.answers.drafts import forget
from boussole.i18n import ngettext


def run(ctx: typer.Context) -> None:
    """Delete the unfinished interviews, and say how many there were."""
    settings: Settings = ctx.find_root().obj
    settings.refuse("catalogue", "compasses", command="forget")
    count = forget()
    echo_stderr(ngettext("{count} unfinished interview deleted.", "{count} unfinished interviews deleted.", count))
