"""How well a MEDOC fits a situation, facet by facet: the formulas of the format, section 3, in whole numbers."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from boussole.core.definitions.catalogue import Catalogue, Facet, Medoc
from boussole.core.definitions.compass import Compass
from boussole.core.situation import Situation

FULL = 1000
MOST_PROVEN = 9
Fits: TypeAlias = tuple[int, ...]


class Context(NamedTuple):
    """What all the recommendations of one ranking share.

    `scales` are the facets that count, by id, with their weights; `proven` (0: not weighed) comes after them.
    """

    compass: Compass
    catalogue: Catalogue
    situation: Situation
    scales: tuple[tuple[Facet, int], ...]
    proven_weight: int

    @property
    def weight(self) -> int:
        """Return Σ weight."""
        return sum(weight for _, weight in self.scales) + self.proven_weight


def unordered_fit(terms: int, here: frozenset[str], made_for: frozenset[str], generic: int) -> int:
    """Return the fit, 0 to 1000, on an unordered facet of `terms` terms; both sets have at least one."""
    common = len(here & made_for)
    if common == 0:
        return 0
    if common == terms:
        return FULL
    share = len(here) * (terms - common)
    return (generic * share + (FULL - generic) * common * (terms - len(made_for))) // share


def ordered_fit(places: Mapping[str, int], here: frozenset[str], made_for: frozenset[str]) -> int:
    """Return the fit, 0 to 1000, on an ordered facet whose terms stand at `places`: closeness, on average."""
    last = len(places) - 1
    if last == 0:
        return FULL
    declared_places = [places[term] for term in made_for]
    near = sum(last - min(abs(places[term] - place) for place in declared_places) for term in here)
    return FULL * near // (last * len(here))


def fit_function(facet: Facet, here: frozenset[str], generic: int) -> Callable[[Medoc], int]:
    """Return the function from a MEDOC to its fit on `facet` for somebody at the terms `here`."""
    known: dict[frozenset[str], int] = {frozenset(): generic}
    places, id_, ordered = facet.places(), facet.id, facet.ordered

    def fit(medoc: Medoc) -> int:
        made_for = medoc.terms_on(id_)
        found = known.get(made_for)
        if found is None:
            found = (
                ordered_fit(places, here, made_for) if ordered else unordered_fit(len(places), here, made_for, generic)
            )
            known[made_for] = found
        return found

    return fit


def proven_fit(medoc: Medoc) -> int:
    """Return the fit, 0 to 1000, of the pseudo-facet `proven`."""
    return FULL * medoc.proven.total // MOST_PROVEN
