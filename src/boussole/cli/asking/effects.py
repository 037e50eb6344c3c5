"""What the result of an interview does outside the terminal's questions: showing, saving, sharing."""

from __future__ import annotations

import os
import re
import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from boussole.cli.clock import now
from boussole.errors import BoussoleError, cannot_write, remedy_of
from boussole.i18n import gettext
from boussole.terminal.result import Effects, Save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from boussole.core.answers.answers import Answers
    from boussole.core.ranking import Ranking, Recommendation
    from boussole.core.why.sensitivity import Sensitivity
    from boussole.terminal.menus import MenuPrompter


def refuse_file(path: Path) -> BoussoleError | None:
    """Return why a result cannot go to `path`, as far as can be told before anything is written; None where it can."""
    from boussole.cli.output import RESULT

    try:
        RESULT.to_file(path)
    except BoussoleError as error:
        return error
    try:
        return _refuse_place(path)
    except OSError as error:  # a name too long, a folder that keeps its files to itself
        return BoussoleError(cannot_write(path, error), remedy_of(error))


def _refuse_place(path: Path) -> BoussoleError | None:
    folder = path.absolute().parent
    if not folder.is_dir():
        return BoussoleError(
            gettext("There is no folder “{path}”.", path=folder),
            gettext("Make this folder first, or choose another one."),
        )
    if path.is_dir():
        return BoussoleError(gettext("“{path}” is a folder.", path=path), gettext("Give the name of a file."))
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        return BoussoleError(
            gettext("You are not allowed to write “{path}”.", path=path.absolute()),
            gettext("Choose a folder where you may write."),
        )
    return None


def default_stem(compass: str, name: str | None) -> str:
    """Return how a file of this interview begins by default: the name of the table, the compass, the day."""
    from boussole.fuzzy import fold

    table = re.sub("[^a-z0-9]+", "-", fold(name or "")).strip("-")[:40]
    return "-".join(filter(None, [table, compass, now().date().isoformat()]))


def plain_effects(language: str, people: int, *, on_stderr: bool) -> Effects:
    """Return what is done where nothing may be drawn; `on_stderr`: stdout is for something else."""

    def show_lines(lines: Sequence[str]) -> None:
        from boussole.cli.console import show_lines

        with redirect_stdout(sys.stderr if on_stderr else sys.stdout):
            show_lines(lines)

    def share(ranking: Ranking, answers: Answers) -> None:
        from boussole.cli.output import Format, show
        from boussole.cli.result import render

        with redirect_stdout(sys.stderr if on_stderr else sys.stdout):
            show(render(Format.CODE, ranking, answers, language, shown=()))  # squares say nothing to a screen reader

    return Effects(None, None, show_lines, _saver(language, people), now().date(), share, refuse_file)


def drawn_effects(language: str, people: int, pages: MenuPrompter) -> Effects:
    """Return what is done on a screen: all that is longer than it comes a screen at a time."""
    today = now().date()

    def show_lines(lines: Sequence[str]) -> None:
        from boussole.render.wrapping import wrapped

        pages.page(lambda width, _rows: ["", *wrapped(lines, width), ""])

    def show_result(ranking: Ranking, below: Sequence[str]) -> None:
        from boussole.cli.console import result_screens

        *screens, last = result_screens(ranking, language, today, below)
        for screen in screens:
            pages.page(screen, wait=True)
        pages.page(last)

    def show_list(ranking: Ranking, shown: Sequence[Recommendation]) -> None:
        from boussole.cli.console import list_screen

        pages.page(list_screen(ranking, language, today, shown))

    def share(ranking: Ranking, answers: Answers) -> None:
        from boussole.cli.output import Format
        from boussole.cli.result import render

        code = str(render(Format.QR, ranking, answers, language, shown=(), on_screen=sys.stdout.isatty()))
        pages.page(lambda _width, _rows: ["", *code.rstrip("\n").split("\n"), ""], wait=True)

    return Effects(show_result, show_list, show_lines, _saver(language, people), today, share, refuse_file)


def _saver(language: str, people: int) -> Save:
    def save_file(ranking: Ranking, answers: Answers, path: Path, name: str | None, sure: Sensitivity | None) -> None:
        from boussole.cli.output import RESULT, write
        from boussole.cli.result import render

        output, shown = RESULT.to_file(path), ranking.top()
        made = render(output.format, ranking, answers, language, shown=shown, name=name, people=people, sure=sure)
        write(output, made)

    return save_file
