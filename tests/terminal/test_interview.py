"""The interview: asking, going back, reviewing, not knowing; every way ends where fresh answers end."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.answers import Answers
from boussole.core.definitions.compass import UNKNOWN, Question, QuestionType
from boussole.core.definitions.conditions import ALWAYS, Not
from boussole.core.situation import situate
from boussole.i18n import quoted
from boussole.terminal.interview import Interview
from boussole.terminal.lists import numbers_of
from boussole.terminal.plain import PlainPrompter
from boussole.terminal.prompter import Item, Navigation, Prompt
from support.builders import (
    is_,
    make_compass,
    make_facet,
    make_option,
    make_question,
    make_text,
    question,
)
from support.scripted import RESULT, REVIEW, Reply, Scripted
from support.strategies import catalogues, compasses, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from boussole.core.definitions.compass import Compass, Value

JUMP = "Which question do you want to go back to?"


def held(
    compass: Compass, *replies: Reply, answers: Answers | None = None, language: str = "en"
) -> tuple[Scripted, Interview]:
    """Return an interview that ran to its end, and whom it asked."""
    asker = Scripted(*replies)
    interview = Interview(compass, asker, language, answers or Answers(), lambda _answers: None)
    interview.run()
    return asker, interview


def given_values(interview: Interview) -> dict[str, Value]:
    return {id_: answer.value for id_, answer in interview.answers.by_question.items()}


def replied(one: Question, value: Value) -> Reply:
    """Return what somebody replies to say `value`."""
    if one.type is QuestionType.MANY:
        return value if isinstance(value, tuple) and value else ("",) if value == () else (str(value),)
    return str(value)


FORK = make_compass(
    make_question("q1"),
    make_question("q2", when=is_(question("q1"), "a")),
    make_question("q3"),
)
"""Three questions; the second is asked of those who answered « a » to the first."""


# --- The types of questions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "reply", "value"),
    [
        (make_question("q"), "b", "b"),
        (make_question("q", required=False), "?", UNKNOWN),
        (make_question("q", "yes-no"), "no", "no"),
        (make_question("q", "yes-no", required=False), "?", UNKNOWN),
        (make_question("q", "scale"), "0", 0),
        (make_question("q", "scale", required=False), "?", UNKNOWN),
        (make_question("q", "many"), ("c", "a"), ("a", "c")),
        (make_question("q", "many", least=0), ("",), ()),
        (make_question("q", "many", required=False), ("?",), UNKNOWN),
        (make_question("q", "many", least=0, required=False), ("?",), UNKNOWN),
        (make_question("q", "number"), "12", 12),
        (make_question("q", "number"), " -3 ", -3),
        (make_question("q", "number", required=False), "?", UNKNOWN),
        (make_question("q", "text"), "Les amis de l’eau", "Les amis de l’eau"),
        (make_question("q", "text", required=False), "?", UNKNOWN),
        (make_question("q", "one", make_facet("profile", "etat", "medias")), "medias", "medias"),
    ],
)
def test_each_type_of_question(asked: Question, reply: Reply, value: Value) -> None:
    """What is chosen or typed becomes the answer that the compass accepts."""
    _, interview = held(make_compass(asked), reply, RESULT)
    assert given_values(interview) == {"q": value}


@pytest.mark.parametrize(
    ("asked", "value", "current"),
    [
        (make_question("q"), "b", "b"),
        (make_question("q", "yes-no", required=False), UNKNOWN, "?"),
        (make_question("q", "scale"), 0, "0"),
        (make_question("q", "many"), ("a", "c"), ("a", "c")),
        (make_question("q", "many", least=0), (), ("",)),
        (make_question("q", "many", least=0, required=False), UNKNOWN, ("?",)),
        (make_question("q", "number", least=0), 0, "0"),
        (make_question("q", "number", required=False), UNKNOWN, "?"),
        (make_question("q", "text"), "Nous", "Nous"),
    ],
)
def test_the_earlier_answer_is_preselected(asked: Question, value: Value, current: object) -> None:
    """A question that has an answer comes back with it, whatever its type."""
    asker, interview = held(make_compass(asked), "q", replied(asked, value), RESULT, answers=Answers.of(q=value))
    assert asker.currents == ["", current, ""]
    assert given_values(interview) == {"q": value}


@pytest.mark.parametrize(
    ("asked", "current"),
    [
        (make_question("q"), None),
        (make_question("q", "scale"), None),
        (make_question("q", "many", least=0), ()),
        (make_question("q", "number"), ""),
        (make_question("q", "text"), ""),
    ],
)
def test_nothing_is_preselected_at_first(asked: Question, current: object) -> None:
    """A question without an answer suggests none."""
    asker = Scripted()
    with pytest.raises(EOFError):
        Interview(make_compass(asked), asker, "en", Answers(), lambda _: None).run()
    assert asker.currents == [current]


@pytest.mark.parametrize(
    ("asked", "current"),
    [
        (make_question("q", default="b"), "b"),
        (make_question("q", "yes-no", default="no"), "no"),
        (make_question("q", "scale", default=0), "0"),
        (make_question("q", "many", default=("a", "c")), ("a", "c")),
        (make_question("q", "many", least=0, default=()), ("",)),
        (make_question("q", "number", default=0), "0"),
        (make_question("q", "text", default="Nous"), "Nous"),
    ],
)
def test_what_the_author_proposes_is_preselected(asked: Question, current: object) -> None:
    """And said to be a proposal: nobody has answered it, and nothing is kept of it."""
    kept: list[Answers] = []
    asker = Scripted()
    interview = Interview(make_compass(asked), asker, "en", Answers(), kept.append)
    with pytest.raises(EOFError):
        interview.run()
    assert asker.currents == [current]
    assert asker.asked[0][0].proposed
    assert (list(interview.answers), kept) == ([], [])


def test_an_answer_comes_before_what_the_author_proposes() -> None:
    """Once answered, even by "?", a question comes back with the answer, which is no proposal."""
    asked = make_question("q", required=False, default="b")
    asker, interview = held(make_compass(asked), "q", "c", RESULT, answers=Answers.of(q="?"))
    assert asker.currents == ["", "?", ""]
    assert not asker.asked[1][0].proposed
    assert given_values(interview) == {"q": "c"}


def test_the_items_of_a_choice() -> None:
    """Options come with their hints, then « none of these » where none is an answer, then « I do not know »."""
    asked = make_question(
        "q",
        "many",
        [make_option("a"), make_option("b", alone=True)],
        least=0,
        required=False,
    )
    asker, _ = held(make_compass(asked), ("a",), RESULT)
    assert asker.asked[0][1] == (
        Item("a", "Option a"),
        Item("b", "Option b", alone=True),
        Item("", "None of these", alone=True),
        Item("?", "I do not know", alone=True),
    )


def test_the_items_of_a_scale() -> None:
    """Its labels are numbered from 0, whatever number the list shows."""
    asker, _ = held(make_compass(make_question("q", "scale")), "3", RESULT)
    assert [(item.value, item.text) for item in asker.asked[0][1]] == [(str(n), f"Degré {n}") for n in range(4)]


def test_a_required_question_offers_no_way_out() -> None:
    """« I do not know » is offered only where it is accepted."""
    asker, _ = held(make_compass(make_question("q", "many", least=0)), ("",), RESULT)
    assert [item.value for item in asker.asked[0][1]] == ["a", "b", "c", ""]


def test_an_option_that_stands_alone_answers_even_where_several_are_asked() -> None:
    """« Aucun » by itself is enough where two answers at least are expected: the list lets it through."""
    asked = make_question("q", "many", [make_option("a"), make_option("b"), make_option("rien", alone=True)], least=2)
    _, interview = held(make_compass(asked), ("rien",), RESULT)
    assert given_values(interview) == {"q": ("rien",)}


def test_a_written_answer_is_refused_with_what_to_do() -> None:
    """What is no answer is told why, with the remedy, in the language of the interview; then asked again."""
    compass = make_compass(make_question("q", "number", least=1, most=9))
    english, _ = held(compass, "ten", "0", "?", "9", RESULT)
    assert english.refused == [
        "The answer must be a whole number. Write a whole number from 1 to 9.",
        "0 is out of bounds. Write a whole number from 1 to 9.",
        "This question is required: “?” is not accepted. Write a whole number from 1 to 9.",
    ]
    french, _ = held(compass, "0", "9", RESULT, language="fr")
    assert french.refused == ["0 est hors des bornes. Écrivez un nombre entier de 1 à 9."]


def test_an_empty_text_is_refused() -> None:
    """A refusal without a remedy is said all the same."""
    asker, _ = held(make_compass(make_question("q", "text")), "  ", "x", RESULT)
    assert asker.refused == ["The answer must be a text that is not empty."]


# --- What a question shows -------------------------------------------------------------------------------------------


def test_progress_section_help_and_unit() -> None:
    """The prompt says how far along one is, the section, the unit and why the question is asked."""
    asked = make_question(
        "q", "number", unit=make_text("habitants", "inhabitants"), help=make_text("Pour trier", "To sort")
    )
    asker, _ = held(make_compass(asked, make_question("r")), "3", "a", RESULT)
    first, second = asker.asked[0][0], asker.asked[1][0]
    assert first == Prompt("Question q ? (inhabitants)", "Question 1 of 2", "To sort")
    assert second == Prompt("Question r ?", "Question 2 of 2", can_go_back=True, can_review=True)


def test_the_way_back_is_open_after_the_first_question() -> None:
    """The first question has nothing before it, but answers there may be to review once it is asked again."""
    asker, _ = held(FORK, "b", Navigation.BACK, "b", "c", RESULT)
    assert [(prompt.can_go_back, prompt.can_review) for prompt, _, _ in asker.asked[:3]] == [
        (False, False),
        (True, True),
        (False, True),
    ]


# --- Going back ------------------------------------------------------------------------------------------------------


def test_going_back_and_forth() -> None:
    """Back from any question to those before it; then what follows is asked in turn, its answer preselected."""
    asker, interview = held(FORK, "a", "b", Navigation.BACK, Navigation.BACK, "a", "c", "a", RESULT)
    expected = ["Question q1 ?", "Question q2 ?", "Question q3 ?", "Question q2 ?", "Question q1 ?"]
    assert asker.questions == [*expected, "Question q2 ?", "Question q3 ?", REVIEW]
    assert asker.currents[3:7] == ["b", "a", "b", None]
    assert given_values(interview) == {"q1": "a", "q2": "c", "q3": "a"}


def test_what_leaves_the_path_stops_counting_and_is_found_again() -> None:
    """An answer off the path neither counts nor is lost: it is preselected when the path comes back to it."""
    asker, interview = held(FORK, "a", "b", Navigation.BACK, Navigation.BACK, "b", "c", "q1", "a", RESULT)
    assert situate(FORK, interview.answers).answers == {"q1": "a", "q2": "b", "q3": "c"}
    reviews = [items for prompt, items, _ in asker.asked if prompt.ask == REVIEW]
    assert [item.value for item in reviews[0]] == ["", "q1", "q3"]
    assert [item.value for item in reviews[1]] == ["", "q1", "q2", "q3"]


def test_what_left_the_path_comes_back_preselected() -> None:
    """Going forward through a question found again shows the answer it had."""
    asker, _ = held(FORK, "a", "b", Navigation.BACK, Navigation.BACK, "b", Navigation.BACK, "a", "b", "c", RESULT)
    assert asker.questions[4:] == [
        "Question q1 ?",
        "Question q3 ?",
        "Question q1 ?",
        "Question q2 ?",
        "Question q3 ?",
        REVIEW,
    ]
    assert asker.currents[6:8] == ["b", "b"]


def test_back_skips_what_is_not_on_the_path() -> None:
    """The question before is that of the path, not of the file."""
    asker, _ = held(FORK, "b", Navigation.BACK, "b", "c", RESULT)
    assert asker.questions[:3] == ["Question q1 ?", "Question q3 ?", "Question q1 ?"]


def test_the_review_key_goes_to_any_earlier_question() -> None:
    """F2 lists the answers; the one chosen is asked again, then what follows it."""
    asker, interview = held(FORK, "a", "b", Navigation.REVIEW, "q1", "a", "b", "c", RESULT)
    assert asker.questions == [
        "Question q1 ?",
        "Question q2 ?",
        "Question q3 ?",
        JUMP,
        "Question q1 ?",
        "Question q2 ?",
        "Question q3 ?",
        REVIEW,
    ]
    prompt, items, _ = asker.asked[3]
    assert prompt.can_go_back
    assert items == (Item("q1", "Question q1 ?", answer="Option a"), Item("q2", "Question q2 ?", answer="Option b"))
    assert given_values(interview)["q3"] == "c"


def test_the_review_key_can_be_taken_back() -> None:
    """Back from the list of answers returns to the question one was at."""
    asker, _ = held(FORK, "b", Navigation.REVIEW, Navigation.BACK, "c", RESULT)
    assert asker.questions == ["Question q1 ?", "Question q3 ?", JUMP, "Question q3 ?", REVIEW]


# --- The review ------------------------------------------------------------------------------------------------------


def test_the_review_lists_every_answer_in_words() -> None:
    """Each line has the question and the answer as it was shown; the first line goes on, and is preselected."""
    compass = make_compass(
        make_question("q1", "many", least=0),
        make_question("q2", "scale", required=False),
        make_question("q3", "number", unit=make_text("habitants", "inhabitants")),
        make_question("q4", "many"),
        make_question("q5", "text"),
    )
    asker, _ = held(compass, ("",), "?", "4", ("a", "b"), "Nous", RESULT)
    prompt, items, current = asker.asked[-1]
    assert prompt == Prompt(REVIEW, can_go_back=True, proposed=True)
    assert [(item.text, item.answer) for item in items] == [
        ("Yes, see the result", ""),
        ("Question q1 ?", "none"),
        ("Question q2 ?", "I do not know"),
        ("Question q3 ?", "4 inhabitants"),
        ("Question q4 ?", "Option a and Option b"),
        ("Question q5 ?", "Nous"),
    ]
    assert current == RESULT
    assert numbers_of(items) == ["0", "1", "2", "3", "4", "5"]  # those of the questions


def test_a_change_says_which_questions_come_and_go() -> None:
    """Once, on the screen that follows; nothing is said of a first answer, nor of a change that moves no question."""
    asker, _ = held(FORK, "a", "b", "c", "q1", "b", "q1", "a", "q3", "a", RESULT)
    told = [prompt.told for prompt, _, _ in asker.asked]
    assert told == [
        *[""] * 5,
        "1 question is asked no more: “Question q2 ?”.",
        "",
        "1 question is asked now: “Question q2 ?”.",
        "",
        "",
    ]


def test_a_change_on_the_way_back_says_so_too() -> None:
    """Who goes back and answers otherwise is told on the next question."""
    asker, _ = held(FORK, "a", "b", Navigation.BACK, Navigation.BACK, "b", "c", RESULT)
    assert "asked no more" in asker.asked[5][0].told


def test_a_question_that_goes_before_it_was_answered_is_told_too() -> None:
    """It may have been on the screen a moment ago."""
    asker, _ = held(FORK, "a", Navigation.BACK, "b", "c", RESULT)
    assert asker.asked[3][0].told == "1 question is asked no more: “Question q2 ?”."


def test_a_change_in_the_review_asks_only_that_question() -> None:
    """The answer chosen is asked again, alone, then the review comes back."""
    asker, interview = held(FORK, "a", "b", "c", "q2", "a", RESULT)
    assert asker.questions[3:] == [REVIEW, "Question q2 ?", REVIEW]
    assert given_values(interview) == {"q1": "a", "q2": "a", "q3": "c"}


def test_a_change_in_the_review_asks_what_it_opens() -> None:
    """A change that brings a question onto the path has it asked before the review."""
    asker, interview = held(FORK, "b", "c", "q1", "a", "b", RESULT)
    assert asker.questions[2:] == [REVIEW, "Question q1 ?", "Question q2 ?", REVIEW]
    assert given_values(interview) == {"q1": "a", "q3": "c", "q2": "b"}


def test_back_from_the_review_is_the_last_question() -> None:
    """Going back from the review asks the last question again."""
    asker, _ = held(FORK, "b", "c", Navigation.BACK, "a", RESULT)
    assert asker.questions[2:] == [REVIEW, "Question q3 ?", REVIEW]


def test_back_inside_a_change_goes_on_through_the_path() -> None:
    """From a question under review one may still go back, then forward again."""
    asker, _ = held(FORK, "b", "c", "q3", Navigation.BACK, "b", "a", RESULT)
    assert asker.questions[2:] == [REVIEW, "Question q3 ?", "Question q1 ?", "Question q3 ?", REVIEW]


def test_a_jump_inside_a_change() -> None:
    """F2 from a question under review goes to another, then through what follows it."""
    asker, _ = held(FORK, "b", "c", "q3", Navigation.REVIEW, "q1", "b", "a", RESULT)
    assert asker.questions[2:] == [REVIEW, "Question q3 ?", JUMP, "Question q1 ?", "Question q3 ?", REVIEW]


def test_answers_given_beforehand_are_not_asked() -> None:
    """What `--answers` or a draft answered goes straight to the review; the rest is asked."""
    asker, _ = held(FORK, "c", RESULT, answers=Answers.of(q1="b"))
    assert asker.questions == ["Question q3 ?", REVIEW]
    asker, _ = held(FORK, RESULT, answers=Answers.of(q1="b", q3="a"))
    assert asker.questions == [REVIEW]


def test_an_answer_off_the_path_that_was_given_beforehand() -> None:
    """A draft keeps what was off the path: it counts as soon as the path returns, without being asked."""
    asker, interview = held(FORK, "a", "c", RESULT, answers=Answers.of(q2="b"))
    assert asker.questions == ["Question q1 ?", "Question q3 ?", REVIEW]
    assert situate(FORK, interview.answers).answers == {"q1": "a", "q2": "b", "q3": "c"}


def test_a_pipe_need_not_say_yes() -> None:
    """The end of piped answers at the review is a yes."""
    _, interview = held(FORK, "b", "c")
    assert given_values(interview) == {"q1": "b", "q3": "c"}


@pytest.mark.parametrize(
    "replies", [(), ("a",), ("a", "b", Navigation.BACK), ("b", Navigation.REVIEW), ("b", "c", "q1", "a")]
)
def test_a_pipe_that_ends_too_early(replies: tuple[Reply, ...]) -> None:
    """The end of piped answers at a question stops the interview, wherever it came from."""
    with pytest.raises(EOFError):
        held(FORK, *replies)


# --- On disk before the next question --------------------------------------------------------------------------------


def test_every_answer_is_kept_before_the_next_question() -> None:
    """When a question is shown, all that was answered so far, and nothing less, has been kept."""
    kept: list[dict[str, Value]] = [{}]
    asker = Scripted("a", "b", Navigation.BACK, "c", Navigation.REVIEW, "q1", "b", "a", "q3", "c", RESULT)

    def keep(answers: Answers) -> None:
        kept.append({id_: answer.value for id_, answer in answers.by_question.items()})

    interview = Interview(FORK, asker, "en", Answers(), keep)
    compared: list[bool] = []
    asker.before_reply = lambda: compared.append(kept[-1] == given_values(interview))
    interview.run()
    assert compared == [True] * 11
    assert kept[1:] == [
        {"q1": "a"},
        {"q1": "a", "q2": "b"},
        {"q1": "a", "q2": "c"},
        {"q1": "b", "q2": "c"},
        {"q1": "b", "q2": "c", "q3": "a"},
        {"q1": "b", "q2": "c", "q3": "c"},
    ]


def test_what_is_not_kept_is_said_with_the_next_question() -> None:
    """On the screen that comes, whatever its height: written above it, it would scroll away."""
    told = [None, quoted("disk full\nfree some space")]
    asker = Scripted("a", "b", RESULT)
    compass = make_compass(*(make_question(id_, "one", ("a", "b")) for id_ in "pq"))
    Interview(compass, asker, "en", Answers(), lambda _answers: told.pop()).run()
    assert [prompt.told for prompt, _, _ in asker.asked] == ["", "“disk full free some space”", ""]


def test_nothing_is_kept_before_the_first_answer() -> None:
    """Looking at the first question leaves no trace."""
    kept: list[Answers] = []
    with pytest.raises(EOFError):
        Interview(FORK, Scripted(), "en", Answers(), kept.append).run()
    assert not kept


# --- Any order -------------------------------------------------------------------------------------------------------


class Wandering(Scripted):
    """Somebody who answers at random, goes back, jumps, changes their mind, and in the end wants the result."""

    def __init__(self, compass: Compass, draw: Callable[[st.SearchStrategy[Any]], Any], moves: int) -> None:
        """Make at most `moves` moves besides answering."""
        super().__init__()
        self._by_ask = {one.ask.in_("fr"): one for one in compass.questions.values()}
        self._draw = draw
        self._moves = moves

    def _reply(self, prompt: Prompt, items: Iterable[Item], current: object) -> Reply:
        self.asked.append((prompt, tuple(items), current))
        self.before_reply()
        one = self._by_ask.get(prompt.ask)
        wanders = self._moves > 0 and self._draw(st.booleans())
        self._moves -= wanders
        if one is None:
            chosen: Reply = self._draw(st.sampled_from([Navigation.BACK, *(item.value for item in items)]))
            return chosen if wanders or prompt.ask != REVIEW else RESULT
        moves = [Navigation.BACK] * prompt.can_go_back + [Navigation.REVIEW] * prompt.can_review
        if wanders and moves:
            move: Navigation = self._draw(st.sampled_from(moves))
            return move
        return replied(one, self._draw(values(one)))


class Straight(Scripted):
    """Somebody who answers once and for all what `answers` hold."""

    def __init__(self, compass: Compass, answers: Answers) -> None:
        """Know every answer beforehand."""
        super().__init__()
        self._replies = {
            one.ask.in_("fr"): replied(one, value)
            for one in compass.questions.values()
            if (value := answers.get(one.id)) is not None
        }

    def _reply(self, prompt: Prompt, items: Iterable[Item], current: object) -> Reply:
        self.asked.append((prompt, tuple(items), current))
        return RESULT if prompt.ask == REVIEW else self._replies[prompt.ask]


@given(st.data())
def test_whatever_the_order_the_answers_are_those_of_a_straight_run(data: st.DataObject) -> None:
    """Answering, going back, jumping and reviewing in any order ends as a fresh interview with the last answers.

    Nothing is ever shown that was not kept, and the fresh interview asks each question of the path once, in order.
    """
    compass = data.draw(compasses(data.draw(catalogues())))
    kept = [Answers()]
    wandering = Wandering(compass, data.draw, data.draw(st.integers(0, 25)))
    interview = Interview(compass, wandering, "en", Answers(), kept.append)
    seen: list[bool] = []
    wandering.before_reply = lambda: seen.append(kept[-1].by_question == interview.answers.by_question)
    interview.run()
    assert all(seen)

    straight = Straight(compass, interview.answers)
    fresh = Interview(compass, straight, "en", Answers(), lambda _: None)
    fresh.run()
    situation = situate(compass, fresh.answers)
    assert situate(compass, interview.answers) == situation
    assert straight.questions == [compass.questions[id_].ask.in_("fr") for id_ in situation.path] + [REVIEW]
    assert not situation.missing


def test_a_compass_may_have_no_question_for_somebody() -> None:
    """Where no question is on the path, the review has nothing to go back to, and the result follows."""
    asker, interview = held(make_compass(make_question("q1", when=Not(ALWAYS))), RESULT)
    assert asker.asked == [
        (Prompt(REVIEW, proposed=True), (Item(RESULT, "Yes, see the result", uncounted=True),), RESULT)
    ]
    assert not interview.answers


@pytest.mark.parametrize(("typed", "said"), [("vrai", "yes"), ("TRUE", "yes"), ("oui", "yes"), ("faux", "no")])
def test_yes_and_no_are_typed_in_any_of_their_words(typed: str, said: str) -> None:
    """As in `--set` and in tables; numbers are those of the lines."""
    compass = make_compass(make_question("accord", "yes-no", required=True))
    asker = PlainPrompter("en", lines=io.StringIO(f"{typed}\n"), out=io.StringIO())
    interview = Interview(compass, asker, "en", Answers(), lambda _answers: None)
    interview.run()
    assert interview.answers.get("accord") == said
