"""`boussole check`: the problems of definition files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boussole.cli.app import Settings
from boussole.cli.border import tell
from boussole.core.examples import disappointments
from boussole.errors import BoussoleError, DefinitionError, Problem
from boussole.files.catalogue import load_catalogue
from boussole.files.definitions import Library
from boussole.files.toml import parse, read_bytes
from boussole.messages import counted, mark, message
from boussole.render.escape import harmless_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.files.definitions import Pair
    from boussole.messages import Localised


def run(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help=mark("Files to check; all that is in reach by default"))
    ] = None,
) -> None:
    """Print every problem of the files, or of all that is in reach; exit 1 where there is one."""
    settings: Settings = ctx.find_root().obj
    library = Library(settings.catalogue, settings.compasses)
    checked = 0
    found = 0
    unreadable = 0
    for problems in _check_files(library, files) if files else _check_all(library):
        if problems is None:
            unreadable += 1
            continue
        checked += 1
        for problem in problems:
            found += 1
            for line in harmless_lines(problem.in_(settings.language)):
                typer.echo(line)
    tell(counted("{count} file checked.", "{count} files checked.", checked))
    if found or unreadable:
        raise typer.Exit(2 if unreadable else 1)


def _check_all(library: Library) -> Iterator[list[Localised]]:
    try:
        library.catalogue()
    except BoussoleError as error:
        yield [error]
    else:
        yield []
    for listed in library.listed():
        yield [listed.error] if listed.error else _failed_examples(listed.pair) if listed.pair else []


def _check_files(library: Library, files: list[Path]) -> Iterator[list[Localised] | None]:
    for file in files:
        try:
            if _is_catalogue(file):
                load_catalogue(file)
                yield []
            else:
                yield _failed_examples(library.pair(str(file)))
        except DefinitionError as error:
            yield [error]
        except BoussoleError as error:  # there is nothing to check in a file that cannot be read
            tell(error)
            yield None


def _is_catalogue(file: Path) -> bool:
    document = parse(read_bytes(file), str(file))
    return "question" not in document and ("medoc" in document or "facet" in document)


def _failed_examples(pair: Pair) -> list[Localised]:
    file = pair.compass_file.path
    return [
        Problem("B401", message("{file}: {what}", file=file, what=what), subject=_name(number, example.title))
        for number, example in enumerate(pair.compass.examples, start=1)
        for what in disappointments(pair.compass, pair.catalogue, example)
    ]


def _name(number: int, title: Localised | None) -> str:
    return f"example {number}" if title is None else f'example "{title}"'
