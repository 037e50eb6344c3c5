"""Whether a question accepts an answer: the same check whatever the way in."""

from collections.abc import Callable, Mapping, Sized
from typing import NamedTuple, TypeAlias, assert_never

from boussole.core.answers.answers import Answer, Answers
from boussole.core.answers.naming import named, pieces, wordings
from boussole.core.answers.remedies import RefusedError, expected, nearest_option, refuse, unknown_questions
from boussole.core.answers.written import day, decimal, number, truth, whole, written_day
from boussole.core.definitions.compass import UNKNOWN, Compass, Question, QuestionType, Value
from boussole.errors import AnswersError, Problem
from boussole.fuzzy import fold
from boussole.i18n import Localised, either, gettext, ngettext
from boussole.limits.table import OPTIONS_GIVEN

LONGEST_TEXT = 10_000
"""Characters of a written answer: more would make a code that cannot be opened."""
_Held: TypeAlias = tuple[Value | None, tuple[Problem, ...]]


def accepted(compass: Compass, answers: Answers) -> Answers:
    """Return `answers` in the form and order of `compass`, for it to compute with.

    Raises:
        AnswersError: with a problem for each unknown question and each value that does not fit.

    """
    good, refused = sift(compass, answers)
    problems = [problem for some in refused.values() for problem in some]
    if problems:
        raise AnswersError(
            ngettext("An answer does not fit the compass.", "{count} answers do not fit the compass.", len(problems)),
            problems,
        )
    return good


class Sifted(NamedTuple):
    """The answers that a compass accepts, in the order of its questions, and what is wrong with the others.

    `refused` holds, by the id of the question, a problem per answer, or per option of a `many`, that does not hold:
    unknown questions first. A question of which some options hold is in both.
    """

    answers: Answers
    refused: Mapping[str, tuple[Problem, ...]]


def sift(compass: Compass, answers: Answers, *, titles: bool = True) -> Sifted:
    """Return what `compass` accepts of `answers`, and why not the rest.

    Of a `many`, each option that exists is kept. Without `titles`, options are given by their ids only.
    """
    take = read if titles else accept
    refused = unknown_questions(compass, answers)
    good: dict[str, Answer] = {}
    for id_, question in compass.questions.items():
        answer = answers.by_question.get(id_)
        if answer is None:
            continue
        value, problems = _held_of(question, answer.value, take)
        if value is not None:
            good[id_] = Answer(value, answer.origin)
        if problems:
            refused[id_] = problems
    return Sifted(Answers(good), refused)


def _held_of(question: Question, raw: Value, take: Callable[[Question, object], Value]) -> _Held:
    """Return what `question` accepts of `raw`, None where it is nothing, and what is wrong with the rest."""
    try:
        return take(question, raw), ()
    except RefusedError as refusal:
        if question.type is not QuestionType.MANY or not isinstance(raw, tuple) or len(raw) > OPTIONS_GIVEN:
            return None, (refusal.problem,)
        whole = refusal.problem
    free = question._replace(least=0, most=None)
    held: list[object] = []
    problems = []
    for one in raw:
        try:
            take(free, (one,))
        except RefusedError as refusal:
            problems.append(refusal.problem)
        else:
            held.append(one)
    if not problems:  # each is an option, but not so many, or not together
        return None, (whole,)
    if not held:  # that is no « none »
        return None, tuple(problems)
    try:
        return take(question, tuple(held)), tuple(problems)
    except RefusedError as refusal:
        return None, (*problems, refusal.problem)


def accept(question: Question, raw: object) -> Value:
    """Return `raw` as an answer to `question`: ids as they stand (those of a `many` in the order of its options).

    Raises:
        RefusedError: when it is not one; its problem says what would be.

    """
    if raw == UNKNOWN:
        if question.required:
            raise refuse(
                question, "A103", gettext("this question is required: “?” is not accepted."), expected(question)
            )
        return UNKNOWN
    match question.type:
        case QuestionType.ONE | QuestionType.YES_NO:
            return _one(question, raw)
        case QuestionType.MANY:
            return _many(question, raw)
        case QuestionType.SCALE:
            return whole(question, raw, 0, len(question.labels) - 1)
        case QuestionType.NUMBER:
            return decimal(question, raw) if question.decimals else whole(question, raw, question.least, question.most)
        case QuestionType.DATE:
            return day(question, raw)
        case QuestionType.TEXT:
            return _text(question, raw)
        case _:
            assert_never(question.type)


