"""`boussole schema`: the JSON Schema of definition and answers files, for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from boussole.cli.app import Settings
from boussole.errors import BoussoleError
from boussole.fuzzy import suggest
from boussole.i18n import N_, gettext


def run(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="compass|catalogue|answers|map", help=N_("Kind of file"))],
) -> None:
    """Print the schema of one kind of file, described in the language of this run."""
    from boussole.files.authoring.json_schema import SHAPES, schema_text

    if kind not in SHAPES:
        raise BoussoleError(gettext("There is no schema “{kind}”.", kind=kind), suggest(kind, SHAPES))
    settings: Settings = ctx.find_root().obj
    typer.echo(schema_text(kind, settings.language), nl=False)
