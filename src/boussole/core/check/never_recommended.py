"""Which MEDOC reach the top for somebody: looked for with interviews made for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.explore.sampling import interviews
from boussole.core.ranking import rank
from boussole.errors import Finding, Severity
from boussole.i18n import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from boussole.core.definitions.catalogue import Catalogue, Medoc
    from boussole.core.definitions.compass import Compass, Option, Question
    from boussole.core.situation import Situation

_TRIES = 12
_MOST_SCORED = 100_000
"""How many MEDOC may be scored, all in all."""


def review_never_recommended(catalogue: Catalogue, compasses: Sequence[Compass]) -> Iterator[Finding]:
    """Yield the MEDOC that no interview tried for them brings into the top of any of the compasses.

    An interview made for a MEDOC answers, wherever a question is about a facet, what the MEDOC is made for.
    """
    if not compasses:
        return
    size, most = len(catalogue.medoc), max(compass.weighting.top for compass in compasses)
    left = _MOST_SCORED
    if size * size > left * most:  # even if each ranking brought others into the top, there would be too many
        yield _too_many(0)
        return
    reached: set[str] = set()
    for index, medoc in enumerate(catalogue.medoc.values()):
        if medoc.id in reached or medoc.superseded_by is not None:  # what is superseded is left out of every ranking
            continue
        for situation, compass in _made_for(medoc, compasses):
            left -= size
            reached.update(one.medoc.id for one in rank(compass, catalogue, situation).top())
            if medoc.id in reached or left < 0:
                break
        if left < 0:
            yield _too_many(index)
            return
        if medoc.id not in reached:
            what = ngettext(
                "none of the {tries} interviews made for it brings this MEDOC to the first place.",
                "none of the {tries} interviews made for it brings this MEDOC into the first {count}.",
                most,
                tries=_TRIES * len(compasses),
            )
            remedy = gettext("Say more precisely whom it is for, or look at boussole coverage COMPASS.")
            yield Finding(("medoc", index), "B513", what, remedy, severity=Severity.NOTE)


def _too_many(index: int) -> Finding:
    what = gettext("there are too many MEDOC to see here which of them reach the top.")
    remedy = gettext("boussole coverage COMPASS looks at every situation.")
    return Finding(("medoc", index), "B519", what, remedy, severity=Severity.NOTE)


def _made_for(medoc: Medoc, compasses: Sequence[Compass]) -> Iterator[tuple[Situation, Compass]]:
    for compass in compasses:
        for situation in interviews(compass, _TRIES, _likes(medoc)):
            yield situation, compass


def _likes(medoc: Medoc) -> Callable[[Question, Option], bool]:
    def likes(question: Question, option: Option) -> bool:
        if question.facet is not None and option.id in medoc.terms_on(question.facet):
            return True
        return any(not terms.isdisjoint(medoc.terms_on(facet)) for facet, terms in option.place.items())

    return likes
