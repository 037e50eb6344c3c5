"""What is longer than the screen, a screen at a time, its start first: where one is in it, and how to turn the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text import ANSI, to_formatted_text
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.utils import get_cwidth

from boussole.i18n import gettext
from boussole.terminal.keys import ENTER, STOP
from boussole.terminal.text_layout import key_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.key_binding import KeyPressEvent

    from boussole.i18n import Message
    from boussole.terminal.text_layout import Line, Marks

    Draw = Callable[[int, int], Sequence[str]]
    """Lines for a screen of so many columns and rows, colours as the terminal takes them; they may be more."""


_LINK = re.compile("\x1b]8;[^\x1b\x07]*(?:\x1b\\\\|\x07)")
"""The beginning or the end of a link (OSC 8), which takes no room on the screen."""


class Pager:
    """What `draw` gives, from the line `top` on; `bindings` are its keys, the last of which leave."""

    def __init__(self, draw: Draw, language: str, marks: Marks) -> None:
        """Start at the first line."""
        self._draw = draw
        self._language = language
        self._marks = marks
        self._width, self._room = 80, 23
        self._content = self._rows()
        self.top = 0
        self.bindings = self._keys()

    def resize(self, width: int, height: int) -> None:
        """Draw from now on within `width` columns and `height` rows."""
        size = (width, max(height - 1, 1))
        if size != (self._width, self._room):
            self._width, self._room = size
            self._content = self._rows()
        self._go(self.top)

    def lines(self) -> list[Line]:
        """Return the rows of the screen: what is seen now, then where one is and the keys."""
        shown = self._content[self.top : self.top + self._room]
        return [*shown, *key_lines(self._hints(), self._width, 1)]

    def _rows(self) -> list[Line]:
        """Return what is drawn as rows of the screen: a line wider than it goes on below, as in a terminal."""
        return [row for line in self._draw(self._width, self._room) for row in _folded(line, self._width)]

    def _hints(self) -> list[tuple[str, str]]:
        """Return the keys, and which lines are seen where they are not all."""
        go_on = (self._say(gettext("Space")), self._say(gettext("go on")))
        if self._last == 0:
            return [go_on]
        end = min(self.top + self._room, len(self._content))
        where = gettext("{first} to {last} of {count}", first=self.top + 1, last=end, count=len(self._content))
        arrows = (f"{self._marks.up}{self._marks.down}", self._say(gettext("move")))
        pages = (self._say(gettext("PgUp PgDn")), self._say(gettext("pages")))
        return [go_on, ("q", self._say(gettext("leave"))), (self._say(where), ""), arrows, pages]

    @property
    def _last(self) -> int:
        """The last line that may be the first one seen."""
        return max(len(self._content) - self._room, 0)

    def _go(self, top: int) -> None:
        self.top = min(max(top, 0), self._last)

    def _next(self, event: KeyPressEvent) -> None:
        """Turn the page; after the last one, leave."""
        if self.top == self._last:
            event.app.exit()
        else:
            self._go(self.top + self._room)

    def _keys(self) -> KeyBindings:
        bindings = KeyBindings()

        def on(*keys: str, do: Callable[[KeyPressEvent], object]) -> None:
            for key in keys:
                bindings.add(key, eager=key not in {Keys.Any, "escape"})(do)

        on(*STOP, do=lambda event: event.app.exit(exception=KeyboardInterrupt))
        on("c-z", do=lambda event: event.app.suspend_to_background())
        on(" ", *ENTER, do=self._next)
        on("q", "Q", "escape", do=lambda event: event.app.exit())
        on("pagedown", "right", do=lambda _: self._go(self.top + self._room))
        on("pageup", "left", "b", do=lambda _: self._go(self.top - self._room))
        on("down", "c-n", do=lambda _: self._go(self.top + 1))
        on("up", "c-p", do=lambda _: self._go(self.top - 1))
        on("home", do=lambda _: self._go(0))
        on("end", do=lambda _: self._go(self._last))
        bindings.add("escape", Keys.Any, eager=True)(lambda _: None)  # Alt and a letter
        return bindings

    def _say(self, words: Message) -> str:
        return words.in_(self._language)


def _folded(line: str, width: int) -> list[Line]:
    """Return a line, its colours and links as the terminal takes them, on rows of at most `width` columns."""
    rows: list[Line] = [[]]
    used = 0
    for style, text, *_ in to_formatted_text(ANSI(_LINK.sub("\x01\\g<0>\x02", line))):
        if "[ZeroWidthEscape]" in style or used + get_cwidth(text) <= width:
            rows[-1].append((style, text))
            used += 0 if "[ZeroWidthEscape]" in style else get_cwidth(text)
            continue
        for letter in text:
            if used + get_cwidth(letter) > width:
                rows.append([])
                used = 0
            rows[-1].append((style, letter))
            used += get_cwidth(letter)
    return rows
