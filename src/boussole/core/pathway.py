"""From a ranking to a personal path (*parcours*): a few steps of all kinds, in the order of use, within a time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from boussole.core.definitions.catalogue import STAGE, Medoc, Term
from boussole.core.ranking import Ranking, Recommendation

_CANDIDATES_PER_STEP = 3
_LEAST_STEPS = 3
"""How many steps a path has even where the time is short, if there are as many candidates."""
USUAL_MINUTES = 30
"""What a MEDOC that does not say it counts for."""


class Step(NamedTuple):
    """One MEDOC of the path; `first` are those to read before it that are not in the path."""

    recommendation: Recommendation
    first: tuple[Medoc, ...] = ()


class Stage(NamedTuple):
    """The steps of one stage (a term of the facet `stage`; None: those that declare none)."""

    term: Term | None
    steps: tuple[Step, ...]


class Pathway(NamedTuple):
    """The path, by stage, in the order of the stages; `size` is how many steps the compass wants.

    `candidates` tells how many of the first of the ranking were considered, `within` the minutes that the person has
    (None: not said).
    """

    stages: tuple[Stage, ...]
    size: int
    ranking: Ranking
    candidates: int
    within: int | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return all the steps, in order."""
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def most_of_a_kind(self) -> int:
        """Return how many places one kind may hold while others are left."""
        return (self.size + 1) // 2

    @property
    def minutes(self) -> int:
        """Return what a first use of all the steps takes."""
        return sum(minutes_of(step.recommendation) for step in self.steps)

    @property
    def over(self) -> int:
        """Return by how many minutes it exceeds what the person has."""
        return 0 if self.within is None else max(0, self.minutes - self.within)


def minutes_of(item: Recommendation) -> int:
    """Return the minutes that a step counts for."""
    return USUAL_MINUTES if item.medoc.minutes is None else item.medoc.minutes


def pathway(ranking: Ranking) -> Pathway:
    """Return the personal path drawn from `ranking` (format, sections 4 and 6)."""
    size, budget = ranking.context.compass.pathway_size, _budget(ranking)
    candidates = _candidates(ranking.recommendations, size, budget)
    chosen = _choose(candidates, size, budget)
    catalogue = ranking.context.catalogue
    left_out = {out.medoc.id for out in ranking.left_out}
    in_path = {item.medoc.id for item in chosen}

    def step(item: Recommendation) -> Step:
        before = (id_ for id_ in item.medoc.after if id_ not in in_path and id_ not in left_out)
        return Step(item, tuple(catalogue.medoc[id_] for id_ in before))

    facet = catalogue.facets.get(STAGE)
    terms: list[Term | None] = [*facet.terms.values()] if facet else []
    stages = []
    for term in [*terms, None]:
        here = [item for item in chosen if item.medoc.stage == (term.id if term else None)]
        if here:
            stages.append(Stage(term, tuple(step(item) for item in _in_order_of_use(here))))
    considered = max(len(candidates), _CANDIDATES_PER_STEP * size)
    return Pathway(tuple(stages), size, ranking, considered, budget)


def _budget(ranking: Ranking) -> int | None:
    """Return the minutes that the person has; None where no answer on the path says it."""
    at_hand = ranking.context.compass.time_at_hand
    if at_hand is None:
        return None
    answer = ranking.situation.answers.get(at_hand.question)
    return at_hand.minutes.get(answer) if isinstance(answer, str) else None


def _candidates(ranked: Sequence[Recommendation], size: int, budget: int | None) -> Sequence[Recommendation]:
    """Return the first of the ranking, three for each step, and more where the three shortest exceed the time."""
    number, least = _CANDIDATES_PER_STEP * size, min(_LEAST_STEPS, size)
    if budget is None:
        return ranked[:number]
    shortest = sorted(minutes_of(item) for item in ranked[:number])[:least]
    while number < len(ranked) and sum(shortest) > budget:
        shortest = sorted([*shortest, minutes_of(ranked[number])])[:least]
        number += 1
    return ranked[:number]


class _Chosen:
    """The candidates taken so far, and whether one more may be, for the time there is."""

    def __init__(self, candidates: Sequence[Recommendation], size: int, budget: int | None) -> None:
        self._by_minutes = sorted(candidates, key=minutes_of)  # by rank where they take as long
        self._budget = budget
        self.least = min(_LEAST_STEPS, size)
        self.ids: set[str] = set()
        self.kinds: Counter[str] = Counter()
        self._minutes = 0
        shortest = [minutes_of(item) for item in self._by_minutes[: self.least]]
        self._enough_fit = budget is not None and len(shortest) == self.least and sum(shortest) <= budget

    def take(self, item: Recommendation) -> None:
        self.ids.add(item.medoc.id)
        self.kinds[item.medoc.kind] += 1
        self._minutes += minutes_of(item)

    def shortest_left(self) -> Iterator[Recommendation]:
        """Yield the candidates not taken, the shortest first."""
        return (item for item in self._by_minutes if item.medoc.id not in self.ids)

    def fits(self, item: Recommendation) -> bool:
        """Tell whether the time allows for one more, and for those that are needed after it."""
        if self._budget is None:
            return True
        total = self._minutes + minutes_of(item)
        if total > self._budget:
            return False
        needed = self.least - len(self.ids) - 1
        if not self._enough_fit or needed <= 0:
            return True
        others = (minutes_of(other) for other in self.shortest_left() if other is not item)
        return total + sum(islice(others, needed)) <= self._budget


def _choose(candidates: Sequence[Recommendation], size: int, budget: int | None) -> list[Recommendation]:
    """Return the steps, in the order of the ranking: the best of each kind, then the best, no kind past half."""
    chosen = _Chosen(candidates, size, budget)
    for kind in dict.fromkeys(item.medoc.kind for item in candidates):
        best = next((item for item in candidates if item.medoc.kind == kind and chosen.fits(item)), None)
        if best is not None and len(chosen.ids) < size:
            chosen.take(best)
    most = (size + 1) // 2
    for sparing in (True, False):  # a second turn, for want of anything else, takes from kinds that hold half
        for item in candidates:
            held = chosen.kinds[item.medoc.kind]
            passed_over = item.medoc.id in chosen.ids or (sparing and held >= most)
            if len(chosen.ids) < size and not passed_over and chosen.fits(item):
                chosen.take(item)
    if budget is not None:
        for item in islice(list(chosen.shortest_left()), max(0, chosen.least - len(chosen.ids))):
            chosen.take(item)
    return [item for item in candidates if item.medoc.id in chosen.ids]


def _in_order_of_use(items: Sequence[Recommendation]) -> list[Recommendation]:
    """Return `items` by rank, each moved behind those of them it comes after."""
    waiting, placed = list(items), []
    while waiting:
        ids = {item.medoc.id for item in waiting}
        ready = next(item for item in waiting if ids.isdisjoint(set(item.medoc.after) - {item.medoc.id}))
        waiting = [item for item in waiting if item is not ready]
        placed.append(ready)
    return placed
