"""What is said of an answer that is refused, and what to write instead."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import assert_never

from boussole.core.answers.naming import wordings
from boussole.core.definitions.compass import Compass, Question, QuestionType
from boussole.core.definitions.condition_words import measure_words
from boussole.errors import Problem
from boussole.fuzzy import nearest, suggest
from boussole.i18n import Localised, either, gettext, ngettext
from boussole.limits.table import PROBLEMS_SHOWN

SPACE = "[ \u00a0\u2009\u202f]"
"""What stands between thousands."""
_SHOWN = 40


class RefusedError(Exception):
    """A value that a question does not accept."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem to show."""
        super().__init__(problem.code)
        self.problem = problem


def refuse(question: Question, code: str, what: Localised, remedy: Localised | None = None) -> RefusedError:
    """Return the refusal of an answer to `question`."""
    return RefusedError(Problem(code, what, subject=f'question "{question.id}"', remedy=remedy))


def unknown_question(compass: Compass, id_: str) -> Problem:
    """Return the problem of an answer to a question that `compass` does not have."""
    return Problem(
        "A101",
        gettext("compass “{compass}” has no question “{id}”.", compass=compass.id, id=id_),
        remedy=suggest(id_, compass.questions),
    )


def unknown_questions(compass: Compass, ids: Iterable[str]) -> dict[str, tuple[Problem, ...]]:
    """Return a problem for each of the `ids` that `compass` does not have; after the first ones, one that counts."""
    unknown = (id_ for id_ in ids if id_ not in compass.questions)
    problems: dict[str, tuple[Problem, ...]] = {
        id_: (unknown_question(compass, id_),) for id_ in islice(unknown, PROBLEMS_SHOWN)
    }
    further = next(unknown, None)
    if further is not None:
        count = 1 + sum(1 for _ in unknown)
        what = ngettext(
            "compass “{compass}” has no {count} other question that is answered.",
            "compass “{compass}” has no {count} other questions that are answered.",
            count,
            compass=compass.id,
        )
        problems[further] = (Problem("A101", what),)
    return problems


def why_no_number(word: str, decimals: int = 0) -> Localised:
    """Return why `word` is read as no whole number, or as no number of so many decimals."""
    if not re.search("[0-9]", word):
        return gettext("the answer must be a number.") if decimals else gettext("the answer must be a whole number.")
    short = word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"
    if decimals:
        return ngettext(
            "“{word}” is not a number of at most {count} decimal.",
            "“{word}” is not a number of at most {count} decimals.",
            decimals,
            word=short,
        )
    if re.search("[0-9][.,][0-9]", word):
        return gettext("“{word}” has a point or a comma: only whole numbers are read.", word=short)
    if re.search(f"[0-9]{SPACE}+[0-9]", word):
        return gettext("“{word}” cannot be read: spaces stand only between thousands.", word=short)
    return gettext("“{word}” is not a whole number.", word=short)


def expected(question: Question) -> Localised | None:
    """Say what an answer to `question` looks like."""
    match question.type:
        case QuestionType.SCALE:
            return gettext("Write a whole number from {low} to {high}.", low=0, high=len(question.labels) - 1)
        case QuestionType.NUMBER:
            return _decimal_bounds(question) if question.decimals else _bounds(question.least, question.most)
        case QuestionType.DATE:
            return _day_bounds(question)
        case QuestionType.ONE | QuestionType.MANY | QuestionType.YES_NO | QuestionType.TEXT:
            return suggest("", question.options)
        case _:
            assert_never(question.type)


def nearest_option(question: Question, word: str, *, by_title: bool) -> Localised | None:
    """Return the option that `word` probably means, `by_title` or by its id, else all of them where they are few."""
    if question.type is QuestionType.YES_NO:  # of two words, the nearest of “o” would be no
        titles = [option.text for option in question.options.values()]
        return gettext("Write {words}.", words=either(titles)) if by_title else suggest("", question.options)
    meant = nearest(word, question.options)
    if meant is None and by_title:
        meant = nearest(word, [title for option in question.options.values() for title in wordings(option.text)])
    return suggest(word, question.options) if meant is None else gettext("Did you mean “{word}”?", word=meant)


def _measured_bounds(question: Question) -> dict[str, Localised]:
    ends = {"low": question.least, "high": question.most}
    return {key: measure_words(question, end) for key, end in ends.items() if end is not None}


def _decimal_bounds(question: Question) -> Localised:
    ends = _measured_bounds(question)
    match sorted(ends):
        case ["high", "low"]:
            return gettext("Write a number from {low} to {high}.", **ends)
        case ["low"]:
            return gettext("Write a number, {low} or more.", **ends)
        case ["high"]:
            return gettext("Write a number, {high} or less.", **ends)
    return gettext("Write a number, such as {example}.", example=measure_words(question, 15))


def _day_bounds(question: Question) -> Localised:
    ends = _measured_bounds(question)
    match sorted(ends):
        case ["high", "low"]:
            return gettext("Write a day from {low} to {high}.", **ends)
        case ["low"]:
            return gettext("Write a day, {low} or later.", **ends)
        case ["high"]:
            return gettext("Write a day, {high} or earlier.", **ends)
    return gettext("Write a day, such as 2027-01-31 or 31/01/2027.")


def _bounds(low: int | None, high: int | None) -> Localised:
    if low is not None and high is not None:
        return gettext("Write a whole number from {low} to {high}.", low=low, high=high)
    if low is not None:
        return gettext("Write a whole number, {low} or more.", low=low)
    if high is not None:
        return gettext("Write a whole number, {high} or less.", high=high)
    return gettext("Write a whole number.")
