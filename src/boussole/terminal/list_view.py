"""What a list to choose from looks like on a screen of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.utils import get_cwidth

from boussole.i18n import gettext, ngettext
from boussole.render.wording import how_many
from boussole.terminal.lists import CheckState
from boussole.terminal.screens import PRIORITY, ROWS_BESIDE_HELP, QuestionView, answered_rows
from boussole.terminal.text_layout import GAP, Line, line_width, share_rows, shorten, styled, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.terminal.lists import ListState
    from boussole.terminal.prompter import Prompt
    from boussole.terminal.text_layout import Marks

LIST_ROWS = 4  # kept for the list whatever else there is to show
HINTED = 3  # rows of hint kept under the list, so that what follows stays still while the pointer moves


class ListView(QuestionView):
    """A list on a screen, which scrolls no more than it must."""

    def __init__(self, prompt: Prompt, state: ListState, language: str, marks: Marks) -> None:
        """Show the list from its top."""
        super().__init__(prompt, language, marks)
        self.state = state
        self._page_size = 1
        self._top = 0

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of a list; `Space` is for several answers only."""
        arrows = f"{self.marks.up}{self.marks.down}"
        enter, state = self.say(gettext("Enter")), self.state
        back = self.common_keys(self.marks.back)
        last = [*self.last_keys(), (self.say(gettext("letters")), self.say(gettext("filter")))]
        if not isinstance(state, CheckState):
            return [(f"{arrows} {enter}", self.say(gettext("choose"))), *back, *last]
        if state.filter:  # where Space is a letter
            escape = (self.say(gettext("Esc")), self.say(gettext("clear the filter")))
            return [(enter, self.say(gettext("check"))), escape, (arrows, self.say(gettext("move"))), *back, *last[:-1]]
        return [*self._checking(state, enter), *back, (arrows, self.say(gettext("move"))), *last]

    def _checking(self, state: CheckState, enter: str) -> list[tuple[str, str]]:
        """Return what Space and Enter do: with nothing checked where something is needed, Enter checks too."""
        space, check = self.say(gettext("Space")), self.say(gettext("check"))
        if not state.checked and state.least > 0:
            return [(f"{space} {enter}", check)]
        does = gettext("confirm") if state.checked else gettext("none of these")
        return [(space, check), (enter, self.say(does))]

    def turn_page(self, step: int) -> None:
        """Go down (1) or up (-1) by as many items as are shown, the pointer keeping its place on the screen."""
        self.state.page(step * self._page_size)
        self._top = max(0, self._top + step * self._page_size)

    def lines(self) -> list[Line]:
        """Return the whole screen, from the progress to the keys, never more rows than there are."""
        width, height = self.size
        state = self.state
        entries = self._entries()
        blocks = self.blocks(self.say(state.notice) if state.notice else self.notice) | {
            "rule": styled("class:progress", self._rule(), width),
            "filter": styled("class:filter", self._filter(), width),
            "hint": self._hint(),
        }
        most = ROWS_BESIDE_HELP if blocks["help"] else LIST_ROWS
        least = max(1, min(most, sum(len(entry) for entry in entries), height - 1))
        kept = share_rows(blocks, PRIORITY, height - least, self.marks.more, width)
        room = height - sum(len(block) for block in kept.values())
        above = [line for name in ("progress", "ask", "help", "rule", "gap above", "filter") for line in kept[name]]
        below = [line for name in ("hint", "notice", "gap below", "keys") for line in kept[name]]
        return [*above, *self._window(entries, room), *below]

    def _rule(self) -> str:
        if not isinstance(self.state, CheckState):
            return ""
        checked = self.say(ngettext("{count} checked", "{count} checked", len(self.state.checked)))
        return f"{self.say(how_many(self.state.least, self.state.most))} · {checked}"

    def _filter(self) -> str:
        if not self.state.filter:
            return ""
        if not self.state.visible:
            return self.say(gettext("Filter: {text} (no answer matches; Esc clears it)", text=self.state.filter))
        return self.say(gettext("Filter: {text}", text=self.state.filter))

    def _prefix(self, index: int) -> Line:
        state = self.state
        pointed = index == state.pointer
        digits = max(len(number) for number in state.numbers)
        prefix = [
            ("class:pointer", f"{self.marks.pointer if pointed else ' '} "),
            ("", f"{state.numbers[index]:>{digits}}  "),
        ]
        if isinstance(state, CheckState):
            prefix.append(("class:checked", "[x] ") if index in state.checked else ("", "[ ] "))
        return prefix

    def _entries(self) -> list[list[Line]]:
        """Return the rows of each visible item, its hint included where all hints fit beside their items."""
        beside = self._hints_fit()
        widest = self._widest_hinted()
        entries = []
        for index in self.state.visible:
            item = self.state.items[index]
            style = "class:pointed" if index == self.state.pointer else ""
            prefix = self._prefix(index)
            if item.answer:
                entries.append(
                    answered_rows(prefix, item.text, item.answer, self.size[0], pointed=index == self.state.pointer)
                )
                continue
            indent = line_width(prefix)
            texts = wrap(item.text, self.size[0] - indent) or [""]
            entry: list[Line] = [
                [*prefix, (style, texts[0])],
                *([("", " " * indent), (style, text)] for text in texts[1:]),
            ]
            if beside and item.hint:
                padding = " " * (widest - get_cwidth(item.text) + GAP)
                entry[0].append(("class:hint", f"{padding}{self.marks.dash} {item.hint}"))
            entries.append(entry)
        return entries

    def _widest_hinted(self) -> int:
        return max((get_cwidth(item.text) for item in self.state.items if item.hint), default=0)

    def _hints_fit(self) -> bool:
        hint = max(get_cwidth(item.hint) for item in self.state.items)
        gaps = GAP + get_cwidth(self.marks.dash) + 1
        return line_width(self._prefix(0)) + self._widest_hinted() + gaps + hint <= self.size[0]

    def _hint(self) -> list[Line]:
        """Return the hint of the item pointed at, in as many rows as any hint of the list takes (some at most)."""
        if self._hints_fit() or self.state.pointer is None:
            return []
        width, _ = self.size
        hints = [
            styled("class:hint", item.hint and f"{self.marks.dash} {item.hint}", width) for item in self.state.items
        ]
        rows = min(HINTED, max(len(hint) for hint in hints))
        pointed = hints[self.state.pointer]
        return pointed + [[("", "")]] * (rows - len(pointed))

    def _window(self, entries: Sequence[list[Line]], room: int) -> list[Line]:
        """Return the rows of the items around the pointer, and how many items are out of sight."""
        if sum(len(entry) for entry in entries) <= room:
            self._top, self._page_size = 0, len(entries)
            return [line for entry in entries for line in entry]
        room -= room > 1  # for the row that tells what is hidden
        pointed = self.state.visible.index(self.state.pointer) if self.state.pointer is not None else 0
        top, end = _around(pointed, [len(entry) for entry in entries], min(self._top, pointed), room)
        self._top, self._page_size = top, end - top
        shown = shorten([line for entry in entries[top:end] for line in entry], room, self.marks.more, self.size[0])
        return [*shown, *self._hidden(top, len(entries) - end)]

    def _hidden(self, above: int, below: int) -> list[Line]:
        counts = ((self.marks.up, above), (self.marks.down, below))
        more = [(arrow, ngettext("{count} more", "{count} more", count)) for arrow, count in counts if count]
        said = [f"{arrow} {self.say(text)}" for arrow, text in more]
        return [[("class:more", f"  {'   '.join(said)}")]]


def _around(pointed: int, heights: Sequence[int], top: int, room: int) -> tuple[int, int]:
    """Return which items to show, from `top` on where it may stay, `pointed` always among them: (first, end)."""
    while top < pointed and sum(heights[top : pointed + 1]) > room:
        top += 1
    end = top + 1
    while end < len(heights) and sum(heights[top : end + 1]) <= room:
        end += 1
    while top > 0 and sum(heights[top - 1 : end]) <= room:
        top -= 1
    return top, end
