"""The cells of a table as answers: each distinct cell is read once, and each row gets the number of its sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from boussole.core.answers.table_map import CellReader, CellReading, merge
from boussole.vectorized.encoding import Column, distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from boussole.arrays import Bool, Int64
    from boussole.batch.mapping.plan import Plan
    from boussole.core.answers.table_map import ColumnMap
    from boussole.core.definitions.compass import Compass, Value
    from boussole.errors import Problem


_NUMBER = "__number"
_MOST_KNOWN = 200_000
"""How many distinct cells are remembered from one frame to the next."""


class EncodedAnswers(NamedTuple):
    """The distinct answer sheets of a frame, and the sheet of each row.

    `said` holds, by group of columns, what its distinct cells say; `chosen`, by group, (sheets,) which of them each
    sheet has; `of` (rows,) is the sheet of each row, and `size` how many sheets there are. While `age` is the same, so
    are the places in `said`.
    """

    said: tuple[Sequence[CellReading], ...]
    chosen: tuple[Int64, ...]
    of: Int64
    size: int
    age: int = 0

    def columns(self, compass: Compass, fixed: Mapping[str, Value]) -> dict[str, Column]:
        """Return the answers of the sheets, by question."""
        found: dict[str, Column] = {
            id_: Column((value,), np.zeros(self.size, np.int32)) for id_, value in fixed.items()
        }
        for said, chosen in zip(self.said, self.chosen, strict=True):
            questions = {id_ for one in said for id_ in one.answers}
            for id_ in compass.questions:
                if id_ in questions:
                    places: dict[Value | None, int] = {}
                    codes = [places.setdefault(one.answers.get(id_), len(places)) for one in said]
                    found[id_] = Column(tuple(places), np.array(codes, np.int32)[chosen])
        return found

    def problems(self, sheet: int) -> list[Problem]:
        """Return what is wrong with the cells of a sheet, by group of columns."""
        found = (said[chosen[sheet]].problem for said, chosen in zip(self.said, self.chosen, strict=True))
        return [problem for problem in found if problem is not None]

    def rejected(self) -> Bool:
        """Return (sheets,) which have a cell that cannot be read."""
        return self._any(lambda one: one.problem is not None)

    def hesitating(self) -> Bool:
        """Return (sheets,) which have a label whose meaning is not decided."""
        return self._any(lambda one: bool(one.undecided))

    def undecided(self, sheet: int) -> frozenset[str]:
        """Return the questions that the labels of a sheet leave undecided, and that no other answers."""
        here = [said[chosen[sheet]] for said, chosen in zip(self.said, self.chosen, strict=True)]
        return frozenset().union(*(one.undecided - one.answers.keys() for one in here))

    def _any(self, is_so: Callable[[CellReading], bool]) -> Bool:
        """Return (sheets,) which have a reading that is so."""
        found = np.zeros(self.size, bool)
        for said, chosen in zip(self.said, self.chosen, strict=True):
            so = np.array([is_so(one) for one in said], bool)
            if so.any():
                found |= so[chosen]
        return found


class AnswerEncoder:
    """Reads frames of text as answers; what a cell says is found once."""

    def __init__(self, compass: Compass, plan: Plan) -> None:
        """Know no cell yet."""
        self._groups = [_Group(compass, columns) for columns in plan.groups]

    def read(self, frame: pl.DataFrame) -> EncodedAnswers:
        """Return the sheets of a frame; those that say the same in the same cells are one."""
        own = [group.read(frame) for group in self._groups]
        bounds = [len(group.said) for group in self._groups]
        found = distinct(zip(own, bounds, strict=True), frame.height)
        return EncodedAnswers(
            tuple(group.said for group in self._groups),
            tuple(one[found.one] for one in own),
            found.of,
            len(found.one),
            self._age(),
        )

    def _age(self) -> int:
        return sum(group.age for group in self._groups)


class _Group:
    """Columns that answer the same questions: what each distinct combination of their cells says."""

    def __init__(self, compass: Compass, columns: Sequence[ColumnMap]) -> None:
        self._compass = compass
        self._names = [column.name for column in columns]
        self._readers = [CellReader(compass, column) for column in columns]
        self.age = 0
        self._forget()

    def _forget(self) -> None:
        """Know no cell; of one column, `_numbers` has the place of the empty one, then of each by its category."""
        self._known: dict[tuple[str | None, ...], int] = {}
        self.said: list[CellReading] = []
        kind = pl.Categorical(pl.Categories.random())
        self._coded = pl.Series([], dtype=kind)  # while a series is of this type, its codes stay the same
        self._numbers = np.array([self._number((None,))] if len(self._names) == 1 else [], np.int64)

    def read(self, frame: pl.DataFrame) -> Int64:
        """Return (rows,) the place in `said` of what the cells of each row say."""
        if len(self._known) > _MOST_KNOWN:
            self._forget()
            self.age += 1
        if len(self._names) > 1:
            return self._together(frame[self._names])
        cells = frame[self._names[0]].cast(self._coded.dtype)
        codes, count = cells.to_physical(), len(self._numbers) - 1
        largest: Any = codes.max()
        if largest is not None and largest >= count:
            new = cells.filter(codes >= count).unique()
            places = new.to_physical().to_numpy() + 1
            self._numbers = np.append(self._numbers, np.zeros(int(places.max()) - count, np.int64))
            self._numbers[places] = [self._number((cell,)) for cell in new.cast(pl.String)]
        if codes.null_count():
            return self._numbers.take((codes + 1).fill_null(0).to_numpy())
        return self._numbers[1:].take(codes.to_numpy())

    def _together(self, cells: pl.DataFrame) -> Int64:
        """Return (rows,) the same where several columns are read together."""
        cells.columns = [f"_{place}" for place in range(cells.width)]  # Polars takes some names for patterns
        different = cells.unique(maintain_order=True)
        numbers = [self._number(row) for row in different.iter_rows()]
        coded = different.with_columns(pl.Series(_NUMBER, numbers, pl.Int64))
        joined = cells.join(coded, on=cells.columns, how="left", nulls_equal=True, maintain_order="left")
        return joined[_NUMBER].to_numpy()

    def _number(self, row: tuple[str | None, ...]) -> int:
        known = self._known.get(row)
        if known is None:
            known = self._known[row] = len(self.said)
            cells = [reader.read(cell) for reader, cell in zip(self._readers, row, strict=True)]
            self.said.append(merge(self._compass, cells))
        return known
