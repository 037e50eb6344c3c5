"""What is said beside the data: on stderr, in the language of the run, harmless to the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from boussole.cli.language import current_language

if TYPE_CHECKING:
    from boussole.i18n import Localised


def echo_stderr(text: Localised, *, through_runner: bool = False) -> None:
    """Print on stderr what is not data, each line harmless to the terminal.

    What goes `through_runner` stands beside the annotations of GitHub, and is harmless to its runner too.
    """
    from boussole.errors import lines_of
    from boussole.escape import runner_line

    for line in lines_of(text, current_language()):
        print(runner_line(line) if through_runner else line, file=sys.stderr)  # noqa: T201 - this is where boussole prints
