"""The state of a list being answered, without any screen: where the pointer is, what is checked, what is refused."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from boussole.escape import plain_text
from boussole.fuzzy import closeness, matches
from boussole.i18n import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from boussole.i18n import Message
    from boussole.terminal.prompter import Item

UNKNOWN = "?"
"""The value of « je ne sais pas »: its item is number 0, wherever it stands."""

UNKNOWN_TYPED = "??"
"""What is typed for it in a written answer, where a single "?" asks for help."""

DIGIT_PAUSE = 1.5
"""Seconds within which two digits make one number: people in front of a room type slowly."""

FIRST_QUESTION = gettext("This is the first question.")
NOTHING_TO_REVIEW = gettext("There is no answer to review yet.")
NO_HELP = gettext("There is no more help for this question.")


def safe_items(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return `items` with texts and hints that can be shown as they are."""
    return tuple(
        item._replace(text=plain_text(item.text), hint=plain_text(item.hint), answer=plain_text(item.answer))
        for item in items
    )


def words_of(item: Item) -> str:
    """Return all that is shown of an item, and what else is typed for it, in which words are looked for."""
    return " ".join(filter(None, (item.text, item.answer, item.hint, *item.words)))


def numbers_of(items: Sequence[Item]) -> list[str]:
    """Return the number shown before each item: the unknown, or what is uncounted, is 0; the others count from 1."""
    numbers, count = [], 0
    for item in items:
        counted = item.value != UNKNOWN and not item.uncounted
        count += counted
        numbers.append(str(count) if counted else "0")
    return numbers


def are_positions(items: Sequence[Item]) -> bool:
    """Tell whether the values are the positions of a scale, which are not the numbers shown."""
    return all(item.value.isdecimal() or item.value == UNKNOWN for item in items)


def no_such_number(number: str) -> Message:
    """Return the refusal of a number that no item has."""
    return gettext("There is no number {number} here.", number=number)


def no_match(typed: str) -> Message:
    """Return the refusal of a filter that no answer has."""
    return gettext("No answer matches “{typed}”.", typed=typed.strip())


def why_not(chosen: Sequence[Item], least: int, most: int | None) -> Message | None:
    """Return why `chosen` is not an answer to a multiple choice, or None when it is one."""
    loner = next((item for item in chosen if item.alone), None)
    if loner is not None:
        return (
            None if len(chosen) == 1 else gettext("“{answer}” cannot be chosen with another answer.", answer=loner.text)
        )
    if len(chosen) < least:
        return ngettext("Choose at least {count} answer.", "Choose at least {count} answers.", least)
    if most is not None and len(chosen) > most:
        return ngettext("Choose {count} answer at most.", "Choose {count} answers at most.", most)
    return None


