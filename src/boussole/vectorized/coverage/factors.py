"""All the situations that a compass leads to, as independent factors, and what each outcome does to each MEDOC."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.check.coverage import sets_followed
from boussole.core.definitions.conditions import SubjectKind
from boussole.core.definitions.dependencies import placeable
from boussole.core.explore.answer_classes import TooManyError
from boussole.core.explore.outcomes import Exploration, Factor, witness_of
from boussole.errors import BoussoleError
from boussole.i18n import gettext
from boussole.vectorized.scoring.fits import Fits
from boussole.vectorized.scoring.rules import effects_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.arrays import Bool, Int64, KeyKind, Keys
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value
    from boussole.core.definitions.conditions import Condition
    from boussole.core.explore.outcomes import Outcome
    from boussole.vectorized.scoring.rules import Effect

_BUDGET = 20_000_000
_ALL_SETS, _EXPECTED, _OUTCOMES = 1_000_000, 20_000, 4_000
"""Where every set of options is one: how many cases may be followed, how many outcomes of a factor may be expected for
that to be tried, and how many it may have."""


class Part(NamedTuple):
    """The outcomes of one factor, or of several combined, and what each does to each MEDOC.

    `weighted` (outcomes, medoc): Σ weight·fit over its facets; `weight` (outcomes): Σ weight; `points` (outcomes,
    medoc): those of rules; `out` (outcomes, medoc): what is left out. `shared` (outcomes, medoc): the MEDOC shares a
    declared term on at least one of its facets among those of the cells, `made` on all of those where somebody is
    placed. `cells` has, by facet of the cells, the terms of each outcome; `answers` lead to each outcome.
    """

    weighted: Keys
    weight: Int64
    points: Keys
    out: Bool
    shared: Bool
    made: Bool
    cells: Mapping[str, tuple[frozenset[str], ...]]
    answers: tuple[Mapping[str, Value], ...]

    @property
    def rows(self) -> int:
        """Return how many outcomes there are."""
        return len(self.answers)

    def narrowed(self, kind: KeyKind) -> Part:
        """Return it in numbers of a kind, which hold what all parts are together."""
        return self._replace(weighted=self.weighted.astype(kind), points=self.points.astype(kind))


def without_effect(size: int) -> Part:
    """Return the part of a compass that decides nothing: one outcome, which does nothing to any of `size` MEDOC."""
    zeros, none = np.zeros((1, size), np.int64), np.zeros((1, size), bool)
    return Part(zeros, np.zeros(1, np.int64), zeros, none, none, ~none, {}, ({},))


def both(one: Part, other: Part) -> Part:
    """Return every choice of one outcome of each part, as one part."""
    rows = one.rows * other.rows
    left, right = np.repeat(np.arange(one.rows), other.rows), np.tile(np.arange(other.rows), one.rows)
    cells = {facet: tuple(terms[row] for row in left) for facet, terms in one.cells.items()}
    cells |= {facet: tuple(terms[row] for row in right) for facet, terms in other.cells.items()}
    answers = tuple({**one.answers[left[row]], **other.answers[right[row]]} for row in range(rows))
    return Part(
        one.weighted[left] + other.weighted[right],
        one.weight[left] + other.weight[right],
        one.points[left] + other.points[right],
        one.out[left] | other.out[right],
        one.shared[left] | other.shared[right],
        one.made[left] & other.made[right],
        cells,
        answers,
    )


def total_of(parts: Sequence[Part]) -> int:
    """Return how many situations there are: a situation is one outcome of each part."""
    return prod(part.rows for part in parts)


def situations(compass: Compass, catalogue: Catalogue, by: Sequence[str]) -> tuple[Part, ...]:
    """Return the factors of all the situations, one option of a `many` about a facet at a time.

    Raises:
        BoussoleError: when there are too many cases even to list them.

    """
    builder = _Builder(compass, catalogue, by)
    try:
        factors = Exploration(compass, _BUDGET).factors(builder.conditions, builder.facets, alone=True)
    except TooManyError:
        raise BoussoleError(
            gettext("This compass leads to too many situations to follow them all."),
            gettext("Rules that look at fewer questions at once make it possible."),
        ) from None
    return tuple(builder.part(factor) for factor in factors)


def every_set(compass: Compass, catalogue: Catalogue, alone: Sequence[Part]) -> tuple[Part, ...] | None:
    """Return the factors of all the situations, with every set of options of a `many`; None where they are too many.

    `alone` are those with one option at a time, which tell what to expect.
    """
    sets = {id_: sets_followed(question) for id_, question in compass.questions.items()}
    for part in alone:
        asked = {id_ for answers in part.answers for id_ in answers}
        if part.rows * prod(every / few for every, few in map(sets.__getitem__, asked)) > _EXPECTED:
            return None
    builder = _Builder(compass, catalogue, ())
    try:
        factors = Exploration(compass, _ALL_SETS).factors(builder.conditions, builder.facets)
    except TooManyError:
        return None
    if max((len(factor.outcomes) for factor in factors), default=0) > _OUTCOMES:
        return None
    return tuple(builder.part(factor) for factor in factors)


def at_least_all(compass: Compass, catalogue: Catalogue) -> tuple[Part, ...] | None:
    """Return factors with all the situations among their products, and others that no answers lead to.

    Each facet is one with the conditions that look at it alone, whatever stands on the others, and so is each of the
    other conditions. None where even these are too many.
    """
    builder = _Builder(compass, catalogue, ())
    own: dict[str | int, tuple[list[int], list[int]]] = {
        facet: ([], [slot]) for slot, facet in enumerate(builder.facets)
    }
    for place, condition in enumerate(builder.conditions):
        subjects = set(condition.subjects())
        one = next(iter(subjects)) if len(subjects) == 1 else None
        alone = one.id if one is not None and one.kind is SubjectKind.FACET and one.id in own else place
        own.setdefault(alone, ([], []))[0].append(place)
    exploration = Exploration(compass, _ALL_SETS)
    parts = []
    for places, slots in own.values():
        conditions, facets = [builder.conditions[place] for place in places], [builder.facets[slot] for slot in slots]
        try:
            factors = exploration.factors(conditions, facets)
        except TooManyError:
            return None
        for factor in factors:
            there = tuple(places[one] for one in factor.conditions), tuple(slots[one] for one in factor.facets)
            parts.append(builder.part(Factor(*there, factor.outcomes)))
    return tuple(parts)


class _Builder:
    """Turns factors into numbers: of the `conditions` that do something and the `facets` that count."""

    def __init__(self, compass: Compass, catalogue: Catalogue, by: Sequence[str]) -> None:
        weighting = compass.weighting
        effects: dict[Condition, list[Effect]] = {}
        for effect in effects_of(compass, catalogue):
            effects.setdefault(effect.condition, []).append(effect)
        self.conditions = tuple(effects)
        counted = (weighting.weights.keys() | weighting.require | set(by)) & catalogue.facets.keys()
        self.facets = sorted(counted & placeable(compass))
        self._compass = compass
        self._medoc = tuple(catalogue.medoc.values())
        self._effects = list(effects.values())
        self._by = by
        self._fits = Fits(compass, catalogue)
        self._shared: dict[tuple[str, frozenset[str]], Bool] = {}

    def _sharing(self, facet: str, terms: frozenset[str]) -> Bool:
        """Return which MEDOC declare one of the terms, (medoc); outcomes by the thousand stand on the same ones."""
        known = self._shared.get((facet, terms))
        if known is None:
            known = np.array([not terms.isdisjoint(medoc.terms_on(facet)) for medoc in self._medoc], bool)
            self._shared[facet, terms] = known
        return known

    def _decided(self, factor: Factor, outcomes: Sequence[Outcome]) -> tuple[Int64, Bool]:
        """Return the points that conditions bring in each outcome, and what they leave out, (outcomes, medoc) both."""
        points = np.zeros((len(outcomes), len(self._medoc)), np.int64)
        out = np.zeros(points.shape, bool)
        for slot, place in enumerate(factor.conditions):
            truths = np.array([outcome.truths[slot] for outcome in outcomes], bool)
            for effect in self._effects[place]:
                table = np.ix_(truths != effect.unless, effect.medoc)
                points[table] += effect.points
                out[table] |= effect.leaves_out
        return points, out

    def part(self, factor: Factor) -> Part:
        outcomes = list(factor.outcomes)
        weighting, count, size = self._compass.weighting, len(outcomes), len(self._medoc)
        points, out = self._decided(factor, outcomes)
        weighted, weight = np.zeros((count, size), np.int64), np.zeros(count, np.int64)
        shared, made = np.zeros((count, size), bool), np.ones((count, size), bool)
        facets = [self.facets[place] for place in factor.facets]
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
                    shares = self._sharing(facet, terms)
                    shared[row] |= shares
                    made[row] &= shares
        cells = {
            facet: tuple(outcome.terms[slot] for outcome in outcomes)
            for slot, facet in enumerate(facets)
            if facet in self._by
        }
        answers = tuple(witness_of(trail) for trail in factor.outcomes.values())
        return Part(weighted, weight, points, out, shared, made, cells, answers)
