"""The unit of work: a frame of rows in, the same rows with their recommendations out. It knows no file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from boussole.batch.cells import AnswerEncoder
from boussole.batch.layouts import Wide
from boussole.core.answers.answers import Answers
from boussole.escape import one_line, web_address
from boussole.i18n import Listing, gettext
from boussole.tables.frames import PROBLEM, spelt
from boussole.tables.problems import RowCode, RowProblem, told
from boussole.vectorized.population.respondents import Respondents
from boussole.vectorized.population.top_k import Ranker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from boussole.arrays import Bool, Int64
    from boussole.batch.cells import EncodedAnswers
    from boussole.batch.layouts import Laid, Layout
    from boussole.batch.mapping.plan import Plan
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.errors import Problem
    from boussole.vectorized.population.top_k import TopK


OK, PARTIAL, REJECTED = STATUSES = ("ok", "partial", "rejected")
STATUS, ERROR = "boussole_status", "boussole_error"


class RowCounts(NamedTuple):
    """How many rows came out how, and what was wrong with how many."""

    rows: Counter[str]
    errors: Counter[str]

    def __add__(self, other: object) -> RowCounts:
        """Return both together."""
        if not isinstance(other, RowCounts):
            return NotImplemented
        return RowCounts(self.rows + other.rows, self.errors + other.errors)


class Recommended(NamedTuple):
    """What became of a frame: its rows, and what is told of each.

    `told` has a row for each case that there is: its status, its error and, in a wide layout, its MEDOC; `case` (rows,)
    is that of each row. `listed` holds the rows of a long layout, which stand instead of the frame's own. `answers`
    gives those of a case, None where it is rejected.
    """

    rows: pl.DataFrame
    told: pl.DataFrame
    case: Int64
    tally: RowCounts
    answers: Callable[[int], Answers | None]
    listed: pl.DataFrame | None = None

    @property
    def frame(self) -> pl.DataFrame:
        """Return the rows to write."""
        return self.rows.hstack(spelt(self.told)[self.case]) if self.listed is None else self.listed

    def rejected(self) -> pl.DataFrame:
        """Return the rows that are rejected, with their errors."""
        wrong = pl.Series((self.told[STATUS] == REJECTED).to_numpy()[self.case])
        return self.rows.with_columns(self.told[ERROR].gather(self.case)).filter(wrong)


class BatchRecommender:
    """Ranks the catalogue for every row of frames that have the same columns."""

    def __init__(
        self, compass: Compass, catalogue: Catalogue, plan: Plan, *, language: str, layout: Layout | None = None
    ) -> None:
        """Prepare what does not depend on any row."""
        self._compass = compass
        self._plan = plan
        self._language = language
        self._layout = layout or Wide(compass, catalogue, language)
        self._catalogue = catalogue
        self._reader = AnswerEncoder(compass, plan)
        self._ranker = Ranker(compass, catalogue, self._layout.needed)
        self._seen: dict[tuple[int, ...], int] = {}
        self._age = 0
        self._found: tuple[TopK, Int64, dict[int, tuple[str, ...]]] | None = None
        self._laid: Laid | None = None

    @property
    def columns(self) -> frozenset[str]:
        """Return the names of the columns that are read."""
        return frozenset(column.name for group in self._plan.groups for column in group)

    def addresses(self) -> dict[str, str]:
        """Return where the MEDOC of the catalogue are found on the web, by id."""
        found = {id_: web_address(one.url) for id_, one in self._catalogue.medoc.items()}
        return {id_: address for id_, address in found.items() if address is not None}

    def advise(self, frame: pl.DataFrame) -> Recommended:
        """Return the rows of `frame`, its columns first and unchanged, then boussole's.

        A row that could not be read (`__problem`), or whose cells do not fit the compass, is rejected: it is there,
        with its errors and without recommendations. One that leaves a required question open is partial.
        """
        sheets = self._remembered(self._reader.read(frame))
        if self._found is None:
            self._found, self._laid = self._find(sheets), None
        tops, states, errors = self._found
        case, unreadable = sheets.of, self._unreadable(frame)
        if unreadable:  # each is a case of its own
            case = case.copy()
            case[list(unreadable)] = np.arange(sheets.size, sheets.size + len(unreadable))
            errors = errors | {sheets.size + place: (text,) for place, text in enumerate(unreadable.values())}
            states = np.concatenate([states, np.full(len(unreadable), _REJECTED)])
        times = np.bincount(case, minlength=len(states))
        wrong = Counter[str]()
        for one in np.flatnonzero((states == _REJECTED) & (times > 0)).tolist():
            wrong.update(dict.fromkeys(errors[one], int(times[one])))
        counts = np.bincount(states, weights=times, minlength=len(STATUSES)).astype(int)
        rows = Counter({word: count for word, count in zip(STATUSES, counts.tolist(), strict=True) if count})
        laid = None if unreadable else self._laid
        if laid is None:
            told = pl.DataFrame([pl.Series(STATUSES).gather(states).alias(STATUS), _texts(errors, len(states))])
            places = np.full(len(states), -1)
            places[: sheets.size] = tops.of
            places[states == _REJECTED] = -1
            laid = self._layout.lay(told, places, tops, case, lambda one: self._answers(sheets, one))
            self._laid = None if unreadable or laid.listed is not None else laid  # the same for the frames to come

        def answers(one: int) -> Answers | None:
            return None if states[one] == _REJECTED else self._answers(sheets, one)

        return Recommended(frame, laid.told, case, RowCounts(rows, wrong), answers, laid.listed)

    def _remembered(self, sheets: EncodedAnswers) -> EncodedAnswers:
        """Return the sheets of a frame among those of earlier ones: what was found of them all is not sought again."""
        if not sheets.size or sheets.size > _MOST_REMEMBERED:
            self._seen, self._found = {}, None
            return sheets
        if sheets.age != self._age:
            self._seen, self._age = {}, sheets.age
        chosen = [tuple(one) for one in np.array(sheets.chosen, np.int64).reshape(-1, sheets.size).T.tolist()]
        if not self._seen.keys() >= set(chosen):
            self._seen = self._seen if len(self._seen) + len(chosen) <= _MOST_REMEMBERED else {}
            for one in chosen:
                self._seen.setdefault(one, len(self._seen))
            self._found = None
        of = np.array([self._seen[one] for one in chosen], np.int64)[sheets.of]
        together = np.array(list(self._seen), np.int64).reshape(len(self._seen), -1).T
        return sheets._replace(chosen=tuple(together), of=of, size=len(self._seen))

    def _find(self, sheets: EncodedAnswers) -> tuple[TopK, Int64, dict[int, tuple[str, ...]]]:
        """Return the first MEDOC of each sheet, (sheets,) its place in `STATUSES`, and what is said of it."""
        crowd = Respondents(
            self._compass, self._catalogue, sheets.columns(self._compass, self._plan.fixed), sheets.size
        )
        return (self._ranker.rank(crowd), *self._judged(sheets, crowd.missing()))

    def _judged(self, sheets: EncodedAnswers, missing: Mapping[str, Bool]) -> tuple[Int64, dict[int, tuple[str, ...]]]:
        """Return (sheets,) the place of each in `STATUSES`, and what is said of those where not all is well.

        `missing` are, by question, (sheets,) those that lack it though it is required.
        """
        partial = sheets.hesitating()
        for lacking in missing.values():
            partial |= lacking
        states = np.where(sheets.rejected(), _REJECTED, partial.astype(np.int64))
        errors: dict[int, tuple[str, ...]] = {}
        order = {id_: place for place, id_ in enumerate(self._compass.questions)}
        known: dict[frozenset[str], tuple[str, ...]] = {}
        for sheet in np.flatnonzero(states).tolist():
            if states[sheet] == _REJECTED:
                errors[sheet] = tuple(problem_text(problem, self._language) for problem in sheets.problems(sheet))
                continue
            open_: frozenset[str] = sheets.undecided(sheet).union(
                id_ for id_, lacking in missing.items() if lacking[sheet]
            )
            if open_ not in known:
                ids = sorted(open_, key=order.__getitem__)
                known[open_] = (gettext("without an answer: {ids}", ids=Listing(ids)).in_(self._language),)
            errors[sheet] = known[open_]
        return states, errors

    def _unreadable(self, frame: pl.DataFrame) -> dict[int, str]:
        """Return what is wrong with the rows that could not be read, by their places."""
        if PROBLEM not in frame.columns or frame[PROBLEM].null_count() == frame.height:
            return {}
        columns = sum(not name.startswith("__") for name in frame.columns)
        return {
            place: one_line(f"{problem['code']} {told(_problem(problem), columns).in_(self._language)}")
            for place, problem in enumerate(frame[PROBLEM])
            if problem is not None
        }

    def _answers(self, sheets: EncodedAnswers, sheet: int) -> Answers:
        """Return the answers of a sheet."""
        values = dict(self._plan.fixed)
        for said, chosen in zip(sheets.said, sheets.chosen, strict=True):
            values |= said[chosen[sheet]].answers
        return Answers.given({id_: values[id_] for id_ in self._compass.questions if id_ in values})


def _problem(fields: Mapping[str, Any]) -> RowProblem:
    return RowProblem(**{**fields, "code": RowCode(fields["code"])})


_REJECTED = STATUSES.index(REJECTED)
_MOST_REMEMBERED = 20_000
"""How many sheets are remembered from one frame to the next; frames with more are found anew."""


def _texts(errors: Mapping[int, tuple[str, ...]], size: int) -> pl.Series:
    """Return what is said of each of `size` cases."""
    texts = {said: place for place, said in enumerate(dict.fromkeys(errors.values()), 1)}
    places = np.zeros(size, np.int64)
    places[list(errors)] = [texts[said] for said in errors.values()]
    known = pl.Series([None, *(" · ".join(said) for said in texts)], dtype=pl.String)
    return known.gather(places).alias(ERROR)


def problem_text(problem: Problem, language: str) -> str:
    """Return what is wrong with a cell on one line: the code, the column, what, and what to do."""
    return " ".join(line.strip() for line in problem.in_(language).splitlines())
