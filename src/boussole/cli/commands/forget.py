"""`boussole forget`: delete what unfinished interviews left on this machine."""

from __future__ import annotations

from boussole.cli.echo import echo_stderr
from boussole.files.answers.drafts import forget
from boussole.i18n import ngettext


def run() -> None:
    """Delete the unfinished interviews, and say how many there were."""
    count = forget()
    echo_stderr(ngettext("{count} unfinished interview deleted.", "{count} unfinished interviews deleted.", count))
