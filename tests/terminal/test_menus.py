"""Lists that are redrawn: what they show, every key, every width."""

from __future__ import annotations

import io
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import TYPE_CHECKING

import pyte
import pytest
from prompt_toolkit.application import Application, create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.vt100 import Vt100_Output

from boussole.core.answers.answers import Answers
from boussole.i18n import gettext, ngettext
from boussole.render.wording import how_many
from boussole.terminal.interview import Interview
from boussole.terminal.keys import ListKeys
from boussole.terminal.list_view import ListView
from boussole.terminal.lists import DIGIT_PAUSE, CheckState, ListState
from boussole.terminal.menus import MenuPrompter
from boussole.terminal.prompter import Item, Navigation, Prompt
from boussole.terminal.text_layout import Marks
from support.builders import make_compass, make_question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from prompt_toolkit.input import PipeInput

UP, DOWN, LEFT = "\x1b[A", "\x1b[B", "\x1b[D"
HOME, END, PAGE_UP, PAGE_DOWN = "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~"
ENTER, ESCAPE, BACKSPACE, SHIFT_TAB = "\r", "\x1b", "\x7f", "\x1b[Z"
F1, F2, F5, CTRL_C, CTRL_D, CTRL_R, CTRL_Z = "\x1bOP", "\x1bOQ", "\x1b[15~", "\x03", "\x04", "\x12", "\x1a"

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PATIENCE = 10.0
"""Seconds given to a busy machine before a screen is declared wrong."""

WORDS = ("Commune", "Énergie", "Mobilité", "Eau potable", "Forêt", "Écoles", "Santé", "Numérique", "Tourisme")
SHORT = tuple(Item(word[:3].lower(), word) for word in WORDS[:3])
LONG = tuple(Item(str(number), f"{WORDS[number % 9]} {'abcdefghijklmnopqrstuvwxyz'[number]}") for number in range(26))
HINTED = (
    Item("town", "Commune", "moins de 2 000 habitants"),
    Item("group", "Communauté", "plusieurs communes"),
    Item("?", "Je ne sais pas", alone=True),
)
HELP = "Le territoire décide des ressources.\n\n" + "En cas de doute, choisissez votre employeur. " * 6
PROMPT = Prompt("Quel territoire ?", "Question 3 sur 9", HELP, can_go_back=True, can_review=True)
BARE = Prompt("Quel territoire ?")


class Terminal(io.StringIO):
    """A terminal that draws what it is sent, instead of keeping it."""

    encoding = "utf-8"

    def __init__(self, columns: int, rows: int) -> None:
        """Start with an empty screen."""
        super().__init__()
        self.lock = Lock()
        self.sent = ""
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        """Take another size; what was drawn is lost, as terminals differ on where they leave it."""
        with self.lock:
            self.screen = pyte.Screen(columns, rows)
            self.stream = pyte.Stream(self.screen)

    def write(self, text: str, /) -> int:
        """Draw `text`; line feeds come with their carriage returns, as prompt_toolkit sends them."""
        with self.lock:
            self.sent += text
            self.stream.feed(text)
        return len(text)


class Room:
    """Somebody at a keyboard, and the screen they look at, while a question is asked in a thread of its own."""

    def __init__(self, keyboard: PipeInput, columns: int, rows: int, language: str, encoding: str) -> None:
        """Ask nothing yet."""
        self.keyboard = keyboard
        self.terminal = Terminal(columns, rows)
        self.terminal.encoding = encoding
        output = Vt100_Output(self.terminal, self.size, term="xterm")
        self.asker = MenuPrompter(language, input=keyboard, output=output)
        self.threads = ThreadPoolExecutor(1)
        self.question: Future[object]

    def size(self) -> Size:
        """Return the size of the screen now."""
        return Size(rows=self.terminal.screen.lines, columns=self.terminal.screen.columns)

    def ask(self, question: Callable[[MenuPrompter], object]) -> Room:
        """Ask `question`; the room is returned, for chaining."""
        before = len(self.terminal.sent)
        self.question = self.threads.submit(question, self.asker)
        limit = time.monotonic() + PATIENCE
        # What is typed before anything is drawn is about nothing.
        while not CONTROL.sub("", self.terminal.sent[before:]).strip() and time.monotonic() < limit:
            time.sleep(0.002)
        return self

    def press(self, *keys: str) -> Room:
        """Press `keys` one after the other."""
        self.keyboard.send_text("".join(keys))
        return self

    @property
    def screen(self) -> str:
        """The rows of the screen, without the spaces at their ends."""
        with self.terminal.lock:
            return "\n".join(row.rstrip() for row in self.terminal.screen.display).rstrip()

    def sees(self, text: str) -> str:
        """Return the screen as soon as it shows `text`."""
        limit = time.monotonic() + PATIENCE
        while text not in (screen := self.screen):
            assert time.monotonic() < limit, f"{text!r} is not on the screen:\n{screen}"
            time.sleep(0.005)
        return screen

    @property
    def answer(self) -> object:
        """What the question returned, or raised."""
        return self.question.result(PATIENCE)