def read(question: Question, raw: object) -> Value:
    """Return what a person gave as an answer to `question`: text as `parse` reads it, anything else as `accept` does.

    A truth value, 1 and 0 answer a `yes-no`.

    Raises:
        RefusedError: as `accept` does.

    """
    if isinstance(raw, str):
        return parse(question, raw)
    if question.type is QuestionType.MANY and isinstance(raw, list | tuple):
        _refuse_excess(question, raw)
        return accept(question, [_option(question, one) if isinstance(one, str) else one for one in raw])
    if question.type is QuestionType.YES_NO and (said := truth(raw)) is not None:
        return accept(question, said)
    return accept(question, raw)


def parse(question: Question, written: str) -> Value:
    """Return an answer written as text (`eau,climat`, `Eau`, `12 000`, `?`): typed, in `--set`, in a file, in a cell.

    Raises:
        RefusedError: as `accept` does.

    """
    word = written.strip()
    if word == UNKNOWN:
        return accept(question, word)
    match question.type:
        case QuestionType.ONE | QuestionType.YES_NO:
            return _option(question, word)
        case QuestionType.MANY:
            titles = {fold(one) for option in question.options.values() for one in wordings(option.text)}
            found = pieces(word, titles)
            _refuse_excess(question, found)
            return accept(question, [_option(question, piece) for piece in found])
        case QuestionType.SCALE:
            return accept(question, _position(question, word))
        case QuestionType.NUMBER:
            return accept(question, number(question, word))
        case QuestionType.DATE:
            return accept(question, written_day(question, word))
        case QuestionType.TEXT:
            return accept(question, written)
        case _:
            assert_never(question.type)


def _refuse_excess(question: Question, given: Sized) -> None:
    """Refuse more options than anybody gives: each costs time."""
    if len(given) > OPTIONS_GIVEN:
        raise refuse(question, "A104", gettext("more than {most} options are given.", most=OPTIONS_GIVEN))


def _option(question: Question, word: str) -> str:
    """Return the id of the option that `word` names, itself or by its title."""
    found = _named(question, word.strip(), {id_: option.text for id_, option in question.options.items()})
    if found is None and question.type is QuestionType.YES_NO:
        found = truth(word)
    if found is None:
        raise _unknown_option(question, word.strip(), by_title=True)
    return found


def _position(question: Question, word: str) -> Value:
    """Return the position on a scale that `word` gives, as a number or by its label."""
    found = _named(question, word, {str(place): label for place, label in enumerate(question.labels)})
    return number(question, word) if found is None else int(found)


def _named(question: Question, word: str, options: Mapping[str, Localised]) -> str | None:
    found = named(word, options)
    if len(found) > 1:
        raise refuse(
            question,
            "A102",
            gettext("“{word}” may be several of its options.", word=word),
            gettext("Write {words}.", words=either(found)),
        )
    return found[0] if found else None


def _one(question: Question, raw: object) -> str:
    if not isinstance(raw, str):
        raise refuse(question, "A102", gettext("the answer must be one option."), expected(question))
    if raw not in question.options:
        raise _unknown_option(question, raw)
    return raw


def _text(question: Question, raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():  # nobody means to type spaces only
        raise refuse(question, "A102", gettext("the answer must be a text that is not empty."))
    if len(raw) > LONGEST_TEXT:
        raise refuse(question, "A104", gettext("this text is too long: {most} characters at most.", most=LONGEST_TEXT))
    return raw


def _many(question: Question, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or not all(isinstance(one, str) for one in raw):
        raise refuse(question, "A102", gettext("the answer must be a list of options."), expected(question))
    for one in raw:
        if one not in question.options:
            raise _unknown_option(question, one)
    chosen = tuple(option for option in question.options if option in raw)
    least = question.at_least
    alone = next((one for one in chosen if question.options[one].alone), None)
    if len(chosen) < least and alone is None:
        raise refuse(question, "A104", ngettext("choose at least {count}.", "choose at least {count}.", least))
    if question.most is not None and len(chosen) > question.most:
        raise refuse(
            question,
            "A104",
            ngettext("choose at most {count}.", "choose at most {count}.", question.most),
            gettext("You chose {chosen}.", chosen=len(chosen)),
        )
    if alone is not None and len(chosen) > 1:
        raise refuse(question, "A105", gettext("“{option}” is chosen alone or not at all.", option=alone))
    return chosen


def _unknown_option(question: Question, word: str, *, by_title: bool = False) -> RefusedError:
    """Return the refusal of a word that is no option, with the nearest one (`by_title`: or the nearest title)."""
    remedy = nearest_option(question, word, by_title=by_title)
    return refuse(question, "A102", gettext("“{word}” is not one of its options.", word=word), remedy)
