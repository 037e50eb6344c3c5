"""The keys of the questions: which one does what. Every key first wipes what the last one was refused for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys

from boussole.escape import plain_text
from boussole.terminal.lists import FIRST_QUESTION, NO_HELP, NOTHING_TO_REVIEW
from boussole.terminal.prompter import Navigation

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.key_binding import KeyPressEvent

    from boussole.terminal.list_view import ListView
    from boussole.terminal.screens import QuestionView

    Action = Callable[[KeyPressEvent], object]

ENTER = ("enter", "c-j")
REVIEW = ("f2", "c-r")
STOP = ("c-c", "c-d", "<sigint>")


class QuestionKeys:
    """The keys of every question: leave it, review the answers, stop."""

    def __init__(self, view: QuestionView) -> None:
        """Bind the common keys; `bindings` is what prompt_toolkit takes."""
        self.bindings = KeyBindings()
        self.view = view
        self.on(*STOP, do=lambda event: event.app.exit(exception=KeyboardInterrupt))
        self.on("s-tab", do=self.back)
        self.on(*REVIEW, do=self._review)
        self.on("c-z", do=lambda event: event.app.suspend_to_background())
        # Alt+letter comes as Escape and the letter, which is none of what anybody means to type.
        self.bindings.add("escape", Keys.Any, eager=True)(self.before_key)

    def on(self, *keys: str, do: Action) -> None:
        """Call `do` at each of `keys`, not waiting for the longer sequences that begin with one of them."""

        def handle(event: KeyPressEvent) -> None:
            self.before_key(event)
            do(event)

        for key in keys:
            # An eager "any" would take the terminal's own reports (cursor position) from prompt_toolkit, and an eager
            # Escape would be one before the letter that makes it Alt.
            self.bindings.add(key, eager=key not in {Keys.Any, "escape"})(handle)

    def before_key(self, event: KeyPressEvent) -> None:  # noqa: ARG002 - for those who override it
        """Wipe what the last key left to say."""
        self.view.notice = ""

    def back(self, event: KeyPressEvent) -> None:
        """Go to the previous question, or say that there is none."""
        if self.view.can_go_back:
            event.app.exit(result=Navigation.BACK)
        else:
            self.view.notice = self.view.say(FIRST_QUESTION)

    def help(self, _event: KeyPressEvent | None = None) -> None:
        """Turn the page of the help, or say that there is none."""
        if self.view.has_help:
            self.view.turn_help()
        else:
            self.view.notice = self.view.say(NO_HELP)

    def _review(self, event: KeyPressEvent) -> None:
        if self.view.can_review:
            event.app.exit(result=Navigation.REVIEW)
        else:
            self.view.notice = self.view.say(NOTHING_TO_REVIEW)


class ListKeys(QuestionKeys):
    """The keys of a list; the result of the application is the tuple of values answered, or a `Move`."""

    view: ListView

    def __init__(self, view: ListView) -> None:
        """Bind the keys of a list, and those of several answers where several are allowed."""
        super().__init__(view)
        self.state = state = view.state
        self._erasing = False
        for digit in "0123456789":
            self.on(digit, do=self._digit)
        self.on("up", "c-p", do=lambda _: state.move(-1))
        self.on("down", "c-n", "tab", do=lambda _: state.move(1))
        self.on("pageup", do=lambda _: view.turn_page(-1))
        self.on("pagedown", do=lambda _: view.turn_page(1))
        self.on("home", do=lambda _: state.end(last=False))
        self.on("end", do=lambda _: state.end(last=True))
        self.on("left", do=self.back)
        self.on("?", do=lambda event: self._letter(event) if state.filter else self.help())
        self.on("escape", "c-u", do=lambda _: state.search(""))  # as in a line being typed
        self.on("backspace", do=self._erase)
        self.on(Keys.BracketedPaste, do=lambda event: state.search(state.filter + plain_text(event.data)))
        self.on(Keys.Any, do=self._letter)
        self.on(" ", do=self._space)
        self.on(*ENTER, do=self._confirm)

    def before_key(self, event: KeyPressEvent) -> None:
        """Wipe the notices; let only digits in a row make a number, and only Backspaces in a row an erasing."""
        super().before_key(event)
        self.state.notice = None
        if not event.data.isdecimal() and event.data != " ":  # which itself ends a number
            self.state.forget_digits()
        if event.key_sequence[0].key is not Keys.Backspace:
            self._erasing = False

    def _letter(self, event: KeyPressEvent) -> None:
        if event.data.isprintable():  # an unknown key sends an escape sequence
            self.state.search(self.state.filter + event.data)

    def _digit(self, event: KeyPressEvent) -> None:
        """Go to a number; in a filter, write it."""
        if self.state.filter:
            self._letter(event)
        else:
            self.state.type_digit(event.data)

    def _space(self, event: KeyPressEvent) -> None:
        """Check an answer; in a filter, write a space."""
        if self.state.filter:
            self._letter(event)
        else:
            self.state.space()

    def _erase(self, event: KeyPressEvent) -> None:
        """Shorten the filter; go back when there is none, unless Backspace is being held to erase one."""
        if self.state.filter:
            self._erasing = True
            self.state.search(self.state.filter[:-1])
        elif not self._erasing:
            self.back(event)

    def _confirm(self, event: KeyPressEvent) -> None:
        answer = self.state.confirm()
        if answer is not None:
            event.app.exit(result=answer)


class LineKeys(QuestionKeys):
    """The keys of a written answer; all others edit the text. The result is the text, or a `Move`."""

    def __init__(self, view: QuestionView, buffer: Buffer, confirm: Callable[[str], str | None]) -> None:
        """Bind the keys; `confirm` returns the answer that a text makes, or None having said why it makes none."""
        super().__init__(view)
        self._buffer = buffer
        self._confirm = confirm
        self.on("f1", do=self.help)
        self.on("left", do=self._left)
        self.on("up", "down", "escape", do=lambda _: None)
        self.on(Keys.BracketedPaste, do=lambda event: buffer.insert_text(plain_text(event.data)))
        self.on(*ENTER, do=self._enter)

    def _left(self, event: KeyPressEvent) -> None:
        """Go back from an empty line only: in a text, one Left too many would lose it."""
        if self._buffer.text:
            self._buffer.cursor_left()
        else:
            self.back(event)

    def _enter(self, event: KeyPressEvent) -> None:
        text = plain_text(self._buffer.text)
        if text == "?":  # as in the lists
            self._buffer.reset()
            self.help()
            return
        answer = self._confirm(text)
        if answer is not None:
            event.app.exit(result=answer)
