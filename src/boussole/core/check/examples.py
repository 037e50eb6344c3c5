"""Worked examples: whether a compass gives what its author reasoned it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.answers.answers import Answers
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.i18n import Listing, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Example
    from boussole.core.situation import Situation
    from boussole.i18n import Message


def failed_expectations(compass: Compass, catalogue: Catalogue, example: Example) -> list[Message]:
    """Return what an example expects and does not get, a sentence each; none when it holds."""
    situation = situate(compass, Answers.given(example.answers))
    ranking = rank(compass, catalogue, situation)
    places = {item.medoc.id: index for index, item in enumerate(ranking.recommendations, start=1)}
    return [*_in_situation(example, situation), *_in_ranking(example, places, compass.weighting.top)]


def _in_situation(example: Example, situation: Situation) -> Iterator[Message]:
    for facet, expected in sorted(example.expect.places.items()):
        found = situation.terms.get(facet, frozenset())
        if found != expected:
            yield gettext(
                "{subject}: expected {expected}, found {found}.",
                subject=facet,
                expected=Listing(sorted(expected)),
                found=Listing(sorted(found)) if found else gettext("nothing"),
            )
    for axis, value in sorted(example.expect.axes.items()):
        reached = situation.axes.get(axis)
        if reached != value:
            yield gettext(
                "{subject}: expected {expected}, found {found}.",
                subject=axis,
                expected=value,
                found=gettext("nothing") if reached is None else reached,
            )


def _in_ranking(example: Example, places: dict[str, int], usual_top: int) -> Iterator[Message]:
    expect = example.expect
    top = usual_top if expect.top is None else expect.top
    first = next(iter(places), None)
    if expect.first is not None and first != expect.first:
        yield gettext("expected “{expected}” first, found “{found}”.", expected=expect.first, found=first or "")
    for id_ in expect.includes:
        place = places.get(id_)
        if place is None:
            yield gettext("“{id}” is left out, and expected in the first {top}.", id=id_, top=top)
        elif place > top:
            yield gettext("“{id}” comes {place}, and is expected in the first {top}.", id=id_, place=place, top=top)
    for id_ in expect.excludes:
        if places.get(id_, top + 1) <= top:
            yield gettext(
                "“{id}” comes {place}, and is not expected in the first {top}.", id=id_, place=places[id_], top=top
            )