@contextmanager
def room(columns: int = 80, rows: int = 24, language: str = "en", encoding: str = "utf-8") -> Iterator[Room]:
    """Open a room; whoever leaves it in the middle of a question presses Ctrl-C."""
    with ExitStack() as stack:
        opened = Room(stack.enter_context(create_pipe_input()), columns, rows, language, encoding)
        try:
            yield opened
        finally:
            opened.press(CTRL_C)
            opened.threads.shutdown()


def choose(
    items: tuple[Item, ...], prompt: Prompt = PROMPT, current: str | None = None
) -> Callable[[MenuPrompter], object]:
    return lambda asker: asker.choose(prompt, items, current)


def check(
    items: tuple[Item, ...], current: tuple[str, ...] = (), least: int = 1, most: int | None = None
) -> Callable[[MenuPrompter], object]:
    return lambda asker: asker.choose_many(PROMPT, items, current, least=least, most=most)


def number_or_unknown(text: str) -> str | None:
    return None if text.isdecimal() or text == "?" else f"“{text}” is not\x1b a number."


def write(current: str = "", prompt: Prompt = PROMPT, *, unknown: bool = True) -> Callable[[MenuPrompter], object]:
    return lambda asker: asker.write(prompt, current, refuse=number_or_unknown, unknown=unknown)


def answer(question: Callable[[MenuPrompter], object], *keys: str) -> object:
    """Return what `question` gives when the keys are already typed."""
    with room() as here:
        return here.ask(question).press(*keys).answer


def test_a_list_at_80_by_24() -> None:
    """Progress, question, numbered options with their hints in a column, and the keys; nothing else."""
    with room() as here:
        assert here.ask(choose(HINTED, current="group")).sees("letters filter") == (
            "Question 3 sur 9\n"
            "Quel territoire ?\n"
            "\n"
            "  1  Commune     — moins de 2 000 habitants\n"
            "❯ 2  Communauté  — plusieurs communes\n"
            "  0  Je ne sais pas\n"
            "\n"
            "↑↓ Enter choose  ← back  ? help  F2 my answers  Ctrl+C stop  letters filter"
        )


def test_a_list_at_40_by_12() -> None:
    """Where hints have no room beside, that of the option pointed at stands below; the keys stay on one row."""
    with room(40, 12) as here:
        assert here.ask(choose((*HINTED, *SHORT))).sees("help") == (
            "Question 3 sur 9\n"
            "Quel territoire ?\n"
            "\n"
            "❯ 1  Commune\n"
            "  2  Communauté\n"
            "  0  Je ne sais pas\n"
            "  3  Commune\n"
            "  4  Énergie\n"
            "  5  Mobilité\n"
            "— moins de 2 000 habitants\n"
            "\n"
            "↑↓ Enter choose  ← back  ? help"
        )
        assert "— plusieurs communes" in here.press(DOWN).sees("❯ 2")


def test_the_keys_are_said_in_french() -> None:
    """The words around the question are those of the language asked for, and fit in 40 columns."""
    with room(40, 12, language="fr") as here:
        screen = here.ask(check(SHORT)).sees(gettext("check").in_("fr"))
        assert gettext("Space").in_("fr") in screen
        assert ngettext("{count} checked", "{count} checked", 0).in_("fr") in screen


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ((ENTER,), "0"),
        ((DOWN, DOWN, ENTER), "2"),
        ((UP, ENTER), "25"),
        ((END, ENTER), "25"),
        ((END, HOME, DOWN, ENTER), "1"),
        ((END, DOWN, "\n"), "0"),
        ((END, PAGE_DOWN, ENTER), "25"),
        ((PAGE_UP, ENTER), "0"),
        (("7", ENTER), "6"),
        (("12", ENTER), "11"),
        (("1", DOWN, "2", ENTER), "1"),
        (("99", ENTER), "8"),
        (("eau potable d", ENTER), "3"),
        (("ENERGIE", ENTER), "1"),
        (("eau p", ENTER), "3"),
        (("energie", DOWN, ENTER), "10"),
        (("for", BACKSPACE, BACKSPACE, BACKSPACE, BACKSPACE, END, ENTER), "25"),
        ((F5, ENTER), "0"),
        ((" ", ENTER), "0"),
    ],
)
def test_where_the_keys_lead(keys: tuple[str, ...], value: str) -> None:
    """Arrows, ends, numbers of the whole list, and a filter without accents or case; unknown keys do nothing."""
    assert answer(choose(LONG), *keys) == value


