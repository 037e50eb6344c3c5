"""After the interview: the result, and what one can do with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from boussole.core.pathway import pathway
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.errors import BoussoleError
from boussole.i18n import gettext, ngettext
from boussole.render.recommend.medoc import medoc_lines
from boussole.render.recommend.plain import list_lines, pathway_lines, result_lines
from boussole.render.recommend.sensitivity_wording import matters_most, sure_line
from boussole.render.wording import rank_label
from boussole.terminal.prompter import Item, Navigation, Prompt

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.ranking import Ranking, Recommendation
    from boussole.core.why.sensitivity import Sensitivity
    from boussole.i18n import Localised, Message
    from boussole.terminal.interview import Interview
    from boussole.terminal.prompter import Prompter
    from boussole.terminal.what_if import WhatIf

_ACTIONS: dict[str, Message] = {
    "path": gettext("My path, step by step"),
    "one": gettext("One MEDOC whole"),
    "more": gettext("More of the list"),
    "why": gettext("Why, or why not this one?"),
    "what-if": gettext("What if…?"),
    "change": gettext("Change an answer"),
    "save": gettext("Save my path in a file"),
    "share": gettext("My answers as a code to share"),
    "group": gettext("Add my answers to those of a group"),
    "again": gettext("Start again"),
    "leave": gettext("Leave"),
}


class Save(Protocol):
    """Write a path to a file, or raise `BoussoleError`."""

    def __call__(
        self, ranking: Ranking, answers: Answers, path: Path, name: str | None, sure: Sensitivity | None, /
    ) -> None:
        """Take the ranking, the answers, the file, the name given and how sure the top is."""


class Effects(NamedTuple):
    """What the result needs from outside: showing lines or a whole result, saving a file, today's date.

    `show_result` and `show_list` are None where nothing may be drawn: lines do. `show_result` takes lines to show under
    the rest. `share` shows the answers as a code. `refuse` tells why a file cannot be written, before it is.
    """

    show_result: Callable[[Ranking, Sequence[str]], None] | None
    show_list: Callable[[Ranking, Sequence[Recommendation]], None] | None
    show_lines: Callable[[Sequence[str]], None]
    save: Save
    today: dt.date
    share: Callable[[Ranking, Answers], None]
    refuse: Callable[[Path], BoussoleError | None]


class Result:
    """The result of one interview, and its menu."""

    def __init__(
        self, catalogue: Catalogue, compass: Compass, asker: Prompter, language: str, outside: Effects, stem: str
    ) -> None:
        """Take what the screens show and where files go; `stem` is how the name of a file begins by default."""
        self._stem = stem
        self._catalogue = catalogue
        self._compass = compass
        self._asker = asker
        self._language = language
        self._outside = outside
        self._shown = 0
        self._saved = False
        self._firmness: Sensitivity | None = None

    def run(self, interview: Interview) -> bool:
        """Show the result and do what is asked; return whether to start again."""
        ranking = self._show(interview)
        while True:
            try:
                action = self._menu()
                if action in {"again", "leave"}:
                    if self._saved or self._sure():
                        return action == "again"
                    continue
            except EOFError:  # piped answers need not say goodbye
                return False
            if action == "change":
                interview.review()
                ranking = self._changed(interview)
            elif action == "what-if":
                if self._wondering(ranking, interview).what_if():
                    ranking = self._changed(interview)
            elif action == "why":
                self._wondering(ranking, interview).why(self._shown)
            else:
                self._do(action, ranking, interview.answers)

    def _changed(self, interview: Interview) -> Ranking:
        """Show the result of other answers, which no file holds yet."""
        self._saved = False
        return self._show(interview)

    def _wondering(self, ranking: Ranking, interview: Interview) -> WhatIf:
        from boussole.terminal.what_if import WhatIf

        outside = self._outside
        return WhatIf(ranking, interview, self._asker, self._language, outside.show_lines, outside.today)

    def _menu(self) -> str:
        items = [Item(action, self._say(text)) for action, text in _ACTIONS.items()]
        chosen = self._asker.choose(Prompt(self._say(gettext("What would you like to do?"))), items)
        return "change" if isinstance(chosen, Navigation) else chosen

    def _do(self, action: str, ranking: Ranking, answers: Answers) -> None:
        if action == "path":
            self._outside.show_lines(pathway_lines(pathway(ranking), self._language))
        elif action == "one":
            self._show_one(ranking)
        elif action == "more":
            self._show_more(ranking)
        elif action in {"share", "group"}:
            self._outside.share(ranking, answers)
            if action == "group":
                self._outside.show_lines(self._how_to_gather())
        else:
            self._save(ranking, answers)

    def _how_to_gather(self) -> list[str]:
        """Return how one machine brings the answers of many together."""
        given = gettext("Give this code to whoever gathers the answers, or save your path in a file in their folder.")
        then = gettext("They put the codes in a text file, one a line, beside the files of the others, and run:")
        folder = self._say(gettext("FOLDER"))
        many = gettext("Where a table answers together, boussole ask --people 8 writes in its file how many it is.")
        command = f"    boussole group {self._compass.id} {folder}"
        return [self._say(given), self._say(many), self._say(then), command]

    def _show_more(self, ranking: Ranking) -> None:
        """Show as many as were shown first, from the next one on: those before have been read, or heard."""
        more = ranking.recommendations[self._shown : self._shown + self._compass.weighting.top]
        self._shown += len(more)
        if not more:
            count = len(ranking.recommendations)
            said = ngettext("The list is over: {count} MEDOC.", "The list is over: {count} MEDOC.", count)
            self._outside.show_lines([self._say(said)])
        elif self._outside.show_list is not None:
            self._outside.show_list(ranking, more)
        else:
            self._outside.show_lines(list_lines(self._language, shown=more, today=self._outside.today))

    def _show(self, interview: Interview) -> Ranking:
        ranking = rank(self._compass, self._catalogue, situate(self._compass, interview.answers))
        self._shown = len(ranking.top())
        sure = self._how_sure(interview.answers) if ranking.recommendations else []
        if self._outside.show_result is not None:
            self._outside.show_result(ranking, sure)
        else:
            self._outside.show_lines(
                result_lines(ranking, self._language, shown=ranking.top(), today=self._outside.today)
            )
            if sure:
                self._outside.show_lines(sure)
        return ranking

    def _how_sure(self, answers: Answers) -> list[str]:
        """Return how often each of the top stays, and the answer that matters most; what is saved keeps all of it."""
        from boussole.vectorized.why.sensitivity import sensitivity

        self._firmness = None
        try:
            self._firmness = sensitivity(self._compass, self._catalogue, answers, self._compass.weighting.top)
        except BoussoleError as error:  # numbers that only whole numbers without end can hold
            return error.in_(self._language).split("\n")
        most = matters_most(self._firmness, self._compass)
        return [self._say(line) for line in (sure_line(self._firmness), most) if line is not None]

    def _show_one(self, ranking: Ranking) -> None:
        items = [
            Item(item.medoc.id, self._say(item.medoc.title), self._say(gettext("rank {rank}", rank=rank_label(item))))
            for item in ranking.top(self._shown)
        ]
        if not items:
            self._outside.show_lines([self._say(gettext("No MEDOC fits these answers."))])
            return
        chosen = self._asker.choose(Prompt(self._say(gettext("Which one?")), can_go_back=True), items)
        if not isinstance(chosen, Navigation):
            medoc = self._catalogue.medoc[chosen]
            self._outside.show_lines(medoc_lines(medoc, self._catalogue, self._language, self._outside.today))

    def _save(self, ranking: Ranking, answers: Answers) -> None:
        prompt = Prompt(
            self._say(gettext("Name of the file")),
            help=self._say(
                gettext(
                    "It ends in .html (to read, print or send), .pdf, .docx (to edit), .md, .csv, .json, .txt "
                    "or .toml (my answers only)."
                )
            ),
            can_go_back=True,
        )
        default = f"{self._stem}.html"
        written = self._asker.write(prompt, default, refuse=self._refuse_file)
        if isinstance(written, Navigation):
            return
        name = self._name()
        if isinstance(name, Navigation):
            return
        path = _at_home(Path(written.strip()))
        if _exists(path) and not self._agreed(gettext("“{path}” exists. Replace it?", path=path)):
            return
        try:
            self._outside.save(ranking, answers, path, name, self._firmness)
            self._saved = True
        except BoussoleError as error:
            self._outside.show_lines(error.in_(self._language).split("\n"))

    def _refuse_file(self, written: str) -> str | None:
        if not written.strip():
            return self._say(gettext("Type a name."))
        refusal = self._outside.refuse(_at_home(Path(written.strip())))
        return None if refusal is None else refusal.in_(self._language).replace("\n", " ")

    def _name(self) -> str | Navigation | None:
        """Return the name to write on the file: only the one the person types, or None."""
        prompt = Prompt(self._say(gettext("Your name, if you want it on the file (Enter: none)")), can_go_back=True)
        written = self._asker.write(prompt, "", refuse=lambda _written: None)
        return written if isinstance(written, Navigation) else written.strip() or None

    def _sure(self) -> bool:
        return self._agreed(gettext("Your path is not saved, and your answers will be forgotten. Go on?"))

    def _agreed(self, question: Message) -> bool:
        items = [Item("no", self._say(gettext("No"))), Item("yes", self._say(gettext("Yes")))]
        return self._asker.choose(Prompt(self._say(question), can_go_back=True), items) == "yes"

    def _say(self, text: Localised) -> str:
        return text.in_(self._language)


def _at_home(path: Path) -> Path:
    """Return `path` with its « ~ » expanded; one that is nobody's home stays, for saving to complain of."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _exists(path: Path) -> bool:
    """Return whether there is something to replace; a name too long or out of reach is for saving to complain of."""
    try:
        return path.exists()
    except OSError:
        return False
