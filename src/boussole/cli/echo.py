"""What is said beside the data: on stderr, in the language of the run, harmless to the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from boussole.cli.language import current_language

if TYPE_CHECKING:
    from boussole.i18n import Localised


def echo_stderr(text: Localised) -> None:
    """Print on stderr what is not data, each line harmless to the terminal."""
    from boussole.escape import harmless_lines

    for line in harmless_lines(text.in_(current_language())):
        print(line, file=sys.stderr)  # noqa: T201 - this is where boussole prints