def test_an_answer_given_before_is_preselected() -> None:
    """Coming back to a question, Enter keeps its answer; an answer that is gone leaves the first option."""
    assert answer(choose(LONG, current="20"), ENTER) == "20"
    assert answer(choose(LONG, current="gone"), ENTER) == "0"


def test_pages_and_what_is_hidden() -> None:
    """A list longer than the screen says how much is above and below, and turns by whole pages."""
    with room(40, 12) as here:
        assert "❯  1" in here.ask(choose(LONG)).sees("\n  ↓ 20 more\n")
        assert "❯  7" in here.press(PAGE_DOWN).sees("\n  ↑ 6 more   ↓ 14 more\n")
        assert "\n  ↑ 6 more   ↓ 14 more\n" in here.press(DOWN, PAGE_DOWN, PAGE_UP).sees("❯  8")
        assert "❯ 26" in here.press(END).sees("\n  ↑ 20 more\n")
        assert "\n  ↑ 20 more\n" in here.press(HOME, *[PAGE_DOWN] * 4).sees("❯ 25")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12), (40, 6), (20, 4), (10, 3)])
def test_the_pointer_is_visible_at_any_size(columns: int, rows: int) -> None:
    """However small the screen, the option pointed at is on it, at each step down the list."""
    with room(columns, rows) as here:
        here.ask(choose(LONG))
        for number in range(1, 27):
            here.sees(f"❯ {number:>2}")
            here.press(DOWN)


def test_a_screen_that_changes_size() -> None:
    """A window made smaller in the middle of a question is drawn again to its measure, as the next key shows."""
    long = Item("long", "Une option dont le texte est nettement plus long que quarante colonnes")
    with room() as here:
        here.ask(choose((*SHORT, long))).sees(long.text)
        here.terminal.resize(40, 12)
        screen = here.press(DOWN).sees("❯ 2")
        assert "  4  Une option dont le texte est\n     nettement plus long que quarante\n     colonnes\n" in screen


def test_a_filter_is_shown_and_edited() -> None:
    """What is typed is visible, Backspace shortens it, Escape clears it."""
    with room() as here:
        screen = here.ask(choose(LONG)).press("energie").sees("Filter: energie")
        assert "❯  2  Énergie b" in screen
        assert "Commune" not in screen
        here.press(BACKSPACE).sees("Filter: energi\n")
        assert "Filter" not in here.press(ESCAPE).sees("Commune a")
        assert "Filter" not in here.press("xy", "\x15").sees("Commune a")  # Ctrl+U


def test_a_filter_that_leaves_nothing() -> None:
    """It says so, Enter is refused, and no key breaks anything."""
    with room() as here:
        here.ask(choose(LONG)).press("zz").sees("Filter: zz (no answer matches; Esc clears it)")
        here.press(DOWN, PAGE_UP, END, ENTER).sees("! No answer matches “zz”.")
        here.press(BACKSPACE).sees("Filter: z\n")
        assert here.press(BACKSPACE, ENTER).answer == "25"


def test_backspace_held_to_erase_does_not_go_back() -> None:
    """One Backspace too many stops at the empty filter; pressed again after another key, it goes back."""
    with room() as here:
        here.ask(choose(LONG)).press("com", BACKSPACE * 6, DOWN).sees("❯  4")
        assert here.press(BACKSPACE).answer is Navigation.BACK


@pytest.mark.parametrize("key", [LEFT, SHIFT_TAB, BACKSPACE])
def test_back(key: str) -> None:
    """Left, Shift-Tab, or Backspace without a filter go to the previous question, where there is one."""
    assert answer(choose(SHORT), key) is Navigation.BACK
    assert answer(check(SHORT), key) is Navigation.BACK
    with room() as here:
        screen = here.ask(choose(SHORT, BARE)).press(key).sees("! This is the first question.")
        assert "back" not in screen
        assert "This is" not in here.press(DOWN).sees("❯ 2")


@pytest.mark.parametrize("key", [F2, CTRL_R])
def test_review(key: str) -> None:
    """F2 or Ctrl-R show the answers so far, where there are some."""
    assert answer(choose(SHORT), key) is Navigation.REVIEW
    assert answer(write(), key) is Navigation.REVIEW
    with room() as here:
        here.ask(choose(SHORT, BARE)).press(key).sees("! There is no answer to review yet.")


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("question", [choose(SHORT), check(SHORT), write("12")])
def test_ctrl_c_stops(key: str, question: Callable[[MenuPrompter], object]) -> None:
    """Ctrl-C and Ctrl-D interrupt any question, which never answers None."""
    with pytest.raises(KeyboardInterrupt):
        answer(question, key)


