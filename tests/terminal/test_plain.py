"""Numbered lines, for screen readers and pipes: what is shown, what can be typed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from boussole.errors import BoussoleError
from boussole.i18n import gettext
from boussole.terminal.plain import PlainPrompter
from boussole.terminal.prompter import Item, Navigation, Prompt

if TYPE_CHECKING:
    from collections.abc import Callable

TERRITORIES = (
    Item("town", "Commune", "moins de 2 000 habitants"),
    Item("group", "Communauté de communes"),
    Item("energy", "Syndicat d’énergie"),
    Item("?", "Je ne sais pas", alone=True),
)
PROMPT = Prompt(
    "Quel territoire ?",
    "Question 2 sur 9",
    "Pourquoi ?\n\nParce que.",
    can_go_back=True,
    can_review=True,
)
BARE = Prompt("Quel territoire ?")


class Transcript:
    """A plain conversation: `typed` is what comes through the pipe, `text` what a reader sees."""

    def __init__(self, typed: str, language: str = "en") -> None:
        """Prepare the answers."""
        self.out = io.StringIO()
        self.asker = PlainPrompter(language, lines=io.StringIO(typed), out=self.out)

    @property
    def text(self) -> str:
        """What was written, with plain spaces."""
        return self.out.getvalue().replace("\N{NO-BREAK SPACE}", " ")


def number_only(text: str) -> str | None:
    """Refuse all but numbers."""
    return None if text.isdecimal() else f"“{text}” is not a number."


def number_or_unknown(text: str) -> str | None:
    """Refuse all but numbers and « je ne sais pas »."""
    return None if text == "?" else number_only(text)


def test_a_whole_transcript() -> None:
    """Numbered lines, the keys that can be typed, help, a wrong entry, and what was read from the pipe."""
    said = Transcript("?\n7\n2\n")
    assert said.asker.choose(PROMPT, TERRITORIES, "town") == "group"
    invitation = "Your choice (0 to 3; Enter: keep; ? help, < back, ! my answers): "
    assert said.text == (
        "\n"
        "Question 2 sur 9\n"
        "Quel territoire ?\n"
        "1. Commune — moins de 2 000 habitants (current answer)\n"
        "2. Communauté de communes\n"
        "3. Syndicat d’énergie\n"
        "0. Je ne sais pas\n"
        f"{invitation}?\n"
        "Pourquoi ?\n\nParce que.\n"
        f"{invitation}7\n"
        "There is no number 7 here.\n"
        f"{invitation}2\n"
        "Chosen: Communauté de communes\n"
    )


def test_what_was_chosen_is_repeated() -> None:
    """A number, or Enter alone, tells nobody what it chose: it is said in words; a text just typed is not."""
    said = Transcript("1 3\n\n\n12\n")
    said.asker.choose_many(BARE, TERRITORIES)
    assert said.text.endswith(": 1 3\nChosen: Commune and Syndicat d’énergie\n")
    said.asker.choose_many(BARE, TERRITORIES, least=0)
    assert said.text.endswith("\nChosen: none\n")
    said.asker.write(BARE, "4", refuse=number_only)
    assert said.text.endswith("\nChosen: 4\n")
    said.asker.write(BARE, "4", refuse=number_only)
    assert said.text.endswith(": 12\n")


def test_questions_and_answers_are_told_apart() -> None:
    """A line of answers has the question, then the answer; what is uncounted is 0; what changed is said first."""
    said = Transcript("média\n")
    items = [Item("", "Yes", uncounted=True), Item("a", "Who?", answer="État"), Item("b", "What?", answer="Média")]
    assert said.asker.choose(BARE._replace(told="1 question is asked no more."), items, "") == "b"
    assert "\n1 question is asked no more.\n" in said.text
    assert "\n0. Yes (current answer)\n1. Who? — État\n2. What? — Média\n" in said.text


def test_only_what_is_possible_is_offered() -> None:
    """A first question without help offers neither help, nor back, nor review, and says so when asked."""
    said = Transcript("?\n<\n!\n1\n")
    assert said.asker.choose(BARE, TERRITORIES) == "town"
    assert "Your choice (0 to 3): ?\nThere is no more help for this question.\n" in said.text
    assert "Your choice (0 to 3): <\nThis is the first question.\n" in said.text
    assert "Your choice (0 to 3): !\nThere is no answer to review yet.\n" in said.text


def test_french_is_spoken() -> None:
    """The words around the question are those of the language asked for."""
    said = Transcript("9\n1\n", language="fr")
    said.asker.choose(PROMPT, TERRITORIES)
    assert gettext("There is no number {number} here.", number="9").in_("fr") in said.out.getvalue()


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("3", "energy"),
        ("03", "energy"),
        ("0", "?"),
        ("energy", "energy"),
        ("ENERGIE", "energy"),
        ("commune", "town"),
        ("communaute", "group"),
        ("je ne", "?"),
        ("syndicat d'energie", "energy"),
    ],
)
def test_an_answer_may_be_named_in_several_ways(typed: str, chosen: str) -> None:
    """By its number, its id, its text, the beginning or a part of it, whatever the accents and the case."""
    assert Transcript(f"{typed}\n").asker.choose(BARE, TERRITORIES) == chosen


@pytest.mark.parametrize(
    ("typed", "explained"),
    [
        ("", "Type the number of an answer."),
        ("comm", "“comm” may be several answers (1, 2): type a number."),
        ("lune", "No answer matches “lune”: type a number."),
        ("2000", "There is no number 2000 here."),
        ("9" * 5000, "There is no number 999"),
        ("\N{COMBINING ACUTE ACCENT}", "No answer matches"),
        ("\N{SUPERSCRIPT TWO}", "No answer matches"),
    ],
)
def test_a_wrong_entry_is_explained_and_asked_again(typed: str, explained: str) -> None:
    """Nothing typed stops the questionnaire: it says what is wrong, then waits for another line."""
    said = Transcript(f"{typed}\n1\n")
    assert said.asker.choose(BARE, TERRITORIES) == "town"
    assert explained in said.text


def test_back_and_review_leave_the_question() -> None:
    """`<` and `!` leave any kind of question where the prompt allows it."""
    asked: list[Callable[[PlainPrompter], object]] = [
        lambda asker: asker.choose(PROMPT, TERRITORIES),
        lambda asker: asker.choose_many(PROMPT, TERRITORIES),
        lambda asker: asker.write(PROMPT, refuse=number_only),
    ]
    for ask in asked:
        assert ask(Transcript("<\n").asker) is Navigation.BACK
        assert ask(Transcript("!\n").asker) is Navigation.REVIEW


def test_an_empty_line_keeps_the_earlier_answer() -> None:
    """Coming back to a question, Enter alone changes nothing."""
    assert Transcript("\n").asker.choose(PROMPT, TERRITORIES, "energy") == "energy"
    assert Transcript("\n").asker.choose_many(PROMPT, TERRITORIES, ("energy", "town")) == ("town", "energy")
    assert Transcript("\n").asker.write(PROMPT, "12", refuse=number_only) == "12"


def test_an_empty_line_accepts_what_is_proposed() -> None:
    """It is said to be a proposal, not an answer given earlier."""
    proposed = BARE._replace(proposed=True)
    said = Transcript("\n")
    assert said.asker.choose(proposed, TERRITORIES, "energy") == "energy"
    assert "3. Syndicat d’énergie (proposed)\n" in said.text
    assert "(0 to 3; Enter: accept): " in said.text
    said = Transcript("\n")
    assert said.asker.choose_many(proposed, TERRITORIES, ("energy", "town")) == ("town", "energy")
    assert said.text.count("(proposed)") == 2
    assert "(0 to 3; Enter: accept): " in said.text
    said = Transcript("\n")
    assert said.asker.write(proposed, "12", refuse=number_only) == "12"
    assert "(Enter: accept “12”): " in said.text


def test_a_kept_answer_still_follows_the_rule() -> None:
    """An earlier answer that the definition now refuses cannot be kept."""
    said = Transcript("\n1\n")
    assert said.asker.choose_many(PROMPT, TERRITORIES, ("energy", "town"), most=1) == ("town",)
    assert "Choose 1 answer at most." in said.text


@pytest.mark.parametrize("typed", ["1,3", "3 1", "1;3", " 1 , 3 ,", "commune, energie", "energy,1,3"])
def test_several_answers_on_one_line(typed: str) -> None:
    """Numbers apart or texts between commas make several answers, in the order of the list."""
    assert Transcript(f"{typed}\n").asker.choose_many(BARE, TERRITORIES) == ("town", "energy")


def test_an_option_text_may_hold_commas() -> None:
    """A text is first looked for whole."""
    items = (Item("a", "Eau, air et sols"), Item("b", "Eau potable"))
    assert Transcript("eau, air\n").asker.choose_many(BARE, items) == ("a",)


@pytest.mark.parametrize(
    ("typed", "explained"),
    [
        ("1", "Choose at least 2 answers."),
        ("", "Choose at least 2 answers."),
        ("1 2 3", "Choose 2 answers at most."),
        ("0 1", "“Je ne sais pas” cannot be chosen with another answer."),
        ("1 8", "There is no number 8 here."),
        ("commune, lune", "No answer matches “lune”: type a number."),
    ],
)
def test_several_answers_follow_their_rule(typed: str, explained: str) -> None:
    """Too few, too many, or a lone answer with others are refused with the rule."""
    said = Transcript(f"{typed}\n0\n")
    assert said.asker.choose_many(BARE, TERRITORIES, least=2, most=2) == ("?",)
    assert explained in said.text
    assert "\n2 answers to choose\nYour choices, for instance 1 3 (0 to 3): " in said.text


def test_no_answer_where_none_is_needed() -> None:
    """With `least` at 0 an empty line is an answer."""
    assert Transcript("\n").asker.choose_many(BARE, TERRITORIES, least=0) == ()


def test_a_refused_text_is_asked_again() -> None:
    """The refusal is shown as plain text, then the line is asked again."""
    said = Transcript("dou\x07ze\n12\n")
    assert said.asker.write(BARE, refuse=lambda text: number_only(text) and f"\x1b[31m{text}?") == "12"
    assert "Your answer: douze\n[31mdouze?\nYour answer: 12\n" in said.text


def test_not_knowing_is_two_question_marks() -> None:
    """`??` answers "?" where it is accepted, and is offered only there; `?` is always help."""
    said = Transcript("?\n??\n")
    assert said.asker.write(PROMPT, refuse=number_or_unknown, unknown=True) == "?"
    assert "Your answer (?? I do not know; ? help, < back, ! my answers): ?\nPourquoi ?\n" in said.text
    assert said.text.endswith("??\nChosen: I do not know\n")
    refused = Transcript("??\n0\n")
    assert refused.asker.write(BARE, refuse=number_only) == "0"
    assert "“??” is not a number." in refused.text
    assert "I do not know" not in refused.text


def test_an_unknown_answer_is_kept_as_it_was_typed() -> None:
    """Coming back to an unknown text, the invitation names it as it is typed."""
    said = Transcript("\n")
    assert said.asker.write(BARE, "?", refuse=number_or_unknown, unknown=True) == "?"
    assert "Your answer (Enter: keep “??”; ?? I do not know): \n" in said.text


def test_not_knowing_is_offered_only_where_it_answers() -> None:
    """A name or a file may be anything: `??` is then what it is, and is not proposed."""
    said = Transcript("??\n")
    assert said.asker.write(BARE, refuse=lambda _: None) == "??"
    assert "I do not know" not in said.text


@pytest.mark.parametrize("typed", ["TOWN", "Town", "town"])
def test_an_id_may_be_typed_in_any_case(typed: str) -> None:
    """As in `--set`."""
    assert Transcript(f"{typed}\n").asker.choose(BARE, TERRITORIES) == "town"


def test_numbers_are_those_shown() -> None:
    """The positions of a scale, which nobody sees, are no numbers: 0 is « je ne sais pas » or nothing."""
    scale = (Item("0", "Pas du tout"), Item("1", "Un peu"))
    said = Transcript("0\n2\n")
    assert said.asker.choose(BARE, scale) == "1"
    assert "There is no number 0 here." in said.text


def test_none_is_said_where_it_is_an_answer() -> None:
    """An empty line answers none where that is one, and the invitation says so."""
    said = Transcript("\n")
    assert said.asker.choose_many(BARE, TERRITORIES, least=0) == ()
    assert "(0 to 3; Enter: none): " in said.text
    refused = Transcript("\n1\n")
    assert refused.asker.choose_many(BARE, TERRITORIES) == ("town",)


@pytest.mark.parametrize("line", ["1", "no"])
def test_endless_answers_end_with_an_error(line: str) -> None:
    """Whatever they say, a pipe that never ends is told so."""
    asker = PlainPrompter("en", lines=Endless(line), out=io.StringIO())

    def ask_forever() -> None:
        while True:
            asker.choose(BARE, TERRITORIES)

    with pytest.raises(BoussoleError, match="sans fin"):
        ask_forever()


def test_a_person_is_never_told_to_stop() -> None:
    """At a terminal, a question may be asked as often as one likes."""
    lines = Endless("1")
    lines.isatty = lambda: True  # type: ignore[method-assign]
    asker = PlainPrompter("en", lines=lines, out=io.StringIO())
    assert {asker.choose(BARE, TERRITORIES) for _ in range(1000)} == {"town"}


class Endless(io.StringIO):
    """Lines without end."""

    def __init__(self, line: str) -> None:
        """Say always the same."""
        super().__init__()
        self.line = line

    def readline(self, _size: int = -1, /) -> str:  # type: ignore[override]
        """Return the next line."""
        return f"{self.line}\n"


def test_the_end_of_the_pipe_is_an_error() -> None:
    """When the answers run out, `EOFError` says so, and the last line is ended."""
    said = Transcript("")
    with pytest.raises(EOFError):
        said.asker.choose(BARE, TERRITORIES)
    assert said.text.endswith("Your choice (0 to 3): \n")


def test_a_last_line_without_a_line_break_counts() -> None:
    """`printf 1` is an answer as well as `echo 1`."""
    assert Transcript("1").asker.choose(BARE, TERRITORIES) == "town"


def test_ctrl_c_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """A `KeyboardInterrupt` while reading goes through."""

    def interrupt() -> str:
        raise KeyboardInterrupt

    lines = io.StringIO()
    monkeypatch.setattr(PlainPrompter, "_read_line", lambda _self, _asking: interrupt())
    with pytest.raises(KeyboardInterrupt):
        PlainPrompter("en", lines=lines, out=io.StringIO()).choose(BARE, TERRITORIES)


def test_bytes_that_are_no_text_are_refused() -> None:
    """A pipe of something else than UTF-8 is told to be unreadable, not to be a crash."""
    out = io.StringIO()
    lines = io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), encoding="utf-8")
    with pytest.raises(EOFError):
        PlainPrompter("en", lines=lines, out=out).choose(BARE, TERRITORIES)
    assert "This line is not readable text." in out.getvalue()


def test_text_from_definitions_is_shown_whole_and_harmless() -> None:
    """Brackets and tags are text; control and bidirectional characters never come out."""
    items = (Item("a", "Offre [beta] <b> R&D \x1b[2J\x9b\u202e", "une\nligne\x00"),)
    said = Transcript("1\n")
    said.asker.choose(Prompt("Une\x1b]0;titre\x07 offre", "\x08Un", "Aide\x1b[31m"), items)
    assert "\nUn\nUne]0;titre offre\n1. Offre [beta] <b> R&D [2J — une ligne\n" in said.text
    assert not set(said.text) & {"\x1b", "\x07", "\x08", "\x00", "\x9b", "\u202e"}


def test_signs_that_the_output_cannot_write_are_replaced() -> None:
    """An output in ASCII gets question marks, not a crash."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii", newline="\n")
    PlainPrompter("en", lines=io.StringIO("1\n"), out=out).choose(BARE, TERRITORIES)
    assert b"1. Commune ? moins de 2 000 habitants\n" in raw.getvalue()


def test_lines_are_cut_between_words_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 40 columns no word is cut in two, and what is typed there is not echoed a second time."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "40")
    out = Terminal()
    ask = "Dans quel type de territoire travaillez-vous au quotidien ?"
    PlainPrompter("en", lines=Terminal("2\n"), out=out).choose(Prompt(ask), TERRITORIES)
    assert out.getvalue() == (
        "\nDans quel type de territoire\ntravaillez-vous au quotidien ?\n"
        "1. Commune — moins de 2 000 habitants\n2. Communauté de communes\n3. Syndicat d’énergie\n0. Je ne sais pas\n"
        "Your choice (0 to 3): Chosen: Communauté de communes\n"
    )
