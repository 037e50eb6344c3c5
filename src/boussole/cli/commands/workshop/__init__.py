"""`boussole workshop`: the room; everybody answers on a phone, the result on the projector, no internet."""

from __future__ import annotations

import typer  # noqa: TC002 - typer reads the annotations at run time

from boussole.cli.app import Settings
from boussole.cli.commands.workshop import options
from boussole.cli.parameters import parse_int
from boussole.errors import BoussoleError, need
from boussole.i18n import gettext

_EXPORT, _FORGET, _SHEETS = "export", "forget", "sheets"
_TAKEN = {_EXPORT: {"output"}, _FORGET: set[str](), _SHEETS: {"wifi", "output"}}
"""The options, beside --name, of what does not serve."""


def run(
    ctx: typer.Context,
    words: options.Words,
    host: options.Host = None,
    port: options.Port = None,
    name: options.Name = None,
    resume: options.Resume = False,
    rounds: options.Rounds = None,
    smallest: options.Smallest = None,
    rehearse: options.Rehearse = None,
    wifi: options.Wifi = None,
    no_open: options.NoOpen = False,
    output: options.Output = None,
) -> None:
    """Serve a session, or deal with one that is kept."""
    settings: Settings = ctx.find_root().obj
    action, *rest = words
    named = rest[0] if rest and action != _SHEETS else name
    _refuse_beside(ctx, action, rest, named)
    if action == _FORGET:
        from boussole.cli.commands.workshop.kept import forget

        forget(named)
        return
    if action == _SHEETS:
        from boussole.cli.commands.workshop.paper import write_sheets

        write_sheets(settings, compass=rest[0] if rest else None, name=name, wifi=wifi, files=output or [])
        return
    need("workshop", "boussole workshop", "starlette", "uvicorn")
    if action == _EXPORT:
        from boussole.cli.commands.workshop.kept import export

        export(settings, named, output or [])
        return
    from boussole.cli.commands.workshop.serving import Wanted, serve_session

    wanted = Wanted(
        compass=action,
        name=named,
        host=host,
        port=parse_int("--port", port, least=1),
        rounds=parse_int("--rounds", rounds, least=1),
        smallest=parse_int("--smallest", smallest, least=3),
        rehearse=parse_int("--rehearse", rehearse, least=1),
        wifi=wifi,
        open=not no_open,
    )
    serve_session(settings, wanted, resume=resume)


def _refuse_beside(ctx: typer.Context, action: str, rest: list[str], named: str | None) -> None:
    """Refuse words and options that would say nothing here, and a second name."""
    if extra := rest[ctx.params["resume"] or action in _TAKEN :]:
        raise BoussoleError(gettext("Nothing more is expected here: {words}", words=" ".join(extra)))
    given = {one.name: one.opts[-1] for one in ctx.command.params if one.name and ctx.params.get(one.name)}
    if ctx.params["name"] is not None and ctx.params["name"] != named:
        raise BoussoleError(gettext("Two names are given: {first} and {last}.", first=named, last=ctx.params["name"]))
    taken = _TAKEN.get(action, given.keys() - {"output"}) | {"words", "name"}
    for option, written in given.items():
        if option not in taken:
            doing = f"workshop {action}" if action in _TAKEN else "workshop COMPASS"
            raise BoussoleError(gettext("{option} does not go with “{command}”.", option=written, command=doing))