class ListState:
    """A list of `items` (at least one) being answered; positions are those of the whole list.

    `pointer` is None when the filter leaves nothing. `notice` is what the last key was refused for.
    `clock` returns seconds; it tells the two digits of one number from two numbers.
    """

    def __init__(
        self, items: Sequence[Item], current: Collection[str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Point at the first of the `current` values."""
        self.items = tuple(items)
        self.numbers = numbers_of(items)
        self.filter = ""
        self.notice: Message | None = None
        preselected = (index for index, item in enumerate(self.items) if item.value in current)
        self.pointer: int | None = next(preselected, 0)
        self._clock = clock
        self._typed = ""
        self._typed_at = 0.0

    @property
    def visible(self) -> list[int]:
        """The positions of the items that the filter lets through."""
        if not self.filter:
            return list(range(len(self.items)))
        return [index for index, item in enumerate(self.items) if matches(self.filter, words_of(item))]

    def move(self, step: int) -> None:
        """Move the pointer by `step` visible items, from one end of the list round to the other."""
        self._point_at_visible(lambda place, count: (place + step) % count)

    def page(self, step: int) -> None:
        """Move the pointer by `step` visible items, stopping at the ends."""
        self._point_at_visible(lambda place, count: min(max(place + step, 0), count - 1))

    def end(self, *, last: bool) -> None:
        """Move the pointer to the first or the last visible item."""
        self._point_at_visible(lambda _, count: count - 1 if last else 0)

    def search(self, text: str) -> None:
        """Show only the items that hold the words of `text`, pointing at the closest; all of them when it is empty."""
        self.filter = text
        visible = self.visible
        if text:
            self.pointer = max(visible, key=self._closeness, default=None)
        elif self.pointer is None:
            self.pointer = 0

    def _closeness(self, index: int) -> int:
        return closeness(self.filter, words_of(self.items[index]))

    def type_digit(self, digit: str) -> bool:
        """Point at the item of this number, or of the number this digit ends; return whether there is one.

        A number counts in the whole list: the filter gives way.
        """
        started = self._typed if self._in_a_number else ""
        self._typed_at = self._clock()
        for number in (started + digit, digit):
            if number in self.numbers:
                self._typed = number
                self.search("")
                self.pointer = self.numbers.index(number)
                return True
        self._typed = ""
        self.notice = no_such_number(digit)
        return False

    def forget_digits(self) -> None:
        """Let the next digit start a number."""
        self._typed = ""

    def space(self) -> None:
        """End the number being typed, if there is one."""
        self.forget_digits()

    @property
    def _in_a_number(self) -> bool:
        return self._typed != "" and self._clock() - self._typed_at <= DIGIT_PAUSE

    def confirm(self) -> tuple[str, ...] | None:
        """Return the values answered, or None with a notice saying why not yet."""
        if self.pointer is None:
            self.notice = no_match(self.filter)
            return None
        return (self.items[self.pointer].value,)

    def _point_at_visible(self, place_of: Callable[[int, int], int]) -> None:
        visible = self.visible
        if self.pointer is not None:
            self.pointer = visible[place_of(visible.index(self.pointer), len(visible))]


class CheckState(ListState):
    """A list of which several items may be checked; `checked` holds their positions."""

    def __init__(
        self,
        items: Sequence[Item],
        current: Collection[str],
        *,
        least: int,
        most: int | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Check the `current` values."""
        super().__init__(items, current, clock)
        self.least = least
        self.most = most
        self.checked = frozenset(index for index, item in enumerate(self.items) if item.value in current)
        self._checked_before_digit = self.checked

    def toggle(self) -> None:
        """Check or uncheck the item pointed at, and show the whole list again.

        An `alone` item unchecks the others, which uncheck it. Beyond `most`, nothing changes but the notice.
        """
        if self.pointer is None:
            self.notice = no_match(self.filter)
            return
        others = frozenset(index for index in self.checked if not self.items[index].alone)
        if self.pointer in self.checked:
            self.checked -= {self.pointer}
        elif self.items[self.pointer].alone:
            self.checked = frozenset({self.pointer})
        elif self.most is not None and len(others) >= self.most:
            self.notice = ngettext(
                "{count} answer at most: uncheck it to choose another.",
                "{count} answers at most: uncheck one to choose another.",
                self.most,
            )
        else:
            self.checked = others | {self.pointer}
        self.search("")

    def space(self) -> None:
        """Check or uncheck the item pointed at; after a number, which just did, only end the number."""
        ended = self._in_a_number
        super().space()
        if not ended:
            self.toggle()

    def type_digit(self, digit: str) -> bool:
        """Toggle the item of this number; the second digit of a number takes back what the first one did."""
        started = self._typed
        before = self.checked
        if not super().type_digit(digit):
            return False
        if started and self._typed == started + digit:
            self.checked = self._checked_before_digit
        else:
            self._checked_before_digit = before
        self.toggle()
        return True

    def confirm(self) -> tuple[str, ...] | None:
        """Return the checked values in the order of the list, or None with a notice saying why not yet.

        With a filter, or with nothing checked where nothing is no answer, the item pointed at is checked first: that is
        what who presses Enter on it wants.
        """
        if self.filter or (not self.checked and self.least > 0):
            self._check_pointed()
            return None
        chosen = [self.items[index] for index in sorted(self.checked)]
        self.notice = why_not(chosen, self.least, self.most)
        return None if self.notice else tuple(item.value for item in chosen)

    def _check_pointed(self) -> None:
        """Check the item pointed at, whatever was, show the whole list again, and say so."""
        pointed = self.pointer
        if pointed not in self.checked:
            self.toggle()
        else:
            self.search("")
        if self.notice is None and pointed is not None:
            self.notice = gettext("“{answer}” is checked: Enter again to go on.", answer=self.items[pointed].text)
