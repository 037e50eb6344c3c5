"""Whether a question accepts an answer: the same check whatever the way in."""

from typing import assert_never

from boussole.core.answers.answers import Answer, Answers
from boussole.core.definitions.compass import UNKNOWN, Compass, Question, QuestionType, Value
from boussole.errors import AnswersError, Problem
from boussole.fuzzy import suggest
from boussole.i18n import Localised, gettext, ngettext


def accepted(compass: Compass, answers: Answers) -> Answers:
    """Return `answers` in the form and order of `compass`, for it to compute with.

    Raises:
        AnswersError: with a problem for each unknown question and each value that does not fit.

    """
    good, problems = sift(compass, answers)
    if problems:
        raise AnswersError(
            ngettext("An answer does not fit the compass.", "{count} answers do not fit the compass.", len(problems)),
            problems,
        )
    return good


def sift(compass: Compass, answers: Answers) -> tuple[Answers, list[Problem]]:
    """Return the answers that `compass` accepts, in the order of its questions, and a problem per other one."""
    problems = [unknown_question(compass, id_) for id_ in answers if id_ not in compass.questions]
    good: dict[str, Answer] = {}
    for id_, question in compass.questions.items():
        answer = answers.by_question.get(id_)
        if answer is None:
            continue
        try:
            good[id_] = Answer(accept(question, answer.value), answer.origin)
        except RefusedError as refusal:
            problems.append(refusal.problem)
    return Answers(good), problems


def unknown_question(compass: Compass, id_: str) -> Problem:
    """Return the problem of an answer to a question that `compass` does not have."""
    return Problem(
        "A101",
        gettext("compass “{compass}” has no question “{id}”.", compass=compass.id, id=id_),
        remedy=suggest(id_, compass.questions),
    )


class RefusedError(Exception):
    """A value that a question does not accept."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem to show."""
        super().__init__(problem.code)
        self.problem = problem


def _refuse(question: Question, code: str, what: Localised, remedy: Localised | None = None) -> RefusedError:
    return RefusedError(Problem(code, what, subject=f'question "{question.id}"', remedy=remedy))


def accept(question: Question, raw: object) -> Value:
    """Return `raw` as an answer to `question` (the ids of a `many` in the order of its options).

    Raises:
        RefusedError: when it is not one; its problem says what would be.

    """
    if raw == UNKNOWN:
        if question.required:
            raise _refuse(
                question, "A103", gettext("this question is required: “?” is not accepted."), _expected(question)
            )
        return UNKNOWN
    match question.type:
        case QuestionType.ONE | QuestionType.YES_NO:
            return _one(question, raw)
        case QuestionType.MANY:
            return _many(question, raw)
        case QuestionType.SCALE:
            return _whole(question, raw, 0, len(question.labels) - 1)
        case QuestionType.NUMBER:
            return _whole(question, raw, question.least, question.most)
        case QuestionType.TEXT:
            if isinstance(raw, str) and raw:
                return raw
            raise _refuse(question, "A102", gettext("the answer must be a text that is not empty."))
        case _:
            assert_never(question.type)


def parse(question: Question, written: str) -> Value:
    """Return an answer written as text (`eau,climat`, `2`, `?`), as `--set` and typed answers give it.

    Raises:
        RefusedError: as `accept` does.

    """
    word = written.strip()
    if word == UNKNOWN or question.type in {QuestionType.ONE, QuestionType.YES_NO}:
        return accept(question, word)
    if question.type is QuestionType.MANY:
        return accept(question, tuple(part for part in (one.strip() for one in word.split(",")) if part))
    if question.type is QuestionType.TEXT:
        return accept(question, written if word else "")  # nobody means to type spaces only
    digits = word[1:] if word[:1] in {"-", "+"} else word
    return accept(question, int(word) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else word)


_DIGITS = 19


def _one(question: Question, raw: object) -> str:
    if not isinstance(raw, str):
        raise _refuse(question, "A102", gettext("the answer must be one option."), _expected(question))
    if raw not in question.options:
        raise _unknown_option(question, raw)
    return raw


def _many(question: Question, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or not all(isinstance(one, str) for one in raw):
        raise _refuse(question, "A102", gettext("the answer must be a list of options."), _expected(question))
    for one in raw:
        if one not in question.options:
            raise _unknown_option(question, one)
    chosen = tuple(option for option in question.options if option in raw)
    least = 1 if question.least is None else question.least
    alone = next((one for one in chosen if question.options[one].alone), None)
    if len(chosen) < least and alone is None:
        raise _refuse(question, "A104", ngettext("choose at least {count}.", "choose at least {count}.", least))
    if question.most is not None and len(chosen) > question.most:
        raise _refuse(
            question,
            "A104",
            ngettext("choose at most {count}.", "choose at most {count}.", question.most),
            gettext("You chose {chosen}.", chosen=len(chosen)),
        )
    if alone is not None and len(chosen) > 1:
        raise _refuse(question, "A105", gettext("“{option}” is chosen alone or not at all.", option=alone))
    return chosen


def _whole(question: Question, raw: object, low: int | None, high: int | None) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise _refuse(question, "A102", gettext("the answer must be a whole number."), _expected(question))
    if (low is not None and raw < low) or (high is not None and raw > high):
        raise _refuse(question, "A104", gettext("{value} is out of bounds.", value=raw), _expected(question))
    return raw


def _unknown_option(question: Question, word: str) -> RefusedError:
    return _refuse(
        question, "A102", gettext("“{word}” is not one of its options.", word=word), suggest(word, question.options)
    )


def _expected(question: Question) -> Localised | None:
    """Say what an answer to `question` looks like."""
    if question.type is QuestionType.SCALE:
        return gettext("Write a whole number from {low} to {high}.", low=0, high=len(question.labels) - 1)
    if question.type is QuestionType.NUMBER:
        return _bounds(question.least, question.most)
    return suggest("", question.options)


def _bounds(low: int | None, high: int | None) -> Localised:
    if low is not None and high is not None:
        return gettext("Write a whole number from {low} to {high}.", low=low, high=high)
    if low is not None:
        return gettext("Write a whole number, {low} or more.", low=low)
    if high is not None:
        return gettext("Write a whole number, {high} or less.", high=high)
    return gettext("Write a whole number.")