def test_help_is_toggled() -> None:
    """`?` shows the help under the question, then hides it; a question without help says so."""
    with room() as here:
        here.ask(choose(SHORT)).sees("letters")
        assert "Quel territoire ?\nLe territoire décide des ressources.\n\nEn cas" in here.press("?").sees("décide")
        here.press("?").sees("Quel territoire ?\n\n❯ 1")
    with room() as here:
        here.ask(choose(SHORT, BARE)).press("?").sees("! There is no more help for this question.")


def test_long_help_has_pages() -> None:
    """At 40 by 12 a long help is read page after page, the option pointed at staying visible."""
    with room(40, 12) as here:
        here.ask(choose(LONG)).press("?").sees("(? for the rest)")
        assert "❯  1" in here.press("?").sees("choisissez votre employeur.")
        here.sees("employeur.\n")
        here.press("?").sees("Quel territoire ?\n\n❯  1")


def test_several_answers() -> None:
    """Space and numbers check and uncheck; the rule and the count are always shown; answers keep the list's order."""
    with room() as here:
        here.ask(check(LONG, ("5",), most=4)).sees("4 answers at most · 1 checked")
        here.press("12").sees("4 answers at most · 2 checked")
        assert "[ ] Commune a" in here.sees("❯ 12  [x] Mobilité l")
        here.press("3").sees("❯  3  [x]")
        here.press(HOME, " ").sees("· 4 checked")
        assert here.press(" ", "3", ENTER).answer == ("5", "11")


def test_space_after_a_number_only_ends_it() -> None:
    """The number has checked the line, or unchecked it: who types Space after it does not mean the contrary."""
    with room() as here:
        here.ask(check(LONG, most=4)).press("2", " ").sees("❯  2  [x]")
        assert here.press("5", " ", "2", " ", ENTER).answer == ("4",)
    assert answer(check(LONG), "1", " ", "4", " ", ENTER) == ("0", "3")  # 1 and 4, which is no 14
    now = 0.0
    state = CheckState(LONG, (), least=1, most=None, clock=lambda: now)
    state.type_digit("2")
    now += DIGIT_PAUSE + 0.1
    state.space()
    assert state.checked == frozenset()


def test_what_enter_does_is_said() -> None:
    """With nothing checked where an answer is needed, it checks, as Space does."""
    with room(80) as here:
        here.ask(check(SHORT)).sees("Space Enter check")
        here.press(" ").sees("Space check  Enter confirm")
    with room(80) as here:
        here.ask(check(SHORT, least=0)).sees("Space check  Enter none of these")


def test_the_limit_is_said_when_it_is_reached() -> None:
    """One answer too many is not checked: the limit is said, until the next key."""
    with room() as here:
        screen = here.ask(check(SHORT, most=2)).press("123").sees("! 2 answers at most: uncheck one to choose another.")
        assert "❯ 3  [ ] Mobilité" in screen
        assert here.press("1", "3", ENTER).answer == ("éne", "mob")


def test_too_few_answers() -> None:
    """Enter with nothing checked checks what is pointed at, and stays; with too few, it is told the rule."""
    with room() as here:
        screen = here.ask(check(SHORT, least=2)).press(ENTER).sees("! “Commune” is checked: Enter again to go on.")
        assert "❯ 1  [x] Commune" in screen
        here.press(ENTER).sees("! Choose at least 2 answers.")
        assert here.press(DOWN, " ", ENTER).answer == ("com", "éne")


def test_no_answer_where_none_is_needed() -> None:
    """With `least` at 0, Enter alone is an answer."""
    assert answer(check(SHORT, least=0), ENTER) == ()


def test_alone() -> None:
    """« Je ne sais pas » unchecks the others, and any other unchecks it; alone, it always suffices."""
    assert answer(check(HINTED, least=2), "1", "2", "0", ENTER) == ("?",)
    assert answer(check(HINTED, ("?",)), "2", ENTER) == ("group",)
    assert answer(check(HINTED, ("town",), most=1), "0", ENTER) == ("?",)


def test_checking_shows_the_whole_list_again() -> None:
    """Enter on a filtered list checks, says so and stays, the filter gone, so that the next one starts afresh."""
    with room() as here:
        screen = here.ask(check(LONG)).press("energie", ENTER).sees("❯  2  [x]")
        assert "Filter" not in screen
        assert "! “Énergie b” is checked: Enter again to go on." in screen
        here.press("foret", ENTER).sees("! “Forêt e” is checked")
        here.press("energie", ENTER).sees("❯  2  [x]")  # checked already: it stays so
        assert here.press(ENTER).answer == ("1", "4")
    with room() as here:
        here.ask(check(LONG, most=1)).press("zz", ENTER).sees("! No answer matches “zz”.")
        here.press(BACKSPACE, BACKSPACE, "foret", ENTER, "eau", ENTER).sees("! 1 answer at most")


