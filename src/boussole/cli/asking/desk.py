"""Where an interview starts: a compass chosen, an unfinished one taken up again; and what comes after its result."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from boussole.cli.answers_option import tell_dropped
from boussole.cli.asking.keeper import Keeper
from boussole.cli.echo import echo_stderr
from boussole.cli.parameters import parse_int
from boussole.core.answers.answers import Answers
from boussole.core.interview import longest_path
from boussole.errors import BoussoleError
from boussole.files.answers.draft_lock import OwnDraft, claimed, clear_locks, held_elsewhere
from boussole.files.answers.drafts import Draft, unfinished
from boussole.files.answers.saved import reopen
from boussole.files.library import Library
from boussole.i18n import gettext, ngettext
from boussole.render.wording import compass_size, day
from boussole.terminal.interview import Interview
from boussole.terminal.prompter import Item, Navigation, Prompt, Prompter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.cli.app import Settings
    from boussole.files.library import Pair
    from boussole.i18n import Localised
    from boussole.terminal.menus import MenuPrompter

_NEW = ""


def no_terminal() -> BoussoleError:
    """Return the refusal to ask where nobody can answer."""
    return BoussoleError(
        gettext("There is no terminal to ask at."),
        gettext("Use boussole recommend COMPASS --set ID=VALUE, or boussole ask COMPASS --plain."),
    )


class Start(NamedTuple):
    """Where an interview starts: its definitions, the answers it has, its draft and its name if it has them.

    `people` is how many answer together.
    """

    pair: Pair
    answers: Answers = Answers()
    draft: OwnDraft | None = None
    name: str | None = None
    people: int = 1


class Desk:
    """One run of `ask`: the terminal, the definitions in reach, the interview being kept."""

    def __init__(self, settings: Settings, *, plain: bool, example: bool, name: str | None, people: int | None) -> None:
        """Take the options; `name` is that of the table or the group, `people` how many it is, where they are given."""
        self._settings = settings
        self._language = settings.language
        self._library = Library(settings.catalogue, settings.compasses)
        self._plain = plain
        self._example = example
        self._name = name
        self._people = people
        self._keeper: Keeper | None = None
        self._others = False
        self._menus: MenuPrompter | None = None
        self._asker = self._make_asker()

    def _make_asker(self) -> Prompter:
        if self._plain:
            from boussole.terminal.plain import PlainPrompter

            return PlainPrompter(self._language, out=sys.stderr)
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise no_terminal()
        from boussole.terminal.menus import MenuPrompter

        self._menus = MenuPrompter(self._language)
        return self._menus

    def pair(self, compass: str | None, current: str | None = None) -> Pair:
        """Return the compass asked for, or the one chosen from the list, `current` being preselected."""
        if compass is not None:
            return self._library.pair(compass)
        listed = self._library.listed()
        for one in listed:
            if one.error is not None:
                echo_stderr(one.error)
        pairs = {one.pair.compass.id: one.pair for one in listed if one.pair is not None}
        if not pairs:
            raise BoussoleError(gettext("There is no compass here."), gettext("Name a folder with --compasses DIR."))
        chosen = self._asker.choose(
            Prompt(gettext("Which compass?").in_(self._language), proposed=True), self._described(pairs), current
        )
        return pairs[str(chosen)]

    def _described(self, pairs: Mapping[str, Pair]) -> list[Item]:
        """Return a line for each compass; those of one title, as a copy and what it was made from, say their id."""
        titles = {id_: pair.compass.title.in_(self._language) for id_, pair in pairs.items()}
        shared = {title for title, count in Counter(titles.values()).items() if count > 1}
        items = []
        for id_, pair in pairs.items():
            told = [pair.compass.summary, compass_size(longest_path(pair.compass))]
            hint = " · ".join(text.in_(self._language) for text in told if text is not None)
            items.append(Item(id_, f"{titles[id_]} · {id_}" if titles[id_] in shared else titles[id_], hint))
        return items

    def new(self, compass: str | None) -> Start:
        """Return the start of a new interview; where others are not finished, it is given a name to know it by."""
        pair = self.pair(compass)
        name = self._name or (self._ask_name() if self._others else None)
        return Start(pair, name=name, people=self._people or 1)

    def _ask_name(self) -> str | None:
        ask = gettext("Name of your table or group, to know it from the others (Enter: none)")
        written = self._asker.write(Prompt(ask.in_(self._language)), "", refuse=lambda _written: None)
        return None if isinstance(written, Navigation) else written.strip() or None

    def _ask_people(self) -> int:
        """Return how many of the next table answer together: each is of another size."""
        ask = gettext("How many of you answer together? (Enter: 1)")
        written = self._asker.write(Prompt(ask.in_(self._language)), "", refuse=self._refuse_people)
        return 1 if isinstance(written, Navigation) or not written.strip() else int(written)

    def _refuse_people(self, written: str) -> str | None:
        try:
            parse_int("--people", written.strip() or "1", least=1)
        except BoussoleError as error:
            return (error.hint or error.what).in_(self._language)
        return None

    def resumed(self, compass: str | None, *, must: bool) -> Start | None:
        """Return the unfinished interview to go on with; None to start a new one.

        Raises:
            BoussoleError: when there `must` be one and there is none.

        """
        every = unfinished()
        with suppress(BoussoleError):  # told when an answer is kept
            clear_locks()
        if compass is not None:
            file = str(Path(compass).resolve())
            every = [one for one in every if compass == one.saved.compass or file == one.saved.compass_file]
        drafts = [one for one in every if not held_elsewhere(one.path)]
        self._others = bool(every) and sys.stdin.isatty()
        if not drafts and must:
            raise BoussoleError(
                gettext("The unfinished interview is going on in another window.")
                if every
                else gettext("There is no unfinished interview."),
                gettext("Type boussole to start one."),
            )
        if not drafts or not (must or sys.stdin.isatty()):
            return None
        if must and len(drafts) == 1:
            return self._reopened(drafts[0])
        items = [Item(draft.name, self._told(draft)) for draft in drafts]
        if not must:
            items.append(Item(_NEW, gettext("Start a new interview").in_(self._language)))
        ask = gettext("An interview is not finished. Go on with it?")
        chosen = self._asker.choose(Prompt(ask.in_(self._language), proposed=True), items, current=drafts[0].name)
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
        name = draft.saved.name
        return (told if name is None else gettext("{name}: {interview}", name=name, interview=told)).in_(self._language)

    def _title(self, draft: Draft) -> Localised | str:
        """Return the title of a draft's compass, or its id where the compass is not in reach any more."""
        try:
            return self._library.pair(draft.saved.compass_file or draft.saved.compass).compass.title
        except BoussoleError:
            return draft.saved.compass

    def _reopened(self, draft: Draft) -> Start:
        pair = self._library.pair(draft.saved.compass_file or draft.saved.compass)
        try:
            own = claimed(draft.path)
        except OSError:  # a place that can only be read: the answers are there all the same
            own = None
        else:
            if own is None:
                raise BoussoleError(
                    gettext("The unfinished interview is going on in another window."),
                    gettext("Type boussole to start one."),
                )
        reopened = reopen(pair.compass, draft.saved, with_aside=True, catalogue=pair.catalogue)
        tell_dropped(pair.compass, draft.saved, reopened)
        people = self._people or draft.saved.people
        return Start(pair, reopened.answers, own, draft.saved.name or self._name, people)

    def hold(self, start: Start) -> Start | None:
        """Hold one interview to its end; return the next one where the person starts again."""
        pair = start.pair
        self._keeper = keeper = Keeper(pair, start.draft, start.name, start.people)
        interview = Interview(pair.compass, self._asker, self._language, start.answers, keeper.keep)
        interview.run()
        keeper.say_not_kept()
        again = self._show_result(start, interview)
        if self._example:
            self._print_example(pair, interview.answers)
        keeper.finish()
        self._keeper = None
        return self._next(start) if again else None

    def _next(self, before: Start) -> Start:
        """Return the start of the next group, which sees nothing of the one before."""
        if self._menus is not None:
            self._menus.clear()
        name = None if self._name is None and not self._others else self._ask_name()
        people = 1 if before.people == 1 else self._ask_people()
        return Start(self.pair(None, before.pair.compass.id), name=name, people=people)

    def _show_result(self, start: Start, interview: Interview) -> bool:
        """Show the result of a finished interview; return whether to start again."""
        from boussole.cli.asking.effects import default_stem, drawn_effects, plain_effects
        from boussole.terminal.result import Result

        effects = (
            plain_effects(self._language, start.people, on_stderr=self._plain and self._example)
            if self._menus is None
            else drawn_effects(self._language, start.people, self._menus)
        )
        pair = start.pair
        stem = default_stem(pair.compass.id, start.name)
        return Result(pair.catalogue, pair.compass, self._asker, self._language, effects, stem).run(interview)

    def _print_example(self, pair: Pair, answers: Answers) -> None:
        """Print a finished interview as an example to paste."""
        from boussole.escape import escaped_controls
        from boussole.files.authoring.worked_example import example_toml

        sys.stdout.write(escaped_controls(example_toml(pair.compass, pair.catalogue, answers)))

    def say_how_to_resume(self) -> bool:
        """Say, where something was kept, how to go on; tell whether there was something."""
        return self._keeper is not None and self._keeper.stop(self._settings, plain=self._plain)
