"""Questions as numbered lines, nothing redrawn: for screen readers, poor terminals, and answers from a pipe."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from boussole.errors import BoussoleError
from boussole.escape import plain_paragraphs, plain_text
from boussole.fuzzy import fold, matches
from boussole.i18n import Listing, gettext
from boussole.render.wording import how_many
from boussole.terminal.lists import (
    FIRST_QUESTION,
    NO_HELP,
    NOTHING_TO_REVIEW,
    UNKNOWN,
    UNKNOWN_TYPED,
    are_positions,
    no_such_number,
    numbers_of,
    safe_items,
    why_not,
)
from boussole.terminal.prompter import Navigation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from boussole.i18n import Message
    from boussole.terminal.prompter import Item, Prompt

    Found = list[Item] | Message
    """The items that a line names, or why it names none."""
    Find = Callable[[str], Found]

HELP = "?"
BACK = "<"
REVIEW = "!"
MOST_READ = 200
"""Lines read from a pipe for one question: who types is never counted."""
_DO_NOT_KNOW = gettext("I do not know")
NUMBERS = re.compile(r"[0-9 ,;]*")


class PlainPrompter:
    """The `Asker` of plain text. Each question is written once; a wrong entry is explained and asked again."""

    def __init__(
        self, language: str, *, lines: TextIO | None = None, out: TextIO | None = None, echo: bool | None = None
    ) -> None:
        """Ask in `language`, reading `lines` (standard input) and writing to `out` (standard output).

        `echo` writes back what was read, so that a transcript reads well: by default where `lines` is not
        a terminal, which does it itself.
        """
        self._language = language
        self._lines = sys.stdin if lines is None else lines
        self._out = sys.stdout if out is None else out
        self._echo = not self._lines.isatty() if echo is None else echo
        self._piped = not self._lines.isatty()
        self._read_for: Counter[str] = Counter()

    def choose(self, prompt: Prompt, items: Sequence[Item], current: str | None = None) -> str | Navigation:
        """Ask for one of `items`; an empty line keeps or accepts `current`. Raises `EOFError` when there is no line."""
        shown = safe_items(items)
        kept = [item for item in shown if item.value == current]
        self._present(prompt, shown, kept)
        about = self._what_to_type(shown, kept, proposed=prompt.proposed)
        asking = self._asking(prompt, gettext("Your choice"), about)
        answer = self._ask(prompt, asking, lambda typed: _find_one(shown, typed) if typed or not kept else kept)
        return answer if isinstance(answer, Navigation) else answer[0].value

    def choose_many(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        current: Sequence[str] = (),
        *,
        least: int = 1,
        most: int | None = None,
    ) -> tuple[str, ...] | Navigation:
        """Ask for `least` to `most` of `items`, returned in their order; otherwise as `choose`."""
        shown = safe_items(items)
        kept = [item for item in shown if item.value in current]

        def find(typed: str) -> Found:
            found = _find_several(shown, typed) if typed or not kept else kept
            return (why_not(found, least, most) or found) if isinstance(found, list) else found

        self._present(prompt, shown, kept)
        self._print(self._say(how_many(least, most)))
        about = self._what_to_type(shown, kept, proposed=prompt.proposed)
        if not kept and least == 0:
            about.append(self._say(gettext("Enter: none")))
        asking = self._asking(prompt, gettext("Your choices, for instance 1 3"), about)
        answer = self._ask(prompt, asking, find)
        return answer if isinstance(answer, Navigation) else tuple(item.value for item in answer)

    def write(
        self, prompt: Prompt, current: str = "", *, refuse: Callable[[str], str | None], unknown: bool = False
    ) -> str | Navigation:
        """Ask for a line of text; an empty one keeps `current`, `??` answers "?" where that is one (`unknown`)."""
        shown = UNKNOWN_TYPED if unknown and current == UNKNOWN else plain_text(current)
        keeping = gettext("Enter: accept “{answer}”") if prompt.proposed else gettext("Enter: keep “{answer}”")
        keep = [self._say(keeping._replace(values={"answer": shown}))] if current else []
        about = [*keep, self._key(UNKNOWN_TYPED, _DO_NOT_KNOW)] if unknown else keep
        asking = self._asking(prompt, gettext("Your answer"), about)
        self._present(prompt, (), ())
        while True:
            typed = self._read(prompt, asking)
            if isinstance(typed, Navigation):
                return typed
            answer = UNKNOWN if unknown and typed == UNKNOWN_TYPED else typed or current
            refusal = refuse(answer)
            if refusal is None:
                if answer != typed:
                    unsure = unknown and answer == UNKNOWN
                    self._repeat(self._say(_DO_NOT_KNOW) if unsure else plain_text(answer))
                return answer
            self._print(plain_text(refusal))

    def _present(self, prompt: Prompt, items: Sequence[Item], kept: Sequence[Item]) -> None:
        """Write the question and its numbered options, those preselected being marked in words."""
        self._print("")
        for line in filter(None, (plain_text(prompt.told), plain_text(prompt.progress), plain_text(prompt.ask))):
            self._print(line)
        current = self._say(gettext("(proposed)") if prompt.proposed else gettext("(current answer)"))
        for number, item in zip(numbers_of(items), items, strict=True):
            hint = "".join(f" — {more}" for more in (item.answer, item.hint) if more)
            mark = f" {current}" if item in kept else ""
            self._print(f"{number}. {item.text}{hint}{mark}")

    def _ask(self, prompt: Prompt, asking: str, find: Find) -> list[Item] | Navigation:
        """Read until `find` makes items of what was typed, and repeat them: a number alone tells nobody what it is."""
        while True:
            typed = self._read(prompt, asking)
            if isinstance(typed, Navigation):
                return typed
            found = find(typed)
            if isinstance(found, list):
                self._repeat(Listing([item.text for item in found]).in_(self._language) or self._say(gettext("none")))
                return found
            self._print(self._say(found))

    def _repeat(self, answer: str) -> None:
        self._print(self._say(gettext("Chosen: {answer}", answer=answer)))

    def _read(self, prompt: Prompt, asking: str) -> str | Navigation:
        """Return the next line that is neither a request for help nor a move that cannot be made.

        Raises:
            BoussoleError: when a pipe goes on answering one question.

        """
        while True:
            self._read_for[prompt.ask] += 1
            if self._piped and self._read_for[prompt.ask] > MOST_READ:
                raise BoussoleError(
                    gettext(
                        "The answers that are piped in never end: “{question}” was answered {most} times.",
                        question=prompt.ask,
                        most=MOST_READ,
                    ),
                    gettext("Pipe a line for each question, the last one to leave."),
                )
            typed = self._read_line(asking)
            if typed is None:
                self._print(self._say(gettext("This line is not readable text.")))
            elif typed == HELP:
                self._print("\n\n".join(plain_paragraphs(prompt.help)) or self._say(NO_HELP))
            elif typed == BACK and prompt.can_go_back:
                return Navigation.BACK
            elif typed == REVIEW and prompt.can_review:
                return Navigation.REVIEW
            elif typed in {BACK, REVIEW}:
                self._print(self._say(FIRST_QUESTION if typed == BACK else NOTHING_TO_REVIEW))
            else:
                return typed

    def _read_line(self, asking: str) -> str | None:
        """Return what was typed, as plain text; None where its bytes are no text.

        Raises:
            EOFError: at the end of a pipe. KeyboardInterrupt: at Ctrl-C, and Ctrl-D, the end of a terminal.

        """
        try:
            self._write(asking)
            self._out.flush()
            line = self._lines.readline()
        except UnicodeDecodeError:
            self._print("")
            return None
        except KeyboardInterrupt:
            self._print("")
            raise
        if not line:
            self._print("")
            raise KeyboardInterrupt if self._lines.isatty() else EOFError
        typed = plain_text(line)
        if self._echo:
            self._print(typed)
        return typed

    def _asking(self, prompt: Prompt, label: Message, about: Sequence[str]) -> str:
        """Return what invites to type: « Votre choix (1 à 10 ; ? aide, < retour) : »."""
        moves = (
            (HELP, gettext("help"), bool(prompt.help)),
            (BACK, gettext("back"), prompt.can_go_back),
            (REVIEW, gettext("my answers"), prompt.can_review),
        )
        said = ", ".join(self._key(key, does) for key, does, possible in moves if possible)
        groups = [*about, *([said] if said else [])]
        if not groups:
            return self._say(gettext("{label}: ", label=label))
        return self._say(gettext("{label} ({keys}): ", label=label, keys=self._say(gettext("; ")).join(groups)))

    def _what_to_type(self, items: Sequence[Item], kept: Sequence[Item], *, proposed: bool) -> list[str]:
        numbers = sorted(map(int, numbers_of(items)))
        span = self._say(gettext("{first} to {last}", first=numbers[0], last=numbers[-1]))
        keep = gettext("Enter: accept") if proposed else gettext("Enter: keep")
        return [span, self._say(keep)] if kept else [span]

    def _key(self, key: str, does: Message) -> str:
        return f"{key}\N{NO-BREAK SPACE}{self._say(does)}"

    def _say(self, words: Message) -> str:
        return words.in_(self._language)

    def _print(self, text: str) -> None:
        self._write(f"{text}\n")

    def _write(self, text: str) -> None:
        """Write `text`, its lines cut between words on a terminal, its unwritable characters replaced."""
        if self._out.isatty():
            width = shutil.get_terminal_size().columns
            text = "".join(_cut(line, width) for line in text.splitlines(keepends=True))
        encoding = self._out.encoding or "utf-8"
        self._out.write(text.encode(encoding, "replace").decode(encoding))


def _cut(line: str, width: int) -> str:
    """Return `line` cut between words, with the spaces or the line break at its end."""
    text = line.rstrip(" \n")
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False) + line[len(text) :]


def _find_several(items: Sequence[Item], typed: str) -> Found:
    """Return the items that `typed` names, in their order: numbers apart, one text, or texts between commas."""
    if NUMBERS.fullmatch(typed):
        names = re.split("[ ,;]+", typed)
    else:
        whole = _find_one(items, typed)  # a text may hold commas itself
        names = re.split("[,;]", typed)
        if isinstance(whole, list) or len(names) == 1:
            return whole
    values: set[str] = set()
    for name in filter(None, (name.strip() for name in names)):
        found = _find_one(items, name)
        if not isinstance(found, list):
            return found
        values.update(item.value for item in found)
    return [item for item in items if item.value in values]


def _find_one(items: Sequence[Item], typed: str) -> Found:
    """Return the one item that `typed` names: by its number, its id, its text, the beginning or words of its text."""
    if not typed:
        return gettext("Type the number of an answer.")
    numbers = numbers_of(items)
    wanted = fold(typed)
    number = typed.lstrip("0") or "0"
    ways: list[Callable[[int], bool]] = [lambda place: numbers[place] == number]
    if not are_positions(items):
        ways += [lambda place: items[place].value == typed, lambda place: fold(items[place].value) == wanted != ""]
    if not typed.isdecimal() and wanted:  # a 2 is never looked for in « 2 000 habitants »
        texts = [fold(item.text) for item in items]
        ways += [
            lambda place: wanted in {texts[place], *items[place].words},
            lambda place: texts[place].startswith(wanted),
            lambda place: matches(wanted, fold(f"{items[place].text} {items[place].answer}")),
        ]
    for way in ways:
        places = [place for place in range(len(items)) if way(place)]
        if len(places) == 1:
            return [items[places[0]]]
        if places:
            which = ", ".join(numbers[place] for place in places)
            return gettext("“{typed}” may be several answers ({numbers}): type a number.", typed=typed, numbers=which)
    if typed.isdecimal():
        return no_such_number(typed)
    return gettext("No answer matches “{typed}”: type a number.", typed=typed)