SUBJECTS = (
    Item("innovation", "Innovation, numérique et infrastructures", "ODD 9"),
    *(Item(f"s{number}", f"Sujet {number}", f"ODD {number}") for number in range(2, 13)),
    Item("climat", "Climat", "ODD 13"),
    Item("mer", "Mer et littoral", "ODD 14"),
)


@pytest.mark.parametrize("question", [check(SUBJECTS), choose(SUBJECTS)])
@pytest.mark.parametrize("typed", ["mer ", "mer et l", "odd 14", "odd 1 4"])
def test_every_key_extends_the_filter(question: Callable[[MenuPrompter], object], typed: str) -> None:
    """Once one letter is typed, spaces, digits and signs are of the filter: they check nothing and go nowhere."""
    with room() as here:
        screen = here.ask(question).press(typed).sees(f"Filter: {typed}".rstrip())
        assert "❯ 14" in screen
        assert "[x]" not in screen
        here.press("?").sees(f"Filter: {typed}?")
        here.press(BACKSPACE, ENTER)


@pytest.mark.parametrize("typed", ["zz?", "zz 1"])
def test_a_filter_keeps_what_is_typed_that_matches_nothing(typed: str) -> None:
    """Nothing typed is taken for a key while there is a filter."""
    with room() as here:
        here.ask(choose(LONG)).press(typed, ENTER).sees(f"! No answer matches “{typed}”.")


def test_a_paste_filters() -> None:
    """What is pasted into a list is written into its filter, on one line."""
    with room() as here:
        here.ask(choose(LONG)).press("\x1b[200~eau\n potable d\x1b[201~").sees("Filter: eau potable d")
        assert here.press(ENTER).answer == "3"


@pytest.mark.parametrize("question", [choose(LONG), check(LONG), write("12")])
def test_alt_and_a_letter_type_nothing(question: Callable[[MenuPrompter], object]) -> None:
    """It is no letter, and no command either; Escape by itself still clears a filter."""
    with room() as here:
        before = here.ask(question).sees("Ctrl+C stop")
        here.press("\x1be", "\x1bu", "\x1b1", "\x1b[1;3B")
        time.sleep(0.3)
        assert here.screen == before
    with room() as here:
        here.ask(choose(LONG)).press("zz").sees("Filter")
        here.press(ESCAPE)
        time.sleep(0.3)
        assert "Filter" not in here.screen


def test_what_is_typed_before_a_question_is_drawn_is_dropped() -> None:
    """Keys pressed while the program loads or between two screens answer nothing; stopping always counts."""
    with room() as here:
        here.press("3", ENTER, "eau")
        assert "Filter" not in here.ask(choose(LONG)).sees("❯  1")
        here.press(ENTER, ENTER, "2")
        assert here.answer == "0"
        assert "❯  1" in here.ask(choose(LONG)).sees("letters filter")
        here.press(ENTER)
        assert here.answer == "0"
        here.press(CTRL_C)
        here.question = here.threads.submit(choose(LONG), here.asker)
        with pytest.raises(KeyboardInterrupt):
            here.question.result(PATIENCE)


def test_what_was_echoed_before_a_question_is_not_under_it() -> None:
    """The shell shows keys typed while the program loads: the question is drawn from the left all the same."""
    with room() as here:
        here.terminal.write("eau")
        assert here.ask(choose(LONG)).sees("❯  1").startswith("Question 3 sur 9\n")


