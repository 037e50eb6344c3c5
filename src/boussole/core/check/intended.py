"""Holes declared on purpose that are none: enough is made for them, or no answer leads there."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from boussole.core.definitions.dependencies import placeable
from boussole.errors import Finding, Severity
from boussole.i18n import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boussole.core.definitions.catalogue import Catalogue, Medoc
    from boussole.core.definitions.compass import Compass, IntendedHole

_CASES = 400
"""How many combinations of terms are looked at; of what has more, only coverage can tell."""


def review_intended(compass: Compass, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield the holes on purpose where nobody can stand, and those for which enough MEDOC are made all the same.

    What may be left out for somebody is not counted on: only coverage follows that.
    """
    if not compass.intended:
        return
    known = placeable(compass)
    staying = [medoc for medoc in catalogue.medoc.values() if _stays(medoc, compass)]
    required = compass.weighting.require & known
    for index, intended in enumerate(compass.intended):
        unknown = sorted(intended.at.keys() - known)
        if unknown:
            what = gettext("this compass places nobody on the facet “{word}”.", word=unknown[0])
            remedy = gettext("Take it out: coverage never looks at it.")
            yield Finding(("intended", index, "at", unknown[0]), "B543", what, remedy, severity=Severity.WARNING)
            continue
        made = _fewest_made(
            intended,
            [one for one in staying if not any(one.terms_on(facet) for facet in required - intended.at.keys())],
        )
        if made >= compass.weighting.top:
            what = ngettext(
                "this hole is none: {count} MEDOC or more is made for it, and is never left out.",
                "this hole is none: {count} MEDOC or more are made for it, and are never left out.",
                made,
            )
            remedy = gettext("Take it out, or see what coverage says of it.")
            yield Finding(("intended", index), "B543", what, remedy, severity=Severity.WARNING)


def _stays(medoc: Medoc, compass: Compass) -> bool:
    """Tell whether nothing but a required facet can leave a MEDOC out."""
    ruled = any(medoc.id in rule.medoc for rule in compass.rules if rule.include or rule.exclude)
    return medoc.superseded_by is None and not medoc.avoid and not ruled and compass.weighting.generic > 0


def _fewest_made(intended: IntendedHole, medoc: Sequence[Medoc]) -> int:
    """Return how many of some MEDOC are made for a combination of its terms, the one that has the fewest."""
    if prod(map(len, intended.at.values())) > _CASES:
        return 0
    made = [{facet: one.terms_on(facet) for facet in intended.at} for one in medoc]
    return min(
        sum(all(term in of[facet] for facet, term in zip(intended.at, terms, strict=True)) for of in made)
        for terms in product(*intended.at.values())
    )
