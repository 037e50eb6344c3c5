"""The answers that differ from somebody's by one or two changed answers, as people: a block at a time, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.definitions.dependencies import Dependencies, presence
from boussole.core.situation import situate
from boussole.core.why.alternatives import MOST as MOST_SETS
from boussole.core.why.alternatives import all_alternatives
from boussole.vectorized.encoding import Column
from boussole.vectorized.population.respondents import Respondents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.arrays import Bool, Int32, Int64
    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value

_CELLS, _LEAST, _BLOCK = 2_000_000, 500, 60_000
"""How many answers, in how few and how many sheets, are looked at together: within some tens of megabytes."""
NONE = -1
_NO_CHANGE = np.zeros(0, np.int32)


class AnswerChange(NamedTuple):
    """One answer to change: the question, and what to answer instead."""

    question: str
    value: Value


class ChangedAnswers(NamedTuple):
    """Sets of answers by what they change: `first` and `second`, (sheets), are places in `Neighbourhood.changes`.

    `second` is `NONE` where one answer is changed.
    """

    first: Int32
    second: Int32

    @property
    def size(self) -> int:
        """Return how many there are."""
        return len(self.first)

    def where(self, kept: Bool) -> ChangedAnswers:
        """Return those that are flagged; `kept` is (sheets)."""
        return ChangedAnswers(self.first[kept], self.second[kept])


class Neighbourhood:
    """What can be changed in somebody's answers: `changes`, in the order of the questions, then of their answers.

    The answers that count are those of the path that the changed ones lead to, as always: a change may open questions,
    which then have the answer kept aside or none, and which a second change may answer. A change of an answer that is
    not on that path changes nothing: it is none.
    """

    def __init__(self, compass: Compass, catalogue: Catalogue, answers: Answers, most: int = MOST_SETS) -> None:
        """Find what can be changed, of each `many` at most so many sets of options (see `core.why.alternatives`)."""
        self._compass = compass
        self._catalogue = catalogue
        self.given = {id_: value for id_ in compass.questions if (value := answers.get(id_)) is not None}
        self._ids = tuple(compass.questions)
        self._others = all_alternatives(compass, self.given, most)
        counts = [len(others.values) for others in self._others.values()]
        self.changes = tuple(
            AnswerChange(id_, value) for id_, others in self._others.items() for value in others.values
        )
        self._of: Int32 = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        ends = np.cumsum(counts).tolist()
        self._spans = [(end - count, end) for count, end in zip(counts, ends, strict=True)]
        self._path = frozenset(situate(compass, answers).path)
        self._on_path = np.concatenate(
            [_NO_CHANGE, *(self._numbers(place) for place, id_ in enumerate(compass.questions) if id_ in self._path)]
        )
        self._opened = self._opening()
        self._block = max(_LEAST, min(_BLOCK, _CELLS // max(1, len(compass.questions))))

    @property
    def partly(self) -> tuple[str, ...]:
        """Return the questions of which not all answers are tried, because there are too many."""
        return tuple(id_ for id_, others in self._others.items() if not others.whole)

    @property
    def pairs(self) -> int:
        """Return how many pairs of changes there are."""
        return sum((end - start) * len(self._seconds(place)) for place, (start, end) in enumerate(self._spans))

    def _numbers(self, place: int) -> Int32:
        """Return the numbers of the changes of the question at a place, (its changes)."""
        return np.arange(*self._spans[place], dtype=np.int32)

    def _opening(self) -> dict[str, list[int]]:
        """Return, by question on the path, the places of those off it which its answer may open, in order."""
        dependencies = Dependencies(self._compass)
        found: dict[str, list[int]] = {id_: [] for id_ in self._path}
        for place, (id_, question) in enumerate(self._compass.questions.items()):
            if id_ not in self._path:
                for opener in dependencies.followed(presence(self._compass, question).subjects()) & self._path:
                    found[opener].append(place)
        return found

    def _seconds(self, place: int) -> Int32:
        """Return the changes that may go with one of the question at a place: of later questions; none off the path."""
        id_ = self._ids[place]
        if id_ not in self._path:
            return _NO_CHANGE
        later = self._on_path[np.searchsorted(self._on_path, self._spans[place][1]) :]
        opened = [self._numbers(other) for other in self._opened[id_]]
        return np.sort(np.concatenate([later, *opened])) if opened else later

    def singles(self) -> Iterator[ChangedAnswers]:
        """Yield the sheets that change one answer, in order, some at a time."""
        for start in range(0, len(self._on_path), self._block):
            first = self._on_path[start : start + self._block]
            yield ChangedAnswers(first, np.full(len(first), NONE, np.int32))

    def doubles(self) -> Iterator[ChangedAnswers]:
        """Yield the sheets that change two answers, in order, some at a time."""
        waiting: list[tuple[Int32, Int32]] = []
        held = 0
        for place in range(len(self._spans)):
            seconds = self._seconds(place)
            for number in self._numbers(place).tolist() if len(seconds) else ():
                waiting.append((np.full(len(seconds), number, np.int32), seconds))
                held += len(seconds)
                if held >= self._block:
                    yield _joined(waiting)
                    waiting, held = [], 0
        if waiting:
            yield _joined(waiting)

    def people(self, sheets: ChangedAnswers) -> Respondents:
        """Return the people who give the answers of these sheets."""
        columns = {}
        changed = [(numbers, np.where(numbers == NONE, NONE, self._of[numbers])) for numbers in sheets]
        for place, (id_, others) in enumerate(self._others.items()):
            codes = np.zeros(sheets.size, np.int32)
            for numbers, of in changed:
                here = of == place
                codes[here] = numbers[here] - self._spans[place][0] + 1
            columns[id_] = Column((self.given.get(id_), *others.values), codes)
        return Respondents(self._compass, self._catalogue, columns, sheets.size)

    def counting(self, sheets: ChangedAnswers, people: Respondents) -> Bool:
        """Return which sheets, (sheets), change nothing but answers that count: those of their own path."""
        asked = np.stack([*people.asked.values()]) if people.asked else np.zeros((0, sheets.size), bool)
        each = np.arange(sheets.size)
        found = np.ones(sheets.size, bool)
        for numbers in sheets:
            changed = numbers != NONE
            found[changed] &= asked[self._of[numbers[changed]], each[changed]]
        return found

    def first_of_each(self, sheets: ChangedAnswers, rows: Int64) -> Iterator[tuple[int, int]]:
        """Yield the first of some rows for each choice of questions to change, with a number for that choice."""
        first, second = (np.where(part[rows] == NONE, NONE, self._of[part[rows]]) for part in sheets)
        choices = first.astype(np.int64) * (len(self._spans) + 1) + second
        found, places = np.unique(choices, return_index=True)
        yield from zip(found.tolist(), rows[places].tolist(), strict=True)


def _joined(parts: Sequence[tuple[Int32, Int32]]) -> ChangedAnswers:
    return ChangedAnswers(
        np.concatenate([first for first, _ in parts]), np.concatenate([second for _, second in parts])
    )