def test_the_program_can_be_put_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+Z hands the terminal back to the shell; `fg` draws the question again."""
    aside = []
    monkeypatch.setattr(Application, "suspend_to_background", lambda _self: aside.append(True))
    assert answer(choose(LONG), CTRL_Z, "2", ENTER) == "1"
    assert answer(write("12"), CTRL_Z, ENTER) == "12"
    assert aside == [True, True]


def test_two_digits_far_apart_are_two_numbers() -> None:
    """After a pause, a digit starts a new number; one that no option has is refused, the pointer staying."""
    now = 0.0
    state = ListState(LONG, (), lambda: now)
    for digit, found, pointer in (("1", True, 0), ("2", True, 1), ("0", False, 1)):
        assert state.type_digit(digit) is found
        assert state.pointer == pointer
        now += DIGIT_PAUSE + 0.1
    assert state.notice == gettext("There is no number {number} here.", number="0")


@pytest.mark.parametrize(
    ("least", "most", "rule"),
    [
        (1, None, "Several answers are possible"),
        (2, None, "2 answers or more"),
        (2, 2, "2 answers to choose"),
        (1, 1, "1 answer to choose"),
        (0, 3, "3 answers at most"),
        (2, 3, "2 to 3 answers"),
    ],
)
def test_the_rule_of_several_answers_is_said(least: int, most: int | None, rule: str) -> None:
    """How many answers are expected is told before any is given."""
    assert how_many(least, most).in_("en") == rule


def test_reports_of_the_terminal_are_left_alone() -> None:
    """No key of a list takes the cursor position that the terminal reports, which prompt_toolkit waits for."""
    bindings = ListKeys(ListView(PROMPT, ListState(SHORT, ()), "en", Marks())).bindings
    assert not any(binding.eager() for binding in bindings.get_bindings_for_keys((Keys.CPRResponse,)))


def test_zero_where_nothing_is_unknown() -> None:
    """A list without « je ne sais pas » has no number 0, checked or not."""
    with room() as here:
        here.ask(check(SHORT)).press("0").sees("! There is no number 0 here.")


def test_the_answer_stays_on_the_screen() -> None:
    """Once answered, a question leaves itself and its answer, so that scrolling back reads as a transcript."""
    with room() as here:
        assert here.ask(choose(HINTED)).press(ENTER).answer == "town"
        assert here.ask(check(HINTED)).press("12", ENTER).answer == ("town", "group")
        assert here.ask(write()).press("??", ENTER).answer == "?"
        assert here.ask(choose(SHORT)).press(LEFT).answer is Navigation.BACK
        assert here.screen == (
            "✔ Quel territoire ?  Commune\n"
            "✔ Quel territoire ?  Commune and Communauté\n"
            "✔ Quel territoire ?  I do not know"
        )


@pytest.mark.parametrize(
    ("columns", "seen"),
    [
        (60, "❯ 0  Yes\n  1  Dans quel territoire ?  Commune\n  2  Et encore ?  Non"),
        (30, "❯ 0  Yes\n  1  Dans quel territoire ?\n     Commune\n  2  Et encore ?  Non"),
    ],
)
def test_answers_to_review_stand_as_the_transcript_has_them(columns: int, seen: str) -> None:
    """The answer beside its question, or under it; the line that goes on is 0; words of the answer find the line."""
    items = (
        Item("", "Yes", uncounted=True),
        Item("a", "Dans quel territoire ?", answer="Commune"),
        Item("b", "Et encore ?", answer="Non"),
    )
    with room(columns, 20) as here:
        asked = here.ask(choose(items, Prompt("Juste ?", told="1 question is asked no more.")))
        screen = asked.sees("Et encore")
        assert seen in screen
        assert "! 1 question is asked no more." in screen
        assert asked.press("commu", ENTER).answer == "a"


def test_nothing_checked_is_left_on_the_screen_in_a_word() -> None:
    """Who answers with nothing checked reads so above the next question."""
    with room() as here:
        assert here.ask(check(SHORT, least=0)).press(ENTER).answer == ()
        assert here.screen == "✔ Quel territoire ?  none"


def test_a_long_answer_stays_under_its_question() -> None:
    """At 40 columns the question and its answer are cut between words."""
    prompt = Prompt("Dans quel type de territoire travaillez-vous au quotidien ?")
    with room(40, 12) as here:
        here.ask(choose(HINTED, prompt)).press(ENTER).answer  # noqa: B018 - waits for the end
        assert here.screen == "✔ Dans quel type de territoire\n  travaillez-vous au quotidien ?\n  Commune"


def test_text_from_definitions_is_shown_whole_and_harmless() -> None:
    """Brackets and tags are text; control and bidirectional characters never reach the terminal."""
    items = (Item("a", "Offre [beta] <b>\x1b[2J R&D\x9b{x}\u202e", "une\nligne"), Item("b", "%s\x07\x00"))
    prompt = Prompt("Une <b>offre</b>\x1b]0;titre\x07 ?", "\x08Un", "Aide\x1bc [x]\n\n\u2066fin")
    with room() as here:
        screen = here.ask(choose(items, prompt)).press("?").sees("fin")
        assert "Un\nUne <b>offre</b>]0;titre ?\nAidec [x]\n\nfin\n" in screen
        assert "❯ 1  Offre [beta] <b>[2J R&D{x}  — une ligne\n  2  %s\n" in screen
        assert here.press(ENTER).answer == "a"
        assert "✔ Une <b>offre</b>]0;titre ?  Offre [beta] <b>[2J R&D{x}" in here.screen
        assert not set(here.terminal.sent) & {"\x07", "\x08", "\x00", "\x9b", "\u202e", "\u2066"}
        assert "\x1b]" not in here.terminal.sent
        assert "\x1bc" not in here.terminal.sent


def test_the_pointed_option_stands_out_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """With `NO_COLOR` nothing is coloured; the pointer, reverse video and the marks remain."""
    monkeypatch.setenv("NO_COLOR", "1")
    with room() as here:
        here.ask(check(SHORT, ("com",))).press(ENTER).answer  # noqa: B018 - waits for the end
        here.ask(check(SHORT, ("com",))).sees("❯ 1  [x] Commune")
        cells = [cell for row in here.terminal.screen.buffer.values() for cell in row.values()]
        assert {(cell.fg, cell.bg) for cell in cells} == {("default", "default")}
        assert any(cell.reverse for cell in cells)


def test_no_break_spaces_are_not_underlined() -> None:
    """French typography shows as plain spaces, which prompt_toolkit would underline."""
    with room() as here:
        here.ask(choose(SHORT, Prompt("Quel territoire\N{NO-BREAK SPACE}?"))).sees("Quel territoire ?")
        assert not any(cell.underscore for row in here.terminal.screen.buffer.values() for cell in row.values())


def test_signs_in_ascii() -> None:
    """Where the output cannot write them, the signs are made of ASCII."""
    with room(encoding="ascii") as here:
        screen = here.ask(choose(SHORT)).sees("> 1  Commune")
        assert "^v Enter choose  <- back" in screen


class Hasty(DummyOutput):
    """Somebody who presses Enter as soon as anything is written."""

    def __init__(self, keyboard: PipeInput) -> None:
        """Take their keyboard."""
        self.keyboard = keyboard

    def write(self, data: str) -> None:
        """Press Enter."""
        if data.strip():
            self.keyboard.send_text(ENTER)


def test_the_terminal_of_the_session_is_the_default() -> None:
    """Without an input and an output, those of prompt_toolkit's session are used."""
    with create_pipe_input() as keyboard, create_app_session(keyboard, Hasty(keyboard)):
        assert MenuPrompter("en").choose(PROMPT, SHORT) == "com"


