"""How the cells of somebody's table say answers: a map of columns, and what one cell says by it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from boussole.core.answers.accepting import accept, parse
from boussole.core.answers.cell_text import other_sign, seen, separators, without_decimals
from boussole.core.answers.remedies import RefusedError
from boussole.core.answers.written import TRUTH
from boussole.core.definitions.compass import UNKNOWN, Compass, Question, QuestionType, Value
from boussole.empty import EMPTY
from boussole.errors import Problem
from boussole.fuzzy import fold, suggest
from boussole.i18n import LANGUAGES, Listing, Localised, gettext

UNDECIDED = ""
"""The answer of a label whose meaning its author does not know yet: none, but the rows it leaves so are counted."""

_SEPARATORS = ("|", ",")
_SHOWN = 80
_LONGEST = 1000
_UNKNOWN = {"A102", "T201"}
"""The codes of a label that nobody knows."""
"""What is longer is a text, not a label."""


class ColumnMap(NamedTuple):
    """What the cells of the column called `name` say, by label, accents and case ignored.

    With `question`, a label that is not listed may be an answer to it, as it stands or by its title. Any other label
    gives `default`, or rejects its row where that is None, as those of `reject` do. `separator` parts the labels of
    one cell; without it, a question that takes several has them parted by | or commas.
    """

    name: str
    labels: Mapping[str, Mapping[str, Value]] = EMPTY
    question: str | None = None
    separator: str | None = None
    default: Mapping[str, Value] | None = None
    empty: Mapping[str, Value] = EMPTY
    reject: tuple[str, ...] = ()

    @property
    def questions(self) -> frozenset[str]:
        """Return the questions that some cell may answer."""
        said = [*self.labels.values(), self.default or EMPTY, self.empty]
        own = frozenset() if self.question is None else frozenset({self.question})
        return own.union(*said)


class TableMap(NamedTuple):
    """A map of a table for the compass `compass`; `set` holds the answers that are the same for all rows."""

    compass: str
    columns: tuple[ColumnMap, ...] = ()
    set: Mapping[str, Value] = EMPTY


class CellReading(NamedTuple):
    """What a cell, or a whole row, says: accepted answers, the questions left undecided, or what is wrong with it."""

    answers: Mapping[str, Value] = EMPTY
    undecided: frozenset[str] = frozenset()
    problem: Problem | None = None


def words_of(question: Question, language: str) -> dict[str, Value]:
    """Return the answers that `question` offers by what names them, folded: ids, and titles in all languages.

    An id goes before a title; a title that two options share names neither. `language` is the compass's own. Of a
    `yes-no`, also the words of truth.
    """
    named: list[tuple[Value, Localised]] = [(option.id, option.text) for option in question.options.values()]
    named += list(enumerate(question.labels))
    titles: dict[str, set[Value]] = {}
    for value, text in named:
        for one in {*LANGUAGES, language}:
            titles.setdefault(fold(text.in_(one)), set()).add(value)
    words = {title: values.pop() for title, values in titles.items() if len(values) == 1}
    truth = TRUTH if question.type is QuestionType.YES_NO else {}
    return truth | words | {fold(id_): id_ for id_ in question.options}


class CellReader:
    """Reads the cells of one column of a table."""

    def __init__(self, compass: Compass, column: ColumnMap) -> None:
        """Make ready what cells are compared with."""
        self._compass = compass
        self._column = column
        self._labels = {_key(label): answers for label, answers in column.labels.items()}
        self._rejected = {_key(label) for label in column.reject}
        self._question = None if column.question is None else compass.questions[column.question]
        self._words = {} if self._question is None else words_of(self._question, compass.language)
        many = self._question is not None and self._question.type is QuestionType.MANY
        signs = (column.separator,) if column.separator is not None else _SEPARATORS if many else ()
        self._separators = separators(signs, [*self._labels, *self._words])

    def read(self, cell: str | None) -> CellReading:
        """Return what a cell says; None stands for one that is not there, which says what an empty one does.

        How many options a question takes is not looked at: other cells of the row may choose more (`together`).
        """
        if cell is not None and (self._question is None or self._question.type is not QuestionType.TEXT):
            cell = seen(cell)
        labels = [] if cell is None else self._parts(cell)
        if not labels:
            return self._refusal("", "T202") if "" in self._rejected else _said(self._column.empty)
        said = [self._known(label) or self._other(label) for label in labels]
        wrong = next((one.problem for one in said if one.problem), None)
        if wrong is None:
            return _merged(self._compass, said)
        whole = cell or ""
        if len(labels) > 1 and wrong.code in _UNKNOWN and self._sign_in(whole):  # cut inside titles that hold commas
            return self._refusal(whole, wrong.code)
        return CellReading(problem=wrong)

    def _parts(self, cell: str) -> list[str]:
        """Return the labels of a cell: itself, where it is known as a whole, and known ones before it is cut."""
        if not _key(cell):
            return []
        if self._known(cell):
            return [cell]
        return [part for part in self._separators.parts(cell, self._knows) if _key(part)]

    def _knows(self, label: str) -> bool:
        """Tell whether a label is one of the map, or of the question's own words."""
        folded = _key(label)
        return folded in self._labels or folded in self._words or folded in self._rejected

    def _known(self, label: str) -> CellReading | None:
        """Return what one label says, of itself or by the map; None where neither knows it."""
        folded = _key(label)
        if folded in self._rejected:
            return self._refusal(label, "T202")
        if folded in self._labels:
            return _said(self._labels[folded])
        bare = without_decimals(label) if len(label) <= _LONGEST else None
        if bare is not None and self._knows(bare):  # a code, or a truth value, that a program took for a number
            return self._known(bare)
        if self._question is None:
            return None
        if self._question.options and folded not in self._words and folded != UNKNOWN:
            return None  # without looking for the nearest word, which takes long
        own = self._own(self._question, label)
        return None if own.problem else own

    def _own(self, question: Question, label: str) -> CellReading:
        """Return what a label says by itself, without the map."""
        try:
            return CellReading({question.id: _answer(question, self._words, label)})
        except RefusedError as refusal:
            return CellReading(problem=refusal.problem._replace(subject=self._subject))

    def _other(self, label: str) -> CellReading:
        """Return what is made of a label that is not known."""
        if self._column.default is not None:
            return _said(self._column.default)
        if self._question is None or (self._labels and self._words):
            return self._refusal(label, "T201")
        own = self._own(self._question, label)
        if self._words and own.problem and own.problem.code == "A102":  # a title is a word too, not ids only
            return self._refusal(label, "A102")
        return own

    def _refusal(self, label: str, code: str) -> CellReading:
        word = _short(label)
        if code == "T202":
            what = gettext("the map rejects “{word}”.", word=word) if word else gettext("the cell is empty.")
            return CellReading(problem=Problem(code, what, self._subject))
        what = (
            gettext("“{word}” is not a label of the map.", word=word)
            if code == "T201"
            else gettext("“{word}” is not one of its options.", word=word)
        )
        return CellReading(problem=Problem(code, what, self._subject, self._remedy(label, word)))

    def _remedy(self, label: str, word: str) -> Localised | None:
        """Return what to do about a label that is not known: say what parts it, or the nearest word."""
        sign = self._sign_in(label)
        if sign is None:
            return suggest(word, {_short(one) for one in self._written()})
        option = f'--list-separator "{sign}"'
        return gettext("If “{sign}” parts its values, say so: {option}.", sign=sign, option=option)

    def _sign_in(self, label: str) -> str | None:
        """Return the sign that would cut a label into several that are known."""
        return other_sign(label, self._knows) if len(label) <= _LONGEST else None

    def _written(self) -> list[str]:
        """Return all that a cell may say, as it is written."""
        if self._question is None:
            return list(self._column.labels)
        named: list[Localised] = [option.text for option in self._question.options.values()]
        titles = [text.in_(self._compass.language) for text in [*named, *self._question.labels]]
        return [*self._column.labels, *self._question.options, *titles]

    @property
    def _subject(self) -> str:
        return f'column "{_short(self._column.name)}"'


