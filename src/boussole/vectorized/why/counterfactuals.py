"""The nearest change: the fewest answers that bring a MEDOC into the top, found by ranking every nearby sheet.

Sheets pass through sieves: those where the MEDOC is left out go first, then those where it is beaten by `top` of the
MEDOC that were seen to beat it elsewhere; only what remains is ranked whole. Nothing is guessed by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boussole.core.definitions.conditions import Some
from boussole.core.fits import fit_function
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.core.why.sensitivity import Counterfactual, Counterfactuals
from boussole.vectorized.encoding import numbered, terms_of
from boussole.vectorized.population.positions import RankPositions
from boussole.vectorized.why.neighbours import NONE, Neighbourhood

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from boussole.arrays import Int64
    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Catalogue, Facet
    from boussole.core.definitions.compass import Compass, Value
    from boussole.core.ranking import LeftOut, Ranking
    from boussole.vectorized.population.positions import DistinctSituations
    from boussole.vectorized.population.respondents import Respondents
    from boussole.vectorized.why.neighbours import ChangedAnswers

SHOWN = 3
"""How many ways are shown, of those that change as few answers."""
MOST_PAIRS = 3_000_000
"""Over so many changes of two answers, fewer sets of options of each `many` are tried; and then none of two."""
_FEW = 300
_FIRST = 500
"""How many of the sheets left by the sieves are ranked whole first, to learn which MEDOC to sieve the others by."""
_MORE = 4
"""Each time, so many times more are."""
_LEARNT = 60
"""Each time, so many MEDOC are learnt: those that beat it most often."""


def counterfactuals(
    compass: Compass, catalogue: Catalogue, answers: Answers, medoc_id: str, top: int
) -> Counterfactuals:
    """Return the fewest answers to change, one or two, for a MEDOC to be among the first `top` of the ranking.

    Of those that change as few, the best come first: by the place it gets, then in the order of the questions, then of
    their answers (see `core.why.alternatives`); of those that change the same questions only the first is kept, so that
    a few ways are different ways. None where it is there already.
    """
    ranking = rank(compass, catalogue, situate(compass, answers))
    if any(item.medoc.id == medoc_id for item in ranking.top(top)):
        return Counterfactuals(top, ())
    nearby = Neighbourhood(compass, catalogue, answers)
    search = _Search(ranking, medoc_id, top)
    for sheets in nearby.singles():
        search.look(nearby, sheets)
    ones, pairs = search.tried, True
    if not search.best:
        if nearby.pairs > MOST_PAIRS:
            nearby = Neighbourhood(compass, catalogue, answers, _FEW)
        pairs = nearby.pairs <= MOST_PAIRS
        for sheets in nearby.doubles() if pairs else ():
            search.look(nearby, sheets)
    return Counterfactuals(
        top,
        tuple(_change(ranking, answers, nearby, medoc_id, numbers) for _, *numbers in search.best[:SHOWN]),
        search.against.out if search.against else None,
        (ones, search.tried - ones),
        nearby.partly,
        pairs,
    )


def _change(
    ranking: Ranking, answers: Answers, nearby: Neighbourhood, medoc: str, numbers: Iterable[int]
) -> Counterfactual:
    """Return a change of answers, and where it brings a MEDOC."""
    context, present = ranking.context, ranking.situation.answers
    changed: dict[str, tuple[Value | None, Value]] = {}
    for number in numbers:
        if number != NONE:
            question, value = nearby.changes[number]
            changed[question] = (present.get(question), value)
            answers = answers.put(question, value)
    found = rank(context.compass, context.catalogue, situate(context.compass, answers))
    return Counterfactual(changed, next(item for item in found.recommendations if item.medoc.id == medoc))


class _Search:
    """Looks for the sheets where one MEDOC is in the top.

    `against` is None as soon as the MEDOC is ranked for somebody.
    """

    def __init__(self, ranking: Ranking, medoc: str, top: int) -> None:
        self._top = top
        self._positions = RankPositions(ranking.context.compass, ranking.context.catalogue)
        self._column = self._positions.columns[medoc]
        self._rivals: set[int] = set()
        self.against = next((_Against(out) for out in ranking.left_out if out.medoc.id == medoc), None)
        self._best: dict[int, tuple[int, int, int]] = {}
        self.tried = 0

    def look(self, nearby: Neighbourhood, sheets: ChangedAnswers) -> None:
        """Look at some more sheets."""
        people = nearby.people(sheets)
        counting = nearby.counting(sheets, people)
        if not counting.all():
            sheets = sheets.where(counting)
            people = nearby.people(sheets)
        self.tried += sheets.size
        situations = self._positions.situations(people)
        ranked = np.flatnonzero(self._places(situations, np.arange(situations.size), among=[]))
        if len(ranked):
            self.against = None
        elif self.against is not None:
            self.against.look(people)
        places = self._tops(situations, ranked)[situations.of]
        found = np.flatnonzero(places)
        found = found[np.lexsort((sheets.second[found], sheets.first[found], places[found]))]
        for questions, row in nearby.first_of_each(sheets, found):
            entry = (int(places[row]), int(sheets.first[row]), int(sheets.second[row]))
            self._best[questions] = min(entry, self._best.get(questions, entry))

    @property
    def best(self) -> list[tuple[int, int, int]]:
        """Return the place it gets and the changes, best first: of each choice of questions, the best only."""
        return sorted(self._best.values())

    def _tops(self, situations: DistinctSituations, rows: Int64) -> Int64:
        """Return the place in each situation, (situations); 0 where it is not in the top (or is not in `rows`)."""
        found = np.zeros(situations.size, np.int64)
        number = _FIRST
        while len(rows):
            rows = rows[self._places(situations, rows, among=self._rivals) <= self._top]
            some = np.zeros(len(rows), bool)
            some[:: max(1, -(-len(rows) // number))] = True
            chosen, rows = rows[some], rows[~some]
            places = self._places(situations, chosen)
            inside = places <= self._top
            found[chosen[inside]] = places[inside]
            if len(rows) and not inside.all():
                ahead = self._positions.ahead(situations, chosen[~inside], self._column)
                self._rivals |= {one for one in np.argsort(-ahead, kind="stable")[:_LEARNT].tolist() if ahead[one]}
            number *= _MORE
        return found

    def _places(self, situations: DistinctSituations, rows: Int64, among: Collection[int] | None = None) -> Int64:
        """Return the place in some situations, (rows), among some MEDOC if they are given; 0 where it is left out."""
        wanted = np.array([self._column])
        columns = None if among is None else np.array(sorted({*among, self._column}))
        found: Int64 = self._positions.places(situations, rows, wanted, columns)[:, 0]
        return found


class _Against:
    """What leaves a MEDOC out, of somebody first and then of all those who are looked at."""

    def __init__(self, out: LeftOut) -> None:
        self.out = out

    def look(self, people: Respondents) -> None:
        """Keep what leaves it out for all of `people`."""
        out = self.out
        included = people.holds(Some(tuple(rule.when for rule in out.rules if rule.include))).any()
        self.out = out._replace(
            facets=tuple(facet for facet in out.facets if self._misses(facet, people)),
            cautions=tuple(caution for caution in out.cautions if people.holds(caution.when).all()),
            rules=tuple(
                rule for rule in out.rules if (people.holds(rule.when).all() if rule.exclude else not included)
            ),
        )

    def _misses(self, facet: Facet, people: Respondents) -> bool:
        """Tell whether, on a facet, it fits nobody at all."""
        masks, _ = numbered(people.terms(facet.id))
        generic = self.out.context.compass.weighting.generic
        return all(
            mask and fit_function(facet, terms_of(mask, facet), generic)(self.out.medoc) == 0 for mask in masks.tolist()
        )
