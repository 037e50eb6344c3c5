"""What the majority does not see: whom the common list leaves with nothing, which needs find nothing, what to ask."""

from collections.abc import Sequence
from typing import NamedTuple

from boussole.core.definitions.catalogue import KIND, STAGE
from boussole.core.group.gathering import Gathering, union
from boussole.core.group.order import GroupRanked


class Heard(NamedTuple):
    """A MEDOC that serves `people` of those whom nothing before it served."""

    id: str
    people: int


class Unheard(NamedTuple):
    """The people whom no shared MEDOC serves, what would serve some of them, and how many are left then."""

    people: int
    list: tuple[Heard, ...]
    left: int


class Unanswered(NamedTuple):
    """A term at which `people` stand, `without` of whom have no MEDOC made for it among their first."""

    facet: str
    term: str
    people: int
    without: int


class ToFindOut(NamedTuple):
    """A question to which `people` answered « ? »."""

    question: str
    people: int


def hear(gathering: Gathering, order: Sequence[GroupRanked], shared: Sequence[str], smallest: int) -> Unheard:
    """Return what serves the people whom none of the MEDOC `shared` serves, each line at least `smallest` of them."""
    without = gathering.everybody & ~union(gathering.served[id_] for id_ in shared)
    people = without.bit_count()
    found: list[Heard] = []
    while len(found) < gathering.compass.weighting.top:
        counts = [(gathering.served[one.medoc.id] & without).bit_count() for one in order]
        most = max(counts, default=0)
        if most < smallest:
            break
        best = order[counts.index(most)].medoc.id  # the first of equal ones: the group order decides
        found.append(Heard(best, most))
        without &= ~gathering.served[best]
    return Unheard(people, tuple(found), without.bit_count())


def unanswered(gathering: Gathering, smallest: int) -> tuple[Unanswered, ...]:
    """Return the terms that half of the people there, and at least `smallest`, find nothing for; most people first."""
    catalogue, weights = gathering.catalogue, gathering.compass.weighting.weights
    found = []
    for facet, terms in gathering.terms.items():
        if facet not in weights or facet in {KIND, STAGE}:
            continue
        for term, here in terms.items():
            made = union(gathering.served[one.id] for one in catalogue.medoc.values() if term in one.terms_on(facet))
            people, without = here.bit_count(), (here & ~made).bit_count()
            if people >= smallest and without >= smallest and 2 * without >= people:
                found.append(Unanswered(facet, term, people, without))
    found.sort(key=lambda one: -one.without)
    return tuple(found)


def to_find_out(gathering: Gathering, smallest: int) -> tuple[ToFindOut, ...]:
    """Return the questions to which at least `smallest` people answered « ? », most first."""
    counts = [ToFindOut(id_, people.bit_count()) for id_, people in gathering.unknown.items()]
    return tuple(sorted((one for one in counts if one.people >= smallest), key=lambda one: -one.people))