def test_writing() -> None:
    """The help is there at once, the earlier text can be edited, and Enter gives it without spaces around."""
    with room() as here:
        screen = here.ask(write("12")).sees("❯ 12")
        assert "Le territoire décide des ressources." in screen
        assert "Enter confirm  ?? I do not know  Shift+Tab back  F1 help  F2 my answers" in screen
        assert here.press(LEFT, "3 ", BACKSPACE, ENTER).answer == "132"


def test_a_refused_text_stays_to_be_mended() -> None:
    """The refusal is shown under the text, which stays; it goes with the next refusal or acceptance."""
    with room(40, 12) as here:
        here.ask(write(prompt=BARE)).press("1x", ENTER).sees("❯ 1x\n! “1x” is not a number.")
        assert here.press(BACKSPACE, "2", ENTER).answer == "12"


def test_help_while_writing() -> None:
    """F1, or `?` alone, hides the help and shows it again; the text is still there after F1."""
    with room() as here:
        here.ask(write()).press("4").sees("décide")
        assert "décide" not in here.press(F1).sees("Quel territoire ?\n\n❯ 4")
        here.press(BACKSPACE, "?", ENTER).sees("décide")
        assert here.press("5", ENTER).answer == "5"
    with room() as here:
        here.ask(write(prompt=BARE)).press(F1).sees("! There is no more help for this question.")


def test_not_knowing_while_writing() -> None:
    """`??` answers "?", is there when one comes back to it, and is offered only where it is accepted."""
    assert answer(write(), "??", ENTER) == "?"
    assert answer(write("?"), ENTER) == "?"
    with room() as here:
        assert "??" not in here.ask(write(unknown=False)).sees("Ctrl+C stop")
        here.press("??", ENTER).sees("! “??” is not a number.")
    assert answer(lambda asker: asker.write(PROMPT, refuse=lambda _: None), "??", ENTER) == "??"


def test_back_while_writing() -> None:
    """Shift-Tab always goes back; Left only from an empty line, where it cannot lose anything."""
    assert answer(write("12"), SHIFT_TAB) is Navigation.BACK
    assert answer(write(), LEFT) is Navigation.BACK
    assert answer(write("12"), LEFT, LEFT, LEFT, LEFT, "3", ENTER) == "312"


def test_pasting_several_lines() -> None:
    """A pasted text is one line of plain text."""
    paste = "\x1b[200~1\n\x07\x1b[201~"
    assert answer(write(), UP, paste, "2", ENTER) == "12"


