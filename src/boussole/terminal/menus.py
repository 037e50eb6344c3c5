"""Questions on a screen that is redrawn: lists with a pointer and a filter, and a line to write on.

Built on questionary's `Question` and `Style`; the lists are drawn here, because questionary's own have
neither pages, nor a filter blind to accents, nor a way back, and do not wrap in 40 columns.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from prompt_toolkit.application import Application
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input.typeahead import get_typeahead, store_typeahead
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, FormattedTextControl, HSplit, Layout, VSplit, Window
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.shortcuts import print_formatted_text
from questionary import Question, Style

from boussole.escape import plain_text
from boussole.i18n import Listing, gettext
from boussole.terminal.keys import LineKeys, ListKeys
from boussole.terminal.list_view import ListView
from boussole.terminal.lists import UNKNOWN, UNKNOWN_TYPED, CheckState, ListState, safe_items
from boussole.terminal.pager import Pager
from boussole.terminal.prompter import Navigation
from boussole.terminal.screens import WIDEST, LineView, transcript
from boussole.terminal.text_layout import marks_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.output import Output

    from boussole.terminal.pager import Draw
    from boussole.terminal.prompter import Item, Prompt
    from boussole.terminal.screens import QuestionView
    from boussole.terminal.text_layout import Line

# Few colours, legible on black as on white, and never alone: bold, reverse and the signs say as much.
STYLE = Style(
    [
        ("question", "bold"),
        ("pointer", "bold"),
        ("pointed", "bold reverse"),
        ("checked", "bold ansigreen"),
        ("filter", "bold"),
        ("notice", "bold ansired"),
        ("key", "bold"),
        ("done", "bold ansigreen"),
        ("answer", "bold"),
        ("nbsp", "nounderline fg:default"),  # prompt_toolkit underlines them, and French is full of them
    ]
)

ESCAPE_PAUSE = 0.1
"""Seconds after which an Escape is the key itself rather than the beginning of an arrow."""


ALT_PAUSE = 0.01
"""Seconds for a letter to follow an Escape and make it Alt: terminals send both at once."""


NEVER_EARLY = {Keys.ControlC, Keys.CPRResponse}
"""What counts whenever it comes: stopping, and what the terminal reports by itself."""


ROWS_BELOW = 15
"""Rows kept under what is shown, for the menu that comes next: what is shown must not scroll away."""


class MenuPrompter:
    """The `Asker` of capable terminals. `input` and `output` are the terminal's unless given."""

    def __init__(self, language: str, *, input: Input | None = None, output: Output | None = None) -> None:  # noqa: A002 - prompt_toolkit's names
        """Ask in `language`; without `input` and `output`, on the terminal of the current app session."""
        self._language = language
        self._input = input or get_app_session().input
        self._output = output or get_app_session().output
        self._colours = ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else None
        self._marks = marks_for(self._output.encoding())

    def choose(self, prompt: Prompt, items: Sequence[Item], current: str | None = None) -> str | Navigation:
        """Ask for one of `items`, of which there must be one; `current` is preselected."""
        state = ListState(safe_items(items), () if current is None else (current,))
        chosen = self._ask_list(prompt, state)
        return chosen if isinstance(chosen, Navigation) else chosen[0]

    def choose_many(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        current: Sequence[str] = (),
        *,
        least: int = 1,
        most: int | None = None,
    ) -> tuple[str, ...] | Navigation:
        """Ask for `least` to `most` of `items`, returned in their order; the `current` ones are checked."""
        return self._ask_list(prompt, CheckState(safe_items(items), current, least=least, most=most))

    def write(
        self, prompt: Prompt, current: str = "", *, refuse: Callable[[str], str | None], unknown: bool = False
    ) -> str | Navigation:
        """Ask for a line of text, `current` being there to edit; `??` answers "?" where that is one (`unknown`)."""
        view = LineView(prompt, self._language, self._marks, unknown=unknown)
        typed = UNKNOWN_TYPED if unknown and current == UNKNOWN else plain_text(current)
        buffer = Buffer(document=Document(typed), multiline=False)

        def confirm(text: str) -> str | None:
            answer = UNKNOWN if unknown and text == UNKNOWN_TYPED else text
            refusal = refuse(answer)
            if refusal is None:
                return answer
            view.notice = plain_text(refusal)
            return None

        answer = self._run(self._line_layout(view, buffer), LineKeys(view, buffer, confirm).bindings)
        if not isinstance(answer, Navigation):
            said = view.say(gettext("I do not know")) if unknown and answer == UNKNOWN else str(answer)
            self._leave(view, said)
        return cast("str | Navigation", answer)

    def page(self, draw: Draw, *, wait: bool = False) -> None:
        """Show lines and leave them on the screen; first a screen at a time where they leave no room for what follows.

        With `wait`, somebody has to go on, however few they are.
        """
        size = self._output.get_size()
        if wait or len(draw(size.columns, size.rows)) > size.rows - ROWS_BELOW:
            pager = Pager(draw, self._language, self._marks)

            def lines() -> list[Line]:
                now = self._output.get_size()
                pager.resize(now.columns, now.rows)
                return pager.lines()

            window = self._drawn(lines)
            self._run(Layout(window), pager.bindings)
        size = self._output.get_size()
        for line in draw(size.columns, size.rows - 1):
            self._output.write_raw(f"{line}\r\n")
        self._output.flush()

    def clear(self) -> None:
        """Leave nothing of what was shown, also above the screen: the next group is not to read it."""
        self._output.write_raw("\x1b[3J")
        self._output.erase_screen()
        self._output.cursor_goto(0, 0)
        self._output.write_raw("\x1b[3J")
        self._output.flush()

    def _ask_list(self, prompt: Prompt, state: ListState) -> tuple[str, ...] | Navigation:
        view = ListView(prompt, state, self._language, self._marks)
        answer = self._run(Layout(self._window(view, view.lines)), ListKeys(view).bindings)
        if isinstance(answer, Navigation):
            return answer
        values = cast("tuple[str, ...]", answer)
        chosen = Listing([item.text for item in state.items if item.value in values])
        self._leave(view, chosen.in_(self._language) or gettext("none").in_(self._language))
        return values

    def _run(self, layout: Layout, bindings: KeyBindings) -> object:
        application: Application[object] = Application(
            layout=layout,
            key_bindings=bindings,
            style=STYLE,
            color_depth=self._colours,
            input=self._input,
            output=self._output,
            erase_when_done=True,
        )
        application.ttimeoutlen = ESCAPE_PAUSE
        application.timeoutlen = ALT_PAUSE
        application.before_render += self._forget_early_keys()
        # A terminal slow to say where its cursor is would be given a warning in English.
        application.renderer.cpr_not_supported_callback = None
        store_typeahead(self._input, [one for one in get_typeahead(self._input) if one.key in NEVER_EARLY])
        # What was typed while nothing was asked has been echoed, and the question is drawn from the left.
        self._output.write_raw("\r")
        self._output.erase_end_of_line()
        # Not `.ask()`, which turns Ctrl-C into the answer None.
        return Question(application).unsafe_ask()

    def _forget_early_keys(self) -> Callable[[Application[object]], None]:
        """Return what drops, when a question is first drawn, the keys typed before: they were about no question."""
        drawn = False

        def forget(application: Application[object]) -> None:
            nonlocal drawn
            if drawn:
                return
            drawn = True
            while early := self._input.read_keys():
                application.key_processor.feed_multiple([one for one in early if one.key in NEVER_EARLY])
            self._input.flush_keys()
            application.key_processor.process_keys()

        return forget

    def _window(self, view: QuestionView, lines: Callable[[], list[Line]]) -> Window:
        def draw() -> list[Line]:
            size = self._output.get_size()
            view.resize(size.columns, size.rows)
            return lines()

        return self._drawn(draw)

    def _drawn(self, lines: Callable[[], list[Line]]) -> Window:
        control = FormattedTextControl(lambda: _joined(lines()), focusable=True, show_cursor=False)
        return Window(control, dont_extend_height=True)

    def _line_layout(self, view: LineView, buffer: Buffer) -> Layout:
        pointer = Window(FormattedTextControl([("class:pointer", f"{self._marks.pointer} ")]), dont_extend_width=True)
        line = Window(BufferControl(buffer), dont_extend_height=True, wrap_lines=True)
        rows = [self._window(view, view.above), VSplit([pointer, line]), self._window(view, view.below)]
        return Layout(HSplit(rows), focused_element=line)

    def _leave(self, view: QuestionView, answer: str) -> None:
        """Leave the question and its answer on the screen, for those who scroll back."""
        width = min(self._output.get_size().columns, WIDEST)
        rows = transcript(view.ask, answer, self._marks, width)
        print_formatted_text(_joined(rows), style=STYLE, output=self._output, color_depth=self._colours)


def _joined(lines: Sequence[Line]) -> FormattedText:
    """Return `lines` as one text; the pieces stay (style, text), so that nothing in them is read as markup."""
    pieces = [piece for line in lines for piece in [*line, ("", "\n")]]
    return FormattedText(pieces[:-1])
