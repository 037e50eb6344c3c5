"""From a situation to a ranking: whole numbers, a total order, and every reason kept.

The formulas are those of the format, section 3; the terminal, a batch and any other machine agree to the last digit.
"""

from collections.abc import Sequence
from typing import NamedTuple

from boussole.core.definitions.catalogue import Catalogue, Caution, Facet, Medoc
from boussole.core.definitions.compass import Compass, Rule
from boussole.core.fits import Context, Fits, fit_function, pseudo_sum, pseudo_weights
from boussole.core.order import order, rank_key
from boussole.core.reasons import ExclusionReason, Reason, exclusion_reasons, reasons_of
from boussole.core.situation import Situation

EXCLUSIONS = ("require", "avoid", "rule", "superseded")
"""The kinds of reasons to leave a MEDOC out, in the order of the format."""


class Recommendation(NamedTuple):
    """A MEDOC in the ranking. `fits` are those of `context.scales`, out of 1000; `rules` those that hold."""

    medoc: Medoc
    score: int
    rank: int
    tied: bool
    fits: Fits
    rules: tuple[Rule, ...]
    context: Context

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why it has its score; their points add up to it exactly."""
        return reasons_of(self)


class LeftOut(NamedTuple):
    """A MEDOC that is not in the ranking: the required facets it misses, and the cautions and rules against it.

    Where it is superseded, that leaves it out too.
    """

    medoc: Medoc
    facets: tuple[Facet, ...]
    cautions: tuple[Caution, ...]
    rules: tuple[Rule, ...]
    context: Context

    @property
    def reasons(self) -> tuple[ExclusionReason, ...]:
        """Return every reason why it is left out, in the order of the format."""
        return exclusion_reasons(self)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of its reasons, each once, in the order of the format, without putting them in words."""
        against = (self.facets, self.cautions, self.rules, self.medoc.superseded_by)
        return tuple(kind for kind, found in zip(EXCLUSIONS, against, strict=True) if found)


class Ranking(NamedTuple):
    """The whole ranking, best first, and what was left out, by id."""

    recommendations: tuple[Recommendation, ...]
    left_out: tuple[LeftOut, ...]
    context: Context

    @property
    def situation(self) -> Situation:
        """Return the situation that was ranked for."""
        return self.context.situation

    def top(self, number: int | None = None) -> tuple[Recommendation, ...]:
        """Return the first `number` recommendations; by default, as many as the compass says."""
        return self.recommendations[: self.context.compass.weighting.top if number is None else number]


def rank(compass: Compass, catalogue: Catalogue, situation: Situation) -> Ranking:
    """Rank the whole catalogue for a situation.

    The order, and what shares a rank, are those of `boussole.core.order`.
    """
    weighting = compass.weighting
    scales = tuple(
        (catalogue.facets[facet], weighting.weights[facet]) for facet in situation.terms if facet in weighting.weights
    )
    context = Context(compass, catalogue, situation, scales, pseudo_weights(weighting.weights, catalogue))
    fits = [fit_function(facet, situation.terms[facet.id], weighting.generic) for facet, _ in scales]
    weights = [weight for _, weight in scales]
    required = [
        (catalogue.facets[facet], fit_function(catalogue.facets[facet], situation.terms[facet], weighting.generic))
        for facet in sorted(weighting.require)
        if facet in situation.terms
    ]
    rules = _rules_by_medoc(compass, situation)
    scored: list[tuple[int, Medoc, Fits, tuple[Rule, ...]]] = []
    left_out: list[LeftOut] = []
    for medoc in catalogue.medoc.values():
        holding, against = rules.get(medoc.id, ((), ()))
        missed = tuple(facet for facet, fit in required if fit(medoc) == 0)
        cautions = tuple(caution for caution in medoc.avoid if caution.when.holds(situation)) if medoc.avoid else ()
        if missed or cautions or against or medoc.superseded_by is not None:
            left_out.append(LeftOut(medoc, missed, cautions, against, context))
            continue
        of_medoc = tuple([fit(medoc) for fit in fits])
        weighted = sum(map(_times, weights, of_medoc)) + pseudo_sum(medoc, context)
        base = weighted // context.weight if context.weight else 0
        scored.append((base + sum(rule.points for rule in holding), medoc, of_medoc, holding))
    left_out.sort(key=lambda out: out.medoc.id)
    return Ranking(_in_order(scored, context), tuple(left_out), context)


def _times(one: int, other: int) -> int:
    return one * other


def _rules_by_medoc(compass: Compass, situation: Situation) -> dict[str, tuple[tuple[Rule, ...], tuple[Rule, ...]]]:
    """Return, by MEDOC, the rules that hold for it and those that leave it out."""
    outcomes = [(rule, rule.when.holds(situation)) for rule in compass.rules]
    concerned: dict[str, list[tuple[Rule, bool]]] = {}
    for rule, holds in outcomes:
        for medoc in rule.medoc:
            concerned.setdefault(medoc, []).append((rule, holds))
    by_medoc = {}
    for medoc, of_medoc in concerned.items():
        holding = tuple(rule for rule, holds in of_medoc if holds and not rule.exclude)
        against = [rule for rule, holds in of_medoc if holds and rule.exclude]
        if not any(rule.include for rule in holding):
            against += [rule for rule, _ in of_medoc if rule.include]
        by_medoc[medoc] = (holding, tuple(against))
    return by_medoc


def _in_order(
    scored: Sequence[tuple[int, Medoc, Fits, tuple[Rule, ...]]], context: Context
) -> tuple[Recommendation, ...]:
    ordered = sorted(scored, key=lambda item: order(item[0], item[1]))
    standings = [rank_key(score, medoc) for score, medoc, _, _ in ordered]
    recommendations = []
    position = 1
    for index, (score, medoc, fits, rules) in enumerate(ordered):
        standing = standings[index]
        same_as_before = index > 0 and standings[index - 1] == standing
        same_as_next = index + 1 < len(standings) and standings[index + 1] == standing
        if not same_as_before:
            position = index + 1
        recommendations.append(
            Recommendation(medoc, score, position, same_as_before or same_as_next, fits, rules, context)
        )
    return tuple(recommendations)
