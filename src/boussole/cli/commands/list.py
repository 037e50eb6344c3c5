"""`boussole list`: the compasses that can be used, and where each comes from."""

from __future__ import annotations

import typer

from boussole.cli.app import Settings
from boussole.cli.echo import echo_stderr
from boussole.core.interview import longest_path
from boussole.escape import plain_text
from boussole.files.library import Library, Origin
from boussole.i18n import Message, gettext, ngettext
from boussole.render.wording import compass_size

_ORIGINS: dict[Origin, Message] = {
    Origin.OPTION: gettext("from --compasses"),
    Origin.FOLDER: gettext("from the current folder"),
    Origin.USER: gettext("from your own folder"),
    Origin.SHIPPED: gettext("shipped with boussole"),
}


def run(ctx: typer.Context) -> None:
    """Print a paragraph for each compass; those that cannot be used are told on stderr."""
    settings: Settings = ctx.find_root().obj
    language = settings.language
    broken = []
    for listed in Library(settings.catalogue, settings.compasses).listed():
        if listed.pair is None:
            broken.append(listed.error)
            continue
        compass = listed.pair.compass
        typer.echo(f"{compass.id}  {plain_text(compass.title.in_(language))}")
        if compass.summary is not None:
            typer.echo(f"    {plain_text(compass.summary.in_(language))}")
        size = compass_size(longest_path(compass)).in_(language)
        typer.echo(f"    {size} · {_ORIGINS[listed.file.origin].in_(language)}")
        for layer in listed.pair.catalogue.layers:
            laid = ngettext(
                "with {count} MEDOC of “{title}”",
                "with {count} MEDOC of “{title}”",
                len(layer.medoc),
                title=layer.title,
            )
            typer.echo(f"    {plain_text(laid.in_(language))}")
    for error in broken:
        if error is not None:
            echo_stderr(error)
    if broken:
        raise typer.Exit(1)
