"""What is said of an answer that is refused, and what to write instead."""

from boussole.core.answers.naming import wordings
from boussole.core.definitions.compass import Compass, Question, QuestionType
from boussole.errors import Problem
from boussole.fuzzy import nearest, suggest
from boussole.i18n import Localised, gettext


def unknown_question(compass: Compass, id_: str) -> Problem:
    """Return the problem of an answer to a question that `compass` does not have."""
    return Problem(
        "A101",
        gettext("compass “{compass}” has no question “{id}”.", compass=compass.id, id=id_),
        remedy=suggest(id_, compass.questions),
    )


def expected(question: Question) -> Localised | None:
    """Say what an answer to `question` looks like."""
    if question.type is QuestionType.SCALE:
        return gettext("Write a whole number from {low} to {high}.", low=0, high=len(question.labels) - 1)
    if question.type is QuestionType.NUMBER:
        return _bounds(question.least, question.most)
    return suggest("", question.options)


def nearest_option(question: Question, word: str, *, by_title: bool) -> Localised | None:
    """Return the option that `word` probably means, `by_title` or by its id, else all of them where they are few."""
    meant = nearest(word, question.options)
    if meant is None and by_title:
        meant = nearest(word, [title for option in question.options.values() for title in wordings(option.text)])
    return suggest(word, question.options) if meant is None else gettext("Did you mean “{word}”?", word=meant)


def _bounds(low: int | None, high: int | None) -> Localised:
    if low is not None and high is not None:
        return gettext("Write a whole number from {low} to {high}.", low=low, high=high)
    if low is not None:
        return gettext("Write a whole number, {low} or more.", low=low)
    if high is not None:
        return gettext("Write a whole number, {high} or less.", high=high)
    return gettext("Write a whole number.")