def merge(compass: Compass, cells: Iterable[CellReading]) -> CellReading:
    """Return what the cells of a row say together: the options of a `many` add up, anything else must agree."""
    cells = list(cells)
    merged = next((one for one in cells if one.problem), None) or _merged(compass, cells)
    try:
        answers = {id_: accept(compass.questions[id_], value) for id_, value in merged.answers.items()}
    except RefusedError as refusal:
        return CellReading(problem=refusal.problem)
    return merged._replace(answers=answers)


def _said(answers: Mapping[str, Value]) -> CellReading:
    return CellReading(
        {id_: value for id_, value in answers.items() if value != UNDECIDED},
        frozenset(id_ for id_, value in answers.items() if value == UNDECIDED),
    )


def _merged(compass: Compass, said: Iterable[CellReading]) -> CellReading:
    answers: dict[str, Value] = {}
    undecided: frozenset[str] = frozenset()
    for one in said:
        undecided |= one.undecided
        for id_, value in one.answers.items():
            before = answers.get(id_, UNKNOWN)
            if before == UNKNOWN:  # what is known goes before « je ne sais pas »
                answers[id_] = value
            elif isinstance(before, tuple) and isinstance(value, tuple):
                answers[id_] = tuple(option for option in compass.questions[id_].options if option in {*before, *value})
            elif value not in {before, UNKNOWN}:
                what = gettext("two answers that exclude each other: {words}.", words=Listing([before, value]))
                return CellReading(problem=Problem("T203", what, f'question "{id_}"'))
    return CellReading(answers, undecided)


def accept_part(question: Question, value: object) -> Value:
    """Return `value` as an answer to `question`, or, of a `many` that takes several, as a part of one.

    Raises:
        RefusedError: when it cannot be.

    """
    least = min(question.at_least, 1)
    return accept(question._replace(least=least) if question.type is QuestionType.MANY else question, value)


def _answer(question: Question, words: Mapping[str, Value], label: str) -> Value:
    """Return the answer that a cell gives as it stands: see `parse`."""
    if question.type is QuestionType.TEXT:
        return parse(question, label)
    found = words.get(_key(label))
    word = label.strip() if len(label) <= _LONGEST else _short(label)
    if question.type is QuestionType.MANY:
        return accept_part(question, word if word == UNKNOWN else (word if found is None else found,))
    if found is not None:
        return found
    return parse(question, word)


def _key(text: str) -> str:
    """Return a text as labels are compared; a cell too long to be one is not worth the time."""
    return fold(seen(text)) if len(text) <= _LONGEST else seen(text).strip()


def _short(text: str) -> str:
    """Return a text as a sentence can hold it: on one line, and cut (which no option is) where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
