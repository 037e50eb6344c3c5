"""`boussole new`: a commented starting file for a compass or a catalogue."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from boussole.cli.app import Settings
from boussole.cli.clock import now
from boussole.cli.echo import echo_stderr
from boussole.errors import BoussoleError
from boussole.files.authoring.scaffold import (
    SchemaBeside,
    refuse_existing,
    refuse_name,
    worked_example,
    write_start,
)
from boussole.files.library import CATALOGUE_FILE, COMPASS_FOLDER, Library, Origin
from boussole.fuzzy import suggest
from boussole.i18n import N_, gettext
from boussole.render.new.scaffold import StartingCompass, Surroundings, starting_catalogue

_COMPASS, _CATALOGUE = "compass", "catalogue"


def run(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="compass|catalogue", help=N_("Kind of file to start"))],
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("Its id: lower-case letters, digits, - and _"))],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=N_("File to write; never over another"))
    ] = None,
) -> None:
    """Write the file, and the schema it names; say what to type next."""
    settings: Settings = ctx.find_root().obj
    if kind not in {_COMPASS, _CATALOGUE}:
        raise BoussoleError(
            gettext("There is nothing to start called “{kind}”.", kind=kind), suggest(kind, (_COMPASS, _CATALOGUE))
        )
    refuse_name(name)
    usual = Path(CATALOGUE_FILE) if kind == _CATALOGUE else Path(COMPASS_FOLDER, f"{name}.toml")
    file = output or usual
    if output is not None and not output.parent.is_dir():
        raise BoussoleError(gettext("There is no folder “{path}”.", path=output.parent))
    refuse_existing(file)
    check = ["boussole", "check", str(file)]
    renew: list[str] = []
    if kind == _CATALOGUE:
        schema = SchemaBeside.of(file, kind, settings.language)
        around = Surroundings(schema.named, shlex.join(check))
        text = starting_catalogue(name, settings.language, around, now().date())
    else:
        catalogue, found = Library(settings.catalogue, settings.compasses).catalogue()
        named = ["--catalogue", str(found.path)] if found.origin is Origin.OPTION else []
        asked = ["boussole", "ask", name if output is None else str(file)]
        schema = SchemaBeside.of(file, kind, settings.language, catalogue)
        renew = ["boussole", "schema", kind, "--catalogue", str(found.path), "--lang", settings.language]
        around = Surroundings(schema.named, shlex.join(check + named), shlex.join(asked + named))
        start = StartingCompass.about(catalogue, name, settings.language, around)
        text = start.text(worked_example(start.text(), catalogue, start.answers()))
    written = write_start(file, text, schema)
    for path in written:
        echo_stderr(gettext("Written: {path}", path=path))
    if renew and (schema.path in written or schema.stale()):
        again = shlex.join([*renew, "-o", str(schema.path)])
        what = gettext("Each time the catalogue changes, so that editors propose its words: {command}", command=again)
        echo_stderr(what)
    echo_stderr(gettext("Next, type: {command}", command=around.check))
