"""`boussole ask`: the interview at the terminal, then the result."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boussole.cli.answers_option import given_answers, tell_dropped
from boussole.cli.app import Settings
from boussole.cli.clock import now
from boussole.cli.echo import echo_stderr
from boussole.cli.main import INTERRUPTED
from boussole.core.answers.answers import Answers
from boussole.core.interview import longest_path
from boussole.errors import BoussoleError
from boussole.files.answers.drafts import Draft, keep, new_draft, unfinished
from boussole.files.answers.saved import reopen, save
from boussole.files.library import Library, Origin
from boussole.i18n import N_, gettext, ngettext
from boussole.render.wording import compass_size, day
from boussole.terminal.interview import Interview
from boussole.terminal.prompter import Item, Prompt, Prompter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from boussole.core.ranking import Ranking, Recommendation
    from boussole.core.why.sensitivity import Sensitivity
    from boussole.files.library import Pair
    from boussole.i18n import Localised
    from boussole.terminal.result import Effects

_NEW = ""


def run(
    ctx: typer.Context,
    compass: Annotated[
        str | None, typer.Argument(metavar="[COMPASS]", help=N_("A compass: its id, or its file"), show_default=False)
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help=N_("Go on with an unfinished interview"))] = False,
    plain: Annotated[bool, typer.Option("--plain", help=N_("Numbered lines, nothing redrawn"))] = False,
    answers: Annotated[
        str | None,
        typer.Option(metavar="FILE|CODE", help=N_("Answers saved or exported by boussole, or a code to share")),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="ID=VALUE", help=N_("An answer, on top; repeat it for several")),
    ] = None,
    example: Annotated[
        bool, typer.Option("--example", help=N_("Print the session as an [[example]] to paste into the compass"))
    ] = False,
) -> None:
    """Ask, keep, show; what was answered stays on disk until the interview is finished."""
    settings: Settings = ctx.find_root().obj
    poor = os.environ.get("TERM") == "dumb" and sys.stdin.isatty()
    desk = _Desk(settings, plain=plain or os.environ.get("ACCESSIBLE") == "1" or poor, example=example)
    try:
        start = desk.resumed(compass, must=resume) if resume or not (answers or set_) else None
        if start is None:
            pair = desk.pair(compass)
            given, _ = given_answers(pair, answers, set_ or [])
            start = _Start(pair, given, None)
        while start is not None:
            start = desk.hold(start)
    except (KeyboardInterrupt, EOFError) as stop:
        if not desk.say_how_to_resume() and isinstance(stop, EOFError) and not sys.stdin.isatty():
            raise _no_terminal() from None  # nobody was there to answer anything
        raise typer.Exit(INTERRUPTED) from None


def _no_terminal() -> BoussoleError:
    return BoussoleError(
        gettext("There is no terminal to ask at."),
        gettext("Use boussole recommend COMPASS --set ID=VALUE, or boussole ask COMPASS --plain."),
    )


def _print_example(pair: Pair, answers: Answers) -> None:
    """Print a finished interview as an example to paste."""
    from boussole.escape import escaped_controls
    from boussole.files.authoring.worked_example import example_toml

    typer.echo(escaped_controls(example_toml(pair.compass, pair.catalogue, answers)), nl=False)


class _Start:
    """Where an interview starts: its definitions, the answers it has, and its draft if it has one."""

    def __init__(self, pair: Pair, answers: Answers, draft: Path | None) -> None:
        self.pair = pair
        self.answers = answers
        self.draft = draft


class _Desk:
    """One run of `ask`: the terminal, the definitions in reach, the draft being kept."""

    def __init__(self, settings: Settings, *, plain: bool, example: bool) -> None:
        self._language = settings.language
        self._catalogue = settings.catalogue
        self._library = Library(settings.catalogue, settings.compasses)
        self._plain = plain
        self._example = example
        self._draft: Path | None = None
        self._warned = False
        self._asker = self._make_asker()

    def _make_asker(self) -> Prompter:
        if self._plain:
            from boussole.terminal.plain import PlainPrompter

            return PlainPrompter(self._language, out=sys.stderr)
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise _no_terminal()
        from boussole.terminal.menus import MenuPrompter

        return MenuPrompter(self._language)

    def pair(self, compass: str | None) -> Pair:
        """Return the compass asked for, or the one chosen from the list."""
        if compass is not None:
            return self._library.pair(compass)
        pairs = {one.pair.compass.id: one.pair for one in self._library.listed() if one.pair is not None}
        if not pairs:
            raise BoussoleError(gettext("There is no compass here."), gettext("Name a folder with --compasses DIR."))
        items = [
            Item(
                id_,
                pair.compass.title.in_(self._language),
                " · ".join(
                    text.in_(self._language)
                    for text in (pair.compass.summary, compass_size(longest_path(pair.compass)))
                    if text is not None
                ),
            )
            for id_, pair in pairs.items()
        ]
        chosen = self._asker.choose(Prompt(gettext("Which compass?").in_(self._language)), items)
        return pairs[str(chosen)]

    def resumed(self, compass: str | None, *, must: bool) -> _Start | None:
        """Return the unfinished interview to go on with; None to start a new one.

        Raises:
            BoussoleError: when there `must` be one and there is none.

        """
        drafts = unfinished()
        if compass is not None:
            file = str(Path(compass).resolve())
            drafts = [one for one in drafts if compass == one.saved.compass or file == one.saved.compass_file]
        if not drafts and must:
            raise BoussoleError(gettext("There is no unfinished interview."), gettext("Type boussole to start one."))
        if not drafts or not (must or sys.stdin.isatty()):
            return None
        if must and len(drafts) == 1:
            return self._reopened(drafts[0])
        items = [Item(draft.name, self._told(draft)) for draft in drafts]
        if not must:
            items.append(Item(_NEW, gettext("Start a new interview").in_(self._language)))
        ask = gettext("An interview is not finished. Go on with it?")
        chosen = self._asker.choose(Prompt(ask.in_(self._language)), items, current=drafts[0].name)
        return next((self._reopened(draft) for draft in drafts if draft.name == chosen), None)

    def _told(self, draft: Draft) -> str:
        saved = draft.saved.saved
        count = len(draft.saved.answers)
        told = gettext(
            "{compass}, {answers}, {when}",
            compass=self._title(draft),
            answers=ngettext("{count} answer", "{count} answers", count),
            when=gettext("{day} at {time}", day=day(saved.date()), time=f"{saved:%H:%M}") if saved else "?",
        )
        return told.in_(self._language)

    def _title(self, draft: Draft) -> Localised | str:
        """Return the title of a draft's compass, or its id where the compass is not in reach any more."""
        try:
            return self._library.pair(draft.saved.compass_file or draft.saved.compass).compass.title
        except BoussoleError:
            return draft.saved.compass

    def _reopened(self, draft: Draft) -> _Start:
        pair = self._library.pair(draft.saved.compass_file or draft.saved.compass)
        reopened = reopen(pair.compass, draft.saved, with_aside=True, catalogue=pair.catalogue)
        tell_dropped(pair.compass, draft.saved, reopened)
        return _Start(pair, reopened.answers, draft.path)

    def hold(self, start: _Start) -> _Start | None:
        """Hold one interview to its end; return the next one where the person starts again."""
        pair = start.pair
        self._draft = start.draft

        def keep_answers(answers: Answers) -> None:
            try:
                put_on_disk(answers)
            except BoussoleError as error:  # a folder that cannot be written must not stop a workshop
                if not self._warned:
                    self._warned = True
                    echo_stderr(error)
                    echo_stderr(
                        gettext("The interview goes on, but nothing is kept if it stops: save your path at the end.")
                    )

        def put_on_disk(answers: Answers) -> None:
            if self._draft is None:
                self._draft = new_draft(pair.compass.id, now())
            saved = save(pair.compass, pair.catalogue, answers, saved=now())
            if pair.compass_file.origin in {Origin.OPTION, Origin.FOLDER}:  # not in reach from everywhere
                saved = saved._replace(compass_file=str(pair.compass_file.path.resolve()))
            keep(self._draft, saved)

        interview = Interview(pair.compass, self._asker, self._language, start.answers, keep_answers)
        interview.run()
        again = self._show_result(pair, interview)
        if self._example:
            _print_example(pair, interview.answers)
        if self._draft is not None:
            self._draft.unlink(missing_ok=True)
            self._draft = None
        return _Start(pair, Answers(), None) if again else None

    def _show_result(self, pair: Pair, interview: Interview) -> bool:
        """Show the result of a finished interview; return whether to start again."""
        from boussole.terminal.result import Result

        return Result(pair.catalogue, pair.compass, self._asker, self._language, self._outside()).run(interview)

    def _outside(self) -> Effects:
        from boussole.cli.output import RESULT, Format, show, write
        from boussole.cli.result import render
        from boussole.terminal.result import Effects

        today = now().date()

        def save_file(
            ranking: Ranking, answers: Answers, path: Path, name: str | None, sure: Sensitivity | None
        ) -> None:
            output, shown = RESULT.to_file(path), ranking.top()
            write(output, render(output.format, ranking, answers, self._language, shown=shown, name=name, sure=sure))

        def show_lines(lines: Sequence[str]) -> None:
            from boussole.cli.console import show_lines

            with redirect_stdout(sys.stderr if self._example and self._plain else sys.stdout):
                show_lines(lines)

        def show_result(ranking: Ranking, pause: Callable[[], None]) -> None:
            from boussole.cli.console import show_result

            show_result(ranking, self._language, today, pause)

        def show_list(ranking: Ranking, shown: Sequence[Recommendation]) -> None:
            from boussole.cli.console import show_list

            show_list(ranking, self._language, today, shown)

        def share(ranking: Ranking, answers: Answers) -> None:
            form = Format.CODE if self._plain else Format.QR  # squares say nothing to a screen reader
            code = render(form, ranking, answers, self._language, shown=(), on_screen=sys.stdout.isatty())
            with redirect_stdout(sys.stderr if self._example and self._plain else sys.stdout):
                show(code)

        if self._plain:
            return Effects(None, None, show_lines, save_file, today, share)
        return Effects(show_result, show_list, show_lines, save_file, today, share)

    def say_how_to_resume(self) -> bool:
        """Say, where something was kept, how to go on; tell whether there was something."""
        kept = self._draft is not None and self._draft.exists()
        if kept:
            catalogue = [] if self._catalogue is None else ["--catalogue", str(self._catalogue.resolve())]
            command = shlex.join(["boussole", "ask", "--resume", *catalogue])
            echo_stderr(gettext("What you answered is kept. To go on, type: {command}", command=command))
        return kept
