"""All the situations that a compass leads to, as independent factors, and what each outcome does to each MEDOC."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.definitions.dependencies import placeable
from boussole.core.explore.answer_classes import TooManyError
from boussole.core.explore.outcomes import Exploration, witness_of
from boussole.errors import BoussoleError
from boussole.i18n import gettext
from boussole.vectorized.scoring.fits import Fits
from boussole.vectorized.scoring.rules import Effect, effects_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.arrays import Bool, Int64
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value
    from boussole.core.explore.outcomes import Factor, Outcome

_BUDGET = 20_000_000


class Part(NamedTuple):
    """The outcomes of one factor, a row each; columns are the MEDOC of the catalogue, in its order.

    `weighted` is Σ weight·fit over its facets and `weight` Σ weight; `points` those of rules; `out` what is left out.
    `shared`: the MEDOC shares a declared term on at least one of its facets among those of the cells, `made` on all
    of those where somebody is placed. `cells` has, by facet of the cells, the terms of each outcome.
    """

    weighted: Int64
    weight: Int64
    points: Int64
    out: Bool
    shared: Bool
    made: Bool
    cells: Mapping[str, tuple[frozenset[str], ...]]
    answers: tuple[Mapping[str, Value], ...]

    @property
    def rows(self) -> int:
        """Return how many outcomes there are."""
        return len(self.answers)


class Situations(NamedTuple):
    """The factors of a compass: a situation is one outcome of each. `whole`: all of them are there."""

    parts: tuple[Part, ...]
    whole: bool

    @property
    def total(self) -> int:
        """Return how many situations there are."""
        return prod(part.rows for part in self.parts)


def situations(compass: Compass, catalogue: Catalogue, by: Sequence[str], *, limit: int) -> Situations:
    """Return all the situations, one option of a `many` about a facet at a time.

    Over `limit`, only one way in which rules and contraindications come out is kept for the same terms: the one in
    which the fewest of them hold.

    Raises:
        BoussoleError: when there are too many cases even to list them.

    """
    effects = effects_of(compass, catalogue)
    weighting = compass.weighting
    known = placeable(compass)
    facets = sorted((weighting.weights.keys() | weighting.require | set(by)) & catalogue.facets.keys() & known)
    try:
        factors = Exploration(compass, _BUDGET).factors([effect.condition for effect in effects], facets, alone=True)
    except TooManyError:
        raise BoussoleError(
            gettext("This compass leads to too many situations to follow them all."),
            gettext("Rules that look at fewer questions at once make it possible."),
        ) from None
    whole = _total(factors) <= limit
    if not whole:
        factors = _reduced(factors, limit)
    builder = _Builder(compass, catalogue, effects, facets, by)
    return Situations(tuple(builder.part(factor) for factor in factors), whole)


def _total(factors: Sequence[Factor]) -> int:
    return prod(len(factor.outcomes) for factor in factors)


def _reduced(factors: Sequence[Factor], limit: int) -> list[Factor]:
    """Return the factors, as few of them reduced as it takes to stay within `limit`: all of them if it must be."""
    kept = list(factors)
    smaller = [_one_by_terms(factor) for factor in factors]
    gains = [len(factor.outcomes) / len(one.outcomes) for factor, one in zip(factors, smaller, strict=True)]
    for place in sorted(range(len(kept)), key=gains.__getitem__, reverse=True):
        if _total(kept) <= limit:
            break
        kept[place] = smaller[place]
    return kept


def _one_by_terms(factor: Factor) -> Factor:
    ordered = sorted(factor.outcomes.items(), key=lambda item: (sum(item[0].truths), item[0].truths))
    kept: dict[tuple[frozenset[str], ...], Outcome] = {}
    for outcome, _ in ordered:
        kept.setdefault(outcome.terms, outcome)
    return factor._replace(outcomes={outcome: factor.outcomes[outcome] for outcome in kept.values()})


class _Builder:
    """Turns factors into numbers."""

    def __init__(
        self,
        compass: Compass,
        catalogue: Catalogue,
        effects: Sequence[Effect],
        facets: Sequence[str],
        by: Sequence[str],
    ) -> None:
        self._compass = compass
        self._catalogue = catalogue
        self._medoc = tuple(catalogue.medoc.values())
        self._effects = effects
        self._facets = facets
        self._by = by
        self._fits = Fits(compass, catalogue)

    def part(self, factor: Factor) -> Part:
        outcomes = list(factor.outcomes)
        weighting, count, size = self._compass.weighting, len(outcomes), len(self._medoc)
        weighted, points = np.zeros((count, size), np.int64), np.zeros((count, size), np.int64)
        out, shared = np.zeros((count, size), bool), np.zeros((count, size), bool)
        made, weight = np.ones((count, size), bool), np.zeros(count, np.int64)
        facets = [self._facets[place] for place in factor.facets]
        for row, outcome in enumerate(outcomes):
            for facet, terms in zip(facets, outcome.terms, strict=True):
                if not terms:
                    continue
                fits = self._fits.of(facet, terms)
                if facet in weighting.weights:
                    weighted[row] += weighting.weights[facet] * fits
                    weight[row] += weighting.weights[facet]
                if facet in weighting.require:
                    out[row] |= fits == 0
                if facet in self._by:
                    shares = np.array([not terms.isdisjoint(medoc.terms_on(facet)) for medoc in self._medoc], bool)
                    shared[row] |= shares
                    made[row] &= shares
            for place, truth in zip(factor.conditions, outcome.truths, strict=True):
                effect = self._effects[place]
                if truth is not effect.unless:
                    concerned = list(effect.medoc)
                    points[row, concerned] += effect.points
                    out[row, concerned] |= effect.leaves_out
        cells = {
            facet: tuple(outcome.terms[slot] for outcome in outcomes)
            for slot, facet in enumerate(facets)
            if facet in self._by
        }
        answers = tuple(witness_of(trail) for trail in factor.outcomes.values())
        return Part(weighted, weight, points, out, shared, made, cells, answers)