def test_enter_confirms_what_the_author_proposes() -> None:
    """The list starts there, ticks it, the line holds it; and only Enter makes an answer of it."""
    asked = [
        make_question("one", default="b"),
        make_question("many", "many", default=("a", "c")),
        make_question("scale", "scale", default=2),
        make_question("agreed", "yes-no", default="no"),
        make_question("people", "number", default=12),
        make_question("name", "text", default="Nous"),
    ]
    shown = [
        "❯ 2  Option b",
        "[x] Option c",
        "❯ 3  Degré 2",
        "❯ 2  Option no",
        "❯ 12",
        "❯ Nous",
        "Is everything right?",
    ]
    kept: list[Answers] = []
    with room() as here:

        def hold(asker: MenuPrompter) -> Answers:
            interview = Interview(make_compass(*asked), asker, "en", Answers(), kept.append)
            interview.run()
            return interview.answers

        here.ask(hold)
        for count, sight in enumerate(shown):
            here.sees(sight)
            assert len(kept) == count
            here.press(ENTER)
        assert here.answer == Answers.of(one="b", many=("a", "c"), scale=2, agreed="no", people=12, name="Nous")


# --- What is longer than the screen ----------------------------------------------------------------------------------


def page(count: int, *, wait: bool = False) -> Callable[[MenuPrompter], object]:
    return lambda asker: asker.page(
        lambda width, _rows: [f"line {n} of {width}" for n in range(1, count + 1)], wait=wait
    )


def test_what_is_long_comes_a_screen_at_a_time_its_start_first() -> None:
    """Never more rows than the screen has; Space goes on to the end, then leaves it all above."""
    with room(60, 12) as here:
        first = here.ask(page(30)).sees("1 to 11 of 30")
        assert first.startswith("line 1 of 60\n")
        assert "line 11 of" in first
        assert here.press(" ").sees("12 to 22").startswith("line 12")
        assert here.press(UP).sees("11 to 21").startswith("line 11")
        assert here.press(PAGE_DOWN, PAGE_DOWN).sees("20 to 30 of 30").startswith("line 20")
        here.press(PAGE_UP).sees("9 to 19")
        here.press(HOME).sees("1 to 11")
        here.press(END, DOWN).sees("20 to 30")
        assert here.press(ENTER).answer is None
        assert here.screen.endswith("line 29 of 60\nline 30 of 60")
        assert "Space" not in here.screen


@pytest.mark.parametrize("key", ["q", ESCAPE])
def test_a_long_text_may_be_left(key: str) -> None:
    """Whoever has seen enough presses q."""
    with room(60, 12) as here:
        here.ask(page(30)).sees("1 to 11 of 30")
        assert here.press(key).answer is None


def test_what_is_short_needs_no_key() -> None:
    """It is shown, with room for the menu that follows; where somebody must go on, one key does."""
    with room(60, 24) as here:
        assert here.ask(page(9)).answer is None
        assert here.screen.startswith("line 1 of 60\n")
        here.ask(page(9, wait=True)).sees("Space go on")
        assert here.press(" ").answer is None


def test_a_page_on_another_screen() -> None:
    """Resized, the text is laid out again; stopping stops."""
    with room(60, 12) as here:
        here.ask(page(30)).sees("1 to 11 of 30")
        here.terminal.resize(40, 8)
        here.press(DOWN).sees("line 2 of 40")
        with pytest.raises(KeyboardInterrupt):
            here.press(CTRL_C).answer  # noqa: B018 - waits for the end


def test_the_next_group_sees_nothing_of_the_one_before() -> None:
    """What was shown is gone from the screen, and from above it where the terminal can."""
    with room(60, 24) as here:
        here.ask(page(9)).answer  # noqa: B018 - waits for the end
        here.asker.clear()
        assert here.screen == ""
        assert "\x1b[3J" in here.terminal.sent


def test_what_is_wider_than_the_screen_goes_on_below() -> None:
    """A code to share is seen whole, a screen at a time; left above, it is one line, to be copied."""
    code = "boussole-1:" + "abcdefghij" * 9
    with room(40, 6) as here:
        first = here.ask(lambda asker: asker.page(lambda _width, _rows: [f"\x1b[1m{code}\x1b[0m"] * 3)).sees(
            "1 to 5 of 9"
        )
        assert first.startswith(f"{code[:40]}\n{code[40:80]}\n{code[80:]}\n{code[:40]}")
        assert here.press("q").answer is None
        assert f"\x1b[1m{code}\x1b[0m\r\n" in here.terminal.sent


def test_links_take_no_room() -> None:
    """A title that is a link (OSC 8) is seen as its title, in the pages too; its address goes to the terminal."""
    link = "\x1b]8;id=1;https://example.org/a\x1b\\Titre\x1b]8;;\x1b\\ et suite"
    with room(60, 12) as here:
        here.ask(lambda asker: asker.page(lambda _width, _rows: [link] * 30)).sees("1 to 11 of 30")
        assert "example" not in here.screen
        assert here.screen.startswith("Titre et suite\n")
        assert "https://example.org/a" in here.terminal.sent
