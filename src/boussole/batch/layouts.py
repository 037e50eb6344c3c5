"""How recommendations stand in a table: all of a row beside it, or a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import polars as pl

from boussole.core.order import rank_key
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.escape import plain_text
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from boussole.arrays import Int64
    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.vectorized.population.top_k import TopK


PREFIX = "boussole_"
"""What the names of the columns that boussole adds begin with."""


class Laid(NamedTuple):
    """What is told of each case, and the rows that stand instead of the table's own, where a layout makes some.

    Columns of ids are of the type Enum: delimited text writes them as they are, others as text (`spelt`).
    """

    told: pl.DataFrame
    listed: pl.DataFrame | None = None


class Layout(Protocol):
    """One way of writing recommendations; `needed` is how many of each ranking it looks at."""

    @property
    def needed(self) -> int:
        """Return how many of the first MEDOC it looks at."""

    def lay(self, told: pl.DataFrame, places: Int64, top: TopK, case: Int64, answers: Callable[[int], Answers]) -> Laid:
        """Return what to write of each case: `told` has its status and its error.

        `places` (cases,) are the situations of the cases in `top`, -1 for none; `case` (rows,) is that of each row of
        the table; `answers` gives those of a case.
        """


class Wide:
    """A row per row: its columns, then the ids of its first MEDOC, and their titles where they are asked for."""

    def __init__(
        self, compass: Compass, catalogue: Catalogue, language: str, *, top: int | None = None, titles: bool = False
    ) -> None:
        """Take as many MEDOC as the compass shows, or `top`."""
        self.needed = compass.weighting.top if top is None else top
        ids = list(catalogue.medoc)  # letters, figures, - and _: none starts a formula
        self._ids = pl.Series(ids, dtype=pl.Enum(ids))
        self._titles = (
            pl.Series([plain_text(one.title.in_(language)) for one in catalogue.medoc.values()], dtype=pl.String)
            if titles
            else None
        )

    def lay(
        self, told: pl.DataFrame, places: Int64, top: TopK, _case: Int64, _answers: Callable[[int], Answers]
    ) -> Laid:
        """Return the cases with their MEDOC beside them."""
        none = np.full((1, self.needed), -1, np.int32)
        first = (
            np.concatenate([top.medoc, none]) if (places < 0).any() else top.medoc
        )  # -1 is the last row: it has none
        found = np.ascontiguousarray(first.take(places, axis=0).T)  # (needed, cases)
        added = []
        for place, one in enumerate(found):
            medoc = pl.Series(one)
            medoc = medoc.set(medoc < 0, None) if (one < 0).any() else medoc
            added.append(self._ids.gather(medoc).alias(f"{PREFIX}{place + 1}"))
            if self._titles is not None:
                added.append(self._titles.gather(medoc).alias(f"{PREFIX}{place + 1}_title"))
        return Laid(told.hstack(added))


class Long:
    """A row per recommendation, with the number of the row it is for; a row without one is there once."""

    def __init__(
        self, compass: Compass, catalogue: Catalogue, language: str, *, top: int | None = None, first: int = 1
    ) -> None:
        """Give the first row the number `first`."""
        self._top = compass.weighting.top if top is None else top
        self.needed = self._top + 1  # the one after the last may be tied with it
        self._compass = compass
        self._catalogue = catalogue
        self._medoc = tuple(catalogue.medoc.values())
        self._language = language
        self._row = first

    def lay(self, told: pl.DataFrame, places: Int64, top: TopK, case: Int64, answers: Callable[[int], Answers]) -> Laid:
        """Return a row per recommendation."""
        described: dict[int, list[tuple[Any, ...]]] = {-1: [_NOTHING]}
        for place, one in zip(*(part.tolist() for part in np.unique(places, return_index=True)), strict=True):
            if place >= 0:
                described[place] = self._described(top, place, answers(one)) or [_NOTHING]
        of = places[case].tolist()
        added = pl.DataFrame([item for place in of for item in described[place]], schema=_COLUMNS, orient="row")
        numbers = pl.int_range(self._row, self._row + len(case), dtype=pl.Int64, eager=True).alias(f"{PREFIX}row")
        self._row += len(case)
        repeated = np.repeat(np.arange(len(case)), [len(described[place]) for place in of])
        rows = pl.DataFrame([numbers.gather(repeated)]).hstack(told[case[repeated]])
        return Laid(told, pl.concat([rows, added], how="horizontal"))

    def _described(self, top: TopK, place: int, answers: Answers) -> list[tuple[Any, ...]]:
        """Return the recommendations of one situation, with the reasons that ranking these alone finds."""
        places = [one for one in top.medoc[place].tolist() if one >= 0]
        standings = [
            rank_key(score, self._medoc[one]) for score, one in zip(top.scores[place].tolist(), places, strict=False)
        ]
        medoc = [self._medoc[one] for one in places[: self._top]]
        alone = self._catalogue._replace(medoc={one.id: one for one in medoc})
        found = rank(self._compass, alone, situate(self._compass, answers)).recommendations
        separator = gettext("; ").in_(self._language)
        why = {
            item.medoc.id: plain_text(separator.join(reason.text.in_(self._language) for reason in item.reasons))
            for item in found
        }
        return [
            (
                standings.index(standings[number]) + 1,
                "yes" if standings.count(standings[number]) > 1 else "no",
                one.id,
                plain_text(one.title.in_(self._language)),
                one.kind,
                one.stage,
                standings[number][0],
                why[one.id],
            )
            for number, one in enumerate(medoc)
        ]


_COLUMNS = {
    f"{PREFIX}rank": pl.Int64,
    f"{PREFIX}tied": pl.String,
    f"{PREFIX}id": pl.String,
    f"{PREFIX}title": pl.String,
    f"{PREFIX}kind": pl.String,
    f"{PREFIX}stage": pl.String,
    f"{PREFIX}score": pl.Int64,
    f"{PREFIX}why": pl.String,
}
_NOTHING = (None,) * len(_COLUMNS)
