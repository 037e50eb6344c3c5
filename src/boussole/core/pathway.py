"""From a ranking to a personal path (*parcours*): a few steps, of all kinds, in the order of their use."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from boussole.core.definitions.catalogue import STAGE, Medoc, Term
from boussole.core.ranking import Ranking, Recommendation

_CANDIDATES_PER_STEP = 3


class Step(NamedTuple):
    """One MEDOC of the path; `first` are those to read before it that are not in the path."""

    recommendation: Recommendation
    first: tuple[Medoc, ...] = ()


class Stage(NamedTuple):
    """The steps of one stage (a term of the facet `stage`; None: those that declare none)."""

    term: Term | None
    steps: tuple[Step, ...]


class Pathway(NamedTuple):
    """The path, by stage, in the order of the stages; `size` is how many steps the compass wants."""

    stages: tuple[Stage, ...]
    size: int
    ranking: Ranking

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return all the steps, in order."""
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def candidates(self) -> int:
        """Return how many of the first of the ranking were considered."""
        return _CANDIDATES_PER_STEP * self.size

    @property
    def most_of_a_kind(self) -> int:
        """Return how many places one kind may hold while others are left."""
        return (self.size + 1) // 2


def pathway(ranking: Ranking) -> Pathway:
    """Return the personal path drawn from `ranking` (format, section 4)."""
    size = ranking.context.compass.pathway_size
    chosen = _choose(ranking.recommendations[: _CANDIDATES_PER_STEP * size], size)
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
    return Pathway(tuple(stages), size, ranking)


def _choose(candidates: Sequence[Recommendation], size: int) -> list[Recommendation]:
    """Return `size` candidates, in their order: the best of each kind, then the best, no kind past half."""
    best_of_kind: dict[str, Recommendation] = {}
    for item in candidates:
        best_of_kind.setdefault(item.medoc.kind, item)
    taken = {item.medoc.id for item in list(best_of_kind.values())[:size]}
    held = Counter(item.medoc.kind for item in candidates if item.medoc.id in taken)
    most = (size + 1) // 2
    for sparing in (True, False):  # a second turn, for want of anything else, takes from kinds that hold half
        for item in candidates:
            kind, id_ = item.medoc.kind, item.medoc.id
            if len(taken) < size and id_ not in taken and not (sparing and held[kind] >= most):
                taken.add(id_)
                held[kind] += 1
    return [item for item in candidates if item.medoc.id in taken]


def _in_order_of_use(items: Sequence[Recommendation]) -> list[Recommendation]:
    """Return `items` by rank, each moved behind those of them it comes after."""
    waiting, placed = list(items), []
    while waiting:
        ids = {item.medoc.id for item in waiting}
        ready = next(item for item in waiting if ids.isdisjoint(set(item.medoc.after) - {item.medoc.id}))
        waiting = [item for item in waiting if item is not ready]
        placed.append(ready)
    return placed
