"""A paper sheet as it is typed in, a line of codes (`1a 2bd 3=1200 4?`), and the line that a sheet would be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from boussole.core.answers.accepting import accept, parse
from boussole.core.answers.remedies import RefusedError
from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.i18n import Localised, gettext, ngettext
from boussole.render.workshop.codes import letters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.compass import Compass, Question, Value

_PIECE = re.compile(
    r"""(?P<number>[0-9]{1,4})\s*
    (?:=\s*(?:"(?P<quoted>[^"]*)"|«\s*(?P<french>[^»]*?)\s*»|(?P<bare>[^\s,;"«]+))
    |(?P<unknown>\?)
    |(?P<letters>[a-z]+(?:[\s,+]+[a-z]{1,2}(?![a-z]))*)(?![a-z]))""",
    re.VERBOSE | re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,;.]*")
_UNREAD = re.compile(r"\S+")


class Line(NamedTuple):
    """What a line says: answers by question, in its order, and what is wrong with it."""

    answers: Mapping[str, Value]
    refused: list[Localised]


def read_line(compass: Compass, line: str) -> Line:
    """Return what `line` says of the questions of `compass`, and everything that is wrong with it."""
    questions = list(compass.questions.values())
    answers: dict[str, Value] = {}
    refused: list[Localised] = []
    place = _skip(line, 0)
    while place < len(line):
        piece = _PIECE.match(line, place)
        if piece is None:
            unread = _UNREAD.match(line, place)
            assert unread is not None  # noqa: S101 - what is skipped is all the blank there is
            refused.append(_unreadable(unread[0]))
            place = _skip(line, unread.end())
            continue
        place = _skip(line, piece.end())
        number = int(piece["number"])
        if not 1 <= number <= len(questions):
            refused.append(
                gettext("There is no question {number}: they go to {last}.", number=number, last=len(questions))
            )
            continue
        question = questions[number - 1]
        try:
            value = _value(question, piece)
        except RefusedError as refusal:
            refused.append(gettext("Question {number}: {reason}", number=number, reason=refusal.problem.what))
            continue
        except _UnknownLetterError as unknown:
            refused.append(_unknown_letter(number, question, unknown.letter))
            continue
        if question.id in answers:
            refused.append(gettext("Question {number} stands twice.", number=number))
        answers[question.id] = value
    if not answers and not refused:
        refused.append(gettext("Nothing is written."))
    return Line(answers, refused)


def _skip(line: str, place: int) -> int:
    between = _BETWEEN.match(line, place)
    return place if between is None else between.end()


class _UnknownLetterError(Exception):
    """A letter that stands for nothing."""

    def __init__(self, letter: str) -> None:
        super().__init__(letter)
        self.letter = letter


def _value(question: Question, piece: re.Match[str]) -> Value:
    """Return the answer that a piece of the line is.

    Raises:
        RefusedError: when the question does not take it.
        _UnknownLetterError: when a letter stands for nothing.

    """
    if piece["unknown"]:
        return accept(question, UNKNOWN)
    if piece["letters"]:
        return _ticked(question, piece["letters"])
    return parse(question, piece["quoted"] or piece["french"] or piece["bare"] or "")


def _ticked(question: Question, written: str) -> Value:
    codes = letters(question)
    if not codes:
        raise _UnknownLetterError(written)
    each = len(next(iter(codes)))
    together = "".join(one for one in written.lower() if one.isalpha())
    found = [together[place : place + each] for place in range(0, len(together), each)]
    unknown = next((one for one in found if one not in codes), None)
    if unknown is not None:
        raise _UnknownLetterError(unknown)
    values = list(dict.fromkeys(codes[one] for one in found))
    if values == [UNKNOWN]:
        return accept(question, UNKNOWN)
    if question.type is QuestionType.MANY:
        return accept(question, values)
    return parse(question, values[0]) if len(values) == 1 else accept(question, tuple(values))


def _unreadable(written: str) -> Localised:
    return gettext("“{written}” cannot be read. Write the number of a question, then letters: 2bd.", written=written)


def _unknown_letter(number: int, question: Question, letter: str) -> Localised:
    codes = list(letters(question))
    if not codes:
        return gettext("Question {number} has no letters: write {number}= and what is on its line.", number=number)
    return gettext(
        "Question {number} has no “{letter}”: its letters go from {first} to {last}.",
        number=number, letter=letter, first=codes[0], last=codes[-1],
    )  # fmt: skip


def to_line(compass: Compass, answers: Answers) -> str:
    """Return the line that says `answers`."""
    pieces = []
    for number, (id_, question) in enumerate(compass.questions.items(), start=1):
        value = answers.get(id_)
        if value is not None:
            pieces.append(f"{number}{_written(question, value)}")
    return " ".join(pieces)


def _written(question: Question, value: Value) -> str:
    if value == UNKNOWN:
        return "?"
    codes = {choice: letter for letter, choice in letters(question).items()}
    if codes:
        chosen = value if isinstance(value, tuple) else (str(value),)
        return "".join(codes[one] for one in chosen)
    text = " ".join(str(value).split())
    return f"={text}" if re.fullmatch(r'[^\s,;"«]+', text) else f'="{text.replace(chr(34), "’’")}"'


def unfinished(compass: Compass, missing: tuple[str, ...]) -> Localised:
    """Return which questions a sheet still lacks before it counts."""
    numbers = [number for number, id_ in enumerate(compass.questions, start=1) if id_ in missing]
    return ngettext(
        "It does not count yet: question {numbers} has no answer.",
        "It does not count yet: questions {numbers} have no answer.",
        len(numbers),
        numbers=", ".join(map(str, numbers)),
    )
