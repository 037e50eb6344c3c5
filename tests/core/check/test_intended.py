"""Holes declared on purpose that are none, where that can be known at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from boussole.core.check.intended import review_intended
from boussole.core.definitions.compass import IntendedHole
from boussole.core.definitions.conditions import ALWAYS
from boussole.vectorized.coverage.survey import survey
from support.builders import make_catalogue, make_compass, make_facet, make_medoc, make_question, make_rule
from support.strategies import catalogues, compasses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.core.definitions.compass import Compass
    from boussole.errors import Keys

PROFILE, LEVEL = make_facet("profile", "etat", "medias"), make_facet("level", "ici", "ailleurs")
MADE = [make_medoc(id_, suits={"profile": ["medias"]}) for id_ in ("a", "b")]
CATALOGUE = make_catalogue(*MADE, make_medoc("c"), facets=[PROFILE, LEVEL])


def compass(*declared: Mapping[str, tuple[str, ...]], **parts: Any) -> Compass:  # noqa: ANN401 - as Compass
    """Return a compass about the profile whose lists have two MEDOC, and holes on purpose."""
    made = make_compass(make_question("profile", options=PROFILE), top=2, **parts)
    holes = ({facet: frozenset(terms) for facet, terms in at.items()} for at in declared)
    return made._replace(intended=tuple(map(IntendedHole, holes)))


def told(of: Compass) -> list[Keys]:
    """Return where something is told."""
    found = list(review_intended(of, CATALOGUE))
    assert {one.code for one in found} <= {"B543"}
    return [one.keys for one in found]


def test_enough_is_made_for_it() -> None:
    """As many as a list has: it is no hole; one less, and it is."""
    assert told(compass({"profile": ("etat",)}, {"profile": ("medias",)}, {"profile": ("etat", "medias")})) == [
        ("intended", 1)
    ]


def test_nobody_stands_there() -> None:
    """No question, axis or place leads to the facet."""
    assert told(compass({"level": ("ici",)})) == [("intended", 0, "at", "level")]


def test_what_may_be_left_out_is_not_counted_on() -> None:
    """A rule may leave one out, or what is required where nothing is said of it."""
    assert told(compass({"profile": ("medias",)}, rules=(make_rule(ALWAYS, "a", exclude=True),))) == []
    assert told(compass({"profile": ("medias",)}, require=("profile",))) == [("intended", 0)]
    assert told(compass({"profile": ("medias",)}, require=("profile",), generic=0)) == []


def test_what_has_very_many_combinations_is_left_to_coverage() -> None:
    """Nothing is said of it here."""
    large = [make_facet(f"f{place}", *"abcdefgh") for place in range(3)]
    catalogue = make_catalogue(
        *(make_medoc(id_, suits={f.id: list("abcdefgh") for f in large}) for id_ in "xy"), facets=large
    )
    asked = make_compass(*(make_question(one.id, options=one) for one in large), top=1)
    hole = IntendedHole({one.id: frozenset("abcdefgh") for one in large})
    assert list(review_intended(asked._replace(intended=(hole,)), catalogue)) == []


@settings(deadline=None)
@given(st.data())
def test_what_is_said_to_be_no_hole_is_none_for_coverage(data: st.DataObject) -> None:
    """Whatever the compass and the catalogue: no cell of it is one, for as many as a list has."""
    catalogue = data.draw(catalogues(bounded=True))
    drawn = data.draw(compasses(catalogue, bounded=True))
    by = tuple(data.draw(st.lists(st.sampled_from(sorted(catalogue.facets)), unique=True, min_size=1, max_size=2)))
    at = {
        id_: frozenset(data.draw(st.sets(st.sampled_from(sorted(catalogue.facets[id_].terms)), min_size=1)))
        for id_ in by
    }
    drawn = drawn._replace(
        intended=(IntendedHole(at),), weighting=drawn.weighting._replace(top=data.draw(st.integers(1, 2)))
    )
    if list(review_intended(drawn, catalogue)):
        found = survey(drawn, catalogue, by, at_least=drawn.weighting.top)
        assert not [cell for cell in found.cells if found.declared(cell) is not None]
