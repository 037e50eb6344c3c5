"""What a question looks like on a screen of any size; the lists themselves are in `listview`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from prompt_toolkit.utils import get_cwidth

from boussole.escape import plain_paragraphs, plain_text
from boussole.i18n import gettext
from boussole.terminal.text_layout import GAP, Line, key_lines, line_width, share_rows, styled, wrap

if TYPE_CHECKING:
    from boussole.i18n import Message
    from boussole.terminal.prompter import Prompt
    from boussole.terminal.text_layout import Marks

WIDEST = 100  # columns: longer lines are hard to follow, above all on a projector
TALL = 16  # rows from which the keys may take two of them
ROWS_BESIDE_HELP = 3  # left to the list, or to the line being typed

PRIORITY = ("keys", "notice", "ask", "help", "filter", "rule", "progress", "hint", "gap above", "gap below")


class QuestionView(ABC):
    """What lists and written answers have in common: the prompt above, the keys below, the help when asked for."""

    def __init__(self, prompt: Prompt, language: str, marks: Marks) -> None:
        """Keep the prompt as plain text; `help_page` counts from 1, 0 when the help is hidden."""
        self.language = language
        self.marks = marks
        self.can_go_back = prompt.can_go_back
        self.can_review = prompt.can_review
        self.ask = plain_text(prompt.ask)
        self.notice = plain_text(prompt.told)
        self.help_page = 0
        self.help_key = "?"
        self._progress = plain_text(prompt.progress)
        self._help = "\n\n".join(plain_paragraphs(prompt.help))
        self.size = (80, 24)

    @property
    def has_help(self) -> bool:
        """Whether there is anything to explain."""
        return bool(self._help)

    def turn_help(self) -> None:
        """Show the next page of the help, or hide it after its last page."""
        self.help_page = (self.help_page + 1) % (len(self._help_pages()) + 1)

    def resize(self, width: int, height: int) -> None:
        """Draw from now on within `width` columns and `height` rows."""
        self.size = (min(width, WIDEST), height)

    def say(self, words: Message) -> str:
        """Return `words` in the language of the questionnaire."""
        return words.in_(self.language)

    @abstractmethod
    def keys(self) -> list[tuple[str, str]]:
        """Return the keys that do something here and what they do, the most useful first."""

    def common_keys(self, back: str) -> list[tuple[str, str]]:
        """Return the keys that go back and explain, where there is anything behind them."""
        keys = []
        if self.can_go_back:
            keys.append((back, self.say(gettext("back"))))
        if self.has_help:
            keys.append((self.help_key, self.say(gettext("help"))))
        return keys

    def last_keys(self) -> list[tuple[str, str]]:
        """Return the keys that leave the question."""
        review = [("F2", self.say(gettext("my answers")))] if self.can_review else []
        return [*review, ("Ctrl+C", self.say(gettext("stop")))]

    def _key_lines(self) -> list[Line]:
        width, height = self.size
        return key_lines(self.keys(), width, 2 if height >= TALL else 1)

    def help_lines(self) -> list[Line]:
        """Return the page of the help being shown, none when it is hidden."""
        pages = self._help_pages()
        return pages[min(self.help_page, len(pages)) - 1] if self.help_page and pages else []

    def _help_pages(self) -> list[list[Line]]:
        """Return the help cut into what fits beside the question and a few rows of its list."""
        width, height = self.size
        lines = [line for text in self._help.split("\n") for line in styled("class:help", text, width) or [[("", "")]]]
        if not self.has_help:
            return []
        room = height - ROWS_BESIDE_HELP - len(self._key_lines()) - len(wrap(self.ask, width))
        if len(lines) <= room:
            return [lines]
        room = max(room - 1, 1)
        pages = [lines[start : start + room] for start in range(0, len(lines), room)]
        going_on = self.say(gettext("({key} for the rest)", key=self.help_key))
        return [*([*page, [("class:keys", going_on)]] for page in pages[:-1]), pages[-1]]

    def blocks(self, notice: str) -> dict[str, list[Line]]:
        """Return what may be drawn, by the names in `PRIORITY`; what a kind of question adds is empty."""
        width, _ = self.size
        blocks: dict[str, list[Line]] = {name: [] for name in PRIORITY}
        return blocks | {
            "progress": styled("class:progress", self._progress, width),
            "ask": styled("class:question", self.ask, width),
            "help": self.help_lines(),
            "notice": styled("class:notice", notice and f"! {notice}", width),
            "keys": self._key_lines(),
            "gap above": [[("", "")]],
            "gap below": [[("", "")]],
        }


class LineView(QuestionView):
    """A written answer: what stands above and below the line being typed."""

    def __init__(self, prompt: Prompt, language: str, marks: Marks, *, unknown: bool) -> None:
        """Show the help at once; `unknown` tells whether « je ne sais pas » is accepted."""
        super().__init__(prompt, language, marks)
        self.help_key = "F1"
        self.help_page = 1
        self._unknown = unknown

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of a written answer."""
        unknown = [("??", self.say(gettext("I do not know")))] if self._unknown else []
        enter = (self.say(gettext("Enter")), self.say(gettext("confirm")))
        return [enter, *unknown, *self.common_keys(self.say(gettext("Shift+Tab"))), *self.last_keys()]

    def above(self) -> list[Line]:
        """Return the rows above the line being typed."""
        kept = self._kept()
        return [line for name in ("progress", "ask", "help", "gap above") for line in kept[name]]

    def below(self) -> list[Line]:
        """Return the rows below the line being typed."""
        kept = self._kept()
        return [line for name in ("notice", "gap below", "keys") for line in kept[name]]

    def _kept(self) -> dict[str, list[Line]]:
        width, height = self.size
        return share_rows(self.blocks(self.notice), PRIORITY, height - ROWS_BESIDE_HELP, self.marks.more, width)


def transcript(ask: str, answer: str, marks: Marks, width: int) -> list[Line]:
    """Return the rows left on the screen once answered: the question, then the answer beside or under it."""
    first: Line = [("class:done", f"{marks.done} ")]
    return answered_rows(first, ask, answer, width)


def answered_rows(first: Line, ask: str, answer: str, width: int, *, pointed: bool = False) -> list[Line]:
    """Return the rows of a question and its answer after what stands `first`: beside it, or under it, and bold."""
    indent = line_width(first)
    asking, answering = ("class:pointed",) * 2 if pointed else ("", "class:answer")
    whole = indent + get_cwidth(ask) + GAP + get_cwidth(answer)
    if whole <= width:
        return [[*first, (asking, f"{ask}{' ' * GAP}"), (answering, answer)]]
    rows = [(asking, line) for line in wrap(ask, width - indent) or [""]]
    rows += [(answering, line) for line in wrap(answer, width - indent)]
    return [[*first, rows[0]], *([("", " " * indent), row] for row in rows[1:])]
