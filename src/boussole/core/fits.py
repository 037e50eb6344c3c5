"""How well a MEDOC fits a situation, facet by facet: the formulas of the format, section 3, in whole numbers."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from boussole.core.definitions.catalogue import (
    MOST_REFERENCE,
    PROVEN,
    PSEUDO_FACETS,
    RECENT,
    Catalogue,
    Facet,
    Medoc,
)
from boussole.core.definitions.compass import Compass
from boussole.core.situation import Situation

FULL = 1000
MOST_PROVEN = 9
_PER_YEAR = 100
"""What a year of age takes from the fit of `recent`."""
Fits: TypeAlias = tuple[int, ...]


class Context(NamedTuple):
    """What all the recommendations of one ranking share.

    `scales` are the facets that count, by id, with their weights; `pseudo` the pseudo-facets weighed, likewise: they
    count whatever the situation, and come after the facets.
    """

    compass: Compass
    catalogue: Catalogue
    situation: Situation
    scales: tuple[tuple[Facet, int], ...]
    pseudo: tuple[tuple[str, int], ...]

    @property
    def weight(self) -> int:
        """Return Σ weight."""
        return sum(weight for _, weight in (*self.scales, *self.pseudo))


def unordered_fit(terms: int, here: frozenset[str], made_for: frozenset[str], generic: int) -> int:
    """Return the fit, 0 to 1000, on an unordered facet of `terms` terms; both sets have at least one."""
    common = len(here & made_for)
    if common == 0:
        return 0
    if common == terms:
        return FULL
    share = len(here) * (terms - common)
    return (generic * share + (FULL - generic) * common * (terms - len(made_for))) // share


def ordered_fit(facet: Facet, here: frozenset[str], made_for: frozenset[str]) -> int:
    """Return the fit, 0 to 1000, on an ordered facet: closeness, on average; where `at_most`, less is as close."""
    places = facet.places()
    last = len(places) - 1
    if last == 0:
        return FULL
    declared = [places[term] for term in made_for]
    if facet.at_most:
        near = sum(last - max(0, min(declared) - places[term]) for term in here)
    else:
        near = sum(last - min(abs(places[term] - place) for place in declared) for term in here)
    return FULL * near // (last * len(here))


def fit_function(facet: Facet, here: frozenset[str], generic: int) -> Callable[[Medoc], int]:
    """Return the function from a MEDOC to its fit on `facet` for somebody at the terms `here`."""
    known: dict[frozenset[str], int] = {frozenset(): generic}
    terms, id_, ordered = len(facet.terms), facet.id, facet.ordered

    def fit(medoc: Medoc) -> int:
        made_for = medoc.terms_on(id_)
        found = known.get(made_for)
        if found is None:
            found = ordered_fit(facet, here, made_for) if ordered else unordered_fit(terms, here, made_for, generic)
            known[made_for] = found
        return found

    return fit


def pseudo_weights(weights: Mapping[str, int], catalogue: Catalogue) -> tuple[tuple[str, int], ...]:
    """Return the pseudo-facets weighed, with their weights; a facet of the catalogue with one of their ids wins."""
    return tuple((id_, weights[id_]) for id_ in PSEUDO_FACETS if id_ in weights and id_ not in catalogue.facets)


def pseudo_fit(pseudo: str, medoc: Medoc, catalogue: Catalogue) -> int:
    """Return the fit, 0 to 1000, of a pseudo-facet: `proven`, `recent` or `reference`."""
    if pseudo == PROVEN:
        return FULL * medoc.proven.total // MOST_PROVEN
    if pseudo == RECENT:
        if medoc.year is None or catalogue.dated is None:
            return FULL
        return max(0, FULL - _PER_YEAR * max(0, catalogue.dated.year - medoc.year))
    return FULL * medoc.reference // MOST_REFERENCE


def pseudo_sum(medoc: Medoc, context: Context) -> int:
    """Return Σ weight·fit of a MEDOC over the pseudo-facets."""
    return sum(weight * pseudo_fit(id_, medoc, context.catalogue) for id_, weight in context.pseudo)
