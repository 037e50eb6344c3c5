"""`boussole schema`: the JSON Schema of definition and answers files, for editors."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from boussole.cli.app import Settings
from boussole.cli.output import SCHEMA, Format
from boussole.errors import BoussoleError
from boussole.fuzzy import suggest
from boussole.i18n import N_, gettext

_COMPASS = "compass"


def run(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="compass|catalogue|answers|map", help=N_("Kind of file"))],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=N_("File to write"))] = None,
) -> None:
    """Give the schema of one kind of file, in the language of this run; of a compass, with the words of a catalogue."""
    from boussole.files.authoring.json_schema import SHAPES, schema_text
    from boussole.files.library import Library

    settings: Settings = ctx.find_root().obj
    if kind not in SHAPES:
        raise BoussoleError(gettext("There is no schema “{kind}”.", kind=kind), suggest(kind, SHAPES))
    destinations = SCHEMA.destinations(None, [output] if output else [])
    about = kind == _COMPASS and settings.catalogue
    settings.refuse("compasses", *(() if about else ("catalogue",)), command=f"schema {kind}")
    catalogue = Library(settings.catalogue).catalogue()[0] if about else None
    destinations.send(partial(_render, text=schema_text(kind, settings.language, catalogue)))


def _render(_form: Format, text: str, *, on_screen: bool) -> str:  # noqa: ARG001 - the same on a screen
    return text
