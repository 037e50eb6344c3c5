"""`boussole batch --suggest-map`: a map to start from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from boussole.cli.commands.batch.columns import by_question
from boussole.cli.echo import echo_stderr
from boussole.errors import BoussoleError
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.files.library import Pair
    from boussole.tables.interface import Table


def suggest(pair: Pair, table: Table, columns: Sequence[str], output: str | None, language: str) -> None:
    """Write a map to start from; one that is there already is never overwritten."""
    from boussole.batch.mapping.suggest import suggest_map
    from boussole.batch.run import label_counts
    from boussole.files.authoring.scaffold import SchemaBeside, write_start

    if output is not None and Path(output).exists():
        raise BoussoleError(
            gettext("“{path}” is already there.", path=output), gettext("Choose another name, or delete it.")
        )
    known = {name: question for question, name in by_question(columns).items()}
    beside = None if output is None else SchemaBeside.of(Path(output), "map", language)
    named = beside and beside.named
    counts = label_counts(table)
    text = suggest_map(pair.compass, pair.catalogue, counts, known=known, language=language, schema=named)
    if output is None or beside is None:
        sys.stdout.write(text)
        return
    write_start(Path(output), text, beside)
    echo_stderr(gettext("Written: {path}", path=output))
