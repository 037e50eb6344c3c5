"""The unit of work: a frame of rows in, the same rows with their recommendations out. It knows no file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from boussole.batch.answering import Reader
from boussole.batch.layouts import Wide
from boussole.batch.rows import told
from boussole.batch.source import PROBLEM
from boussole.core.answers import Answers
from boussole.messages import Listing, message
from boussole.vectors.crowd import Crowd
from boussole.vectors.tops import Ranker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from boussole.batch.answering import Sheets
    from boussole.batch.layouts import Layout
    from boussole.batch.plan import Plan
    from boussole.core.catalogue import Catalogue
    from boussole.core.compass import Compass
    from boussole.errors import Problem

    Numbers = NDArray[Any]
    Flags = NDArray[np.bool_]

OK, PARTIAL, REJECTED = STATUSES = ("ok", "partial", "rejected")
STATUS, ERROR = "boussole_status", "boussole_error"


class Tally(NamedTuple):
    """How many rows came out how, and what was wrong with how many."""

    rows: Counter[str]
    errors: Counter[str]

    def __add__(self, other: object) -> Tally:
        """Return both together."""
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(self.rows + other.rows, self.errors + other.errors)


class Advised(NamedTuple):
    """What became of a frame: the rows to write, the status of each row that came in, its error, and the count."""

    frame: pl.DataFrame
    status: pl.Series
    error: pl.Series
    tally: Tally


class Adviser:
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
        self._reader = Reader(compass, plan)
        self._ranker = Ranker(compass, catalogue)

    def advise(self, frame: pl.DataFrame) -> Advised:
        """Return the rows of `frame`, its columns first and unchanged, then boussole's.

        A row that could not be read (`__problem`), or whose cells do not fit the compass, is rejected: it is there,
        with its errors and without recommendations. One that leaves a required question open is partial.
        """
        sheets = self._reader.read(frame)
        crowd = Crowd(self._compass, self._catalogue, sheets.columns(self._compass, self._plan.fixed), sheets.size)
        tops = self._ranker.tops(crowd, self._layout.needed)
        states, errors = self._judged(sheets, crowd.missing())
        status = pl.Series(STATUSES).gather(states[sheets.of])
        error = _gathered(errors, sheets)
        of = np.where(states == _REJECTED, -1, tops.of)[sheets.of]
        readable = np.ones(frame.height, bool)
        unreadable: list[str | None] = []
        if PROBLEM in frame.columns and frame[PROBLEM].null_count() < frame.height:
            readable = frame[PROBLEM].is_null().to_numpy()
            unreadable = [None if one is None else self._unreadable(one, frame) for one in frame[PROBLEM]]
            status = pl.Series([REJECTED]).new_from_index(0, frame.height).zip_with(pl.Series(~readable), status)
            error = pl.Series(unreadable, dtype=pl.String).zip_with(pl.Series(~readable), error)
            of = np.where(readable, of, -1)
        status, error = status.alias(STATUS), error.alias(ERROR)
        wrong = Counter(one for one in unreadable if one is not None)
        times = np.bincount(sheets.of[readable], minlength=sheets.size)
        for sheet in np.flatnonzero((states == _REJECTED) & (times > 0)).tolist():
            wrong.update(dict.fromkeys(errors[sheet], int(times[sheet])))
        rows = Counter({str(word): int(count) for word, count in status.value_counts().iter_rows()})
        made = self._layout.lay(frame.with_columns(status, error), tops, of, lambda row: self._answers(sheets, row))
        return Advised(made, status, error, Tally(rows, wrong))

    def _judged(self, sheets: Sheets, missing: Mapping[str, Flags]) -> tuple[Numbers, dict[int, tuple[str, ...]]]:
        """Return, by sheet, its place in `STATUSES`, and what is said of those where not all is well."""
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
                known[open_] = (message("without an answer: {ids}", ids=Listing(ids)).in_(self._language),)
            errors[sheet] = known[open_]
        return states, errors

    def _unreadable(self, problem: str, frame: pl.DataFrame) -> str:
        columns = sum(not name.startswith("__") for name in frame.columns)
        return f"{problem.partition(' ')[0]} {told(problem, columns).in_(self._language)}"

    def _answers(self, sheets: Sheets, row: int) -> Answers:
        """Return the answers of a row."""
        sheet = int(sheets.of[row])
        values = dict(self._plan.fixed)
        for said, chosen in zip(sheets.said, sheets.chosen, strict=True):
            values |= said[chosen[sheet]].answers
        return Answers.given({id_: values[id_] for id_ in self._compass.questions if id_ in values})


_REJECTED = STATUSES.index(REJECTED)


def _gathered(errors: Mapping[int, tuple[str, ...]], sheets: Sheets) -> pl.Series:
    """Return what is said of each row."""
    texts = {said: place for place, said in enumerate(dict.fromkeys(errors.values()), 1)}
    places = np.zeros(max(1, sheets.size), np.int64)
    places[list(errors)] = [texts[said] for said in errors.values()]
    return pl.Series([None, *(" · ".join(said) for said in texts)], dtype=pl.String).gather(places[sheets.of])


def problem_text(problem: Problem, language: str) -> str:
    """Return what is wrong with a cell on one line: the code, the column, what, and what to do."""
    return " ".join(line.strip() for line in problem.in_(language).splitlines())
