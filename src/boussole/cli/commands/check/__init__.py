"""`boussole check`: the problems of definition files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from boussole.cli.app import Settings
from boussole.cli.echo import echo_stderr, fitted
from boussole.cli.output import PROBLEMS, Format
from boussole.errors import BoussoleError, Severity, grouped
from boussole.i18n import N_, Joined, Listing, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.errors import Problem
    from boussole.files.authoring.checked import Checked
    from boussole.i18n import Message

_UNUSABLE = 2


def run(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help=N_("Files to check; all that is in reach by default"))
    ] = None,
    to: Annotated[
        str, typer.Option("--to", metavar=PROBLEMS.words, help=N_("Form of what is printed"), show_default=False)
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help=N_("Let warnings count as errors"))] = False,
    every: Annotated[bool, typer.Option("--all", help=N_("List each place of what is the same mistake"))] = False,
    again: Annotated[
        bool, typer.Option("--watch", help=N_("Check again each time that a file changes, until Ctrl+C"))
    ] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help=N_("Explain a code, such as B101"))
    ] = None,
) -> None:
    """Print every problem of the files, or of all that is in reach; exit 1 where there is one."""
    settings: Settings = ctx.find_root().obj
    if explain is not None:
        from boussole.files.authoring.problem_pages import explanation

        typer.echo(explanation(explain, settings.language), nl=False)
        return
    from boussole.files.library import Library

    form = PROBLEMS.named(to)
    asked = _Asked(settings, files or None, form, strict=strict, every=every)
    if not again:
        raise typer.Exit(_check(asked))
    if form is not Format.TEXT:
        raise BoussoleError(gettext("{option} does not go with “{command}”.", option="--watch", command=f"--to {to}"))
    from boussole.cli.commands.check.watching import watch

    library = Library(settings.catalogue, settings.compasses)
    raise typer.Exit(watch(lambda: library.watched(asked.files), lambda: _check(asked)))


class _Asked(NamedTuple):
    settings: Settings
    files: list[Path] | None
    form: Format
    strict: bool
    every: bool


def _check(asked: _Asked) -> int:
    """Print every problem, and say what was checked; return the exit code."""
    from boussole.cli.clock import now
    from boussole.files.authoring.check import check_all, check_files
    from boussole.files.library import Library

    settings, files, form, strict, every = asked
    library, today = Library(settings.catalogue, settings.compasses), now().date()
    checked = check_files(library, files, today) if files else check_all(library, today)
    found = (problem for one in checked for problem in one.problems)
    problems = sorted(found, key=lambda problem: list(Severity).index(problem.severity))  # errors first, then by place
    if form is Format.TEXT and not every:
        problems = grouped(problems)
    typer.echo(_shown(problems, checked, form, settings.language), nl=False)
    for one in checked:
        if one.unusable is not None:
            echo_stderr(one.unusable, through_runner=form is Format.GITHUB)
    for one in checked:
        if one.catalogue is not None and one.catalogue.layers:
            echo_stderr(_laid_over(one.file, one.catalogue), through_runner=form is Format.GITHUB)
    if unfit := [one.file for one in checked if one.unfit]:
        echo_stderr(_unfit(unfit), through_runner=form is Format.GITHUB)
    _summarise(checked, problems)
    serious = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(one.unusable for one in checked):
        return _UNUSABLE
    return int(any(problem.severity in serious for problem in problems))


def _shown(problems: Sequence[Problem], checked: Sequence[Checked], form: Format, language: str) -> str:
    from boussole.render.problems import to_github, to_json, to_text

    if form is Format.JSON:
        return to_json(problems, [one.file for one in checked], language)
    if form is Format.GITHUB:
        return to_github(problems, language)
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    coloured = sys.stdout.isatty() and not plain
    return to_text(problems, language, coloured=coloured, fitted=lambda line: fitted(line, sys.stdout))


def _unfit(files: Sequence[Path]) -> Message:
    """Return that some compasses that ship do not fit the catalogue in reach, whose author need not mend them."""
    return ngettext(
        "{count} compass that ships with boussole cannot be used with this catalogue: {names}.",
        "{count} compasses that ship with boussole cannot be used with this catalogue: {names}.",
        len(files),
        names=Listing([file.stem for file in files]),
    )


def _laid_over(file: Path, catalogue: Catalogue) -> Message:
    """Return what the last layer of a catalogue changes in what it lies over."""
    layer = catalogue.layers[-1]
    under = (catalogue.id, *(one.id for one in catalogue.layers))[-2]
    added = len(layer.medoc) - len(layer.replaced)
    parts: list[Message] = [ngettext("{count} MEDOC added", "{count} MEDOC added", added)]
    if layer.replaced:
        parts.append(gettext("replaced: {ids}", ids=Listing(sorted(layer.replaced))))
    if layer.gone:
        parts.append(gettext("taken away: {ids}", ids=Listing(sorted(layer.gone))))
    return gettext("{file} lies over “{id}”: {changes}.", file=file, id=under, changes=Joined(parts, " · "))


def _summarise(checked: Sequence[Checked], problems: Sequence[Problem]) -> None:
    """Say on stderr how many files were checked, and how many problems of each severity there are."""
    looked_at = sum(one.unusable is None for one in checked)
    counts = {severity: sum(problem.severity is severity for problem in problems) for severity in Severity}
    parts = [ngettext("{count} file checked", "{count} files checked", looked_at)]
    if counts[Severity.ERROR]:
        parts.append(ngettext("{count} error", "{count} errors", counts[Severity.ERROR]))
    if counts[Severity.WARNING]:
        parts.append(ngettext("{count} warning", "{count} warnings", counts[Severity.WARNING]))
    if counts[Severity.NOTE]:
        parts.append(ngettext("{count} note", "{count} notes", counts[Severity.NOTE]))
    echo_stderr(gettext("{counts}.", counts=Joined(parts, ", ")))
    if problems:
        example = problems[0].code
        echo_stderr(gettext("To know more about a code: boussole check --explain {code}", code=example))
