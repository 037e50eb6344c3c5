"""What moved between two rankings."""

from __future__ import annotations

from boussole.core.compare.moves import rank_changes
from support.builders import (
    is_,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_question,
    make_rule,
    question,
    ranked,
)

PROFILES = make_facet("profile", "etat", "medias")
CATALOGUE = make_catalogue(
    make_medoc("atlas", suits={"profile": ["etat"]}),
    make_medoc("bd", suits={"profile": ["medias"]}),
    make_medoc("charte", year=2018),
    make_medoc("dico", year=2017),
    facets=[PROFILES],
)
COMPASS = make_compass(
    make_question("profile", "one", PROFILES),
    make_question("other"),
    weights={"profile": 1},
    require=["profile"],
    rules=(make_rule(is_(question("other"), "b"), "dico", points=900),),
)


def test_places_before_and_after() -> None:
    """Each of the top with both places, None where it was left out; then those that are gone, where they are now."""
    found = rank_changes(
        ranked(COMPASS, CATALOGUE, profile="etat"), ranked(COMPASS, CATALOGUE, profile="medias", other="b"), 2
    )
    assert [(one.medoc.id, one.before, one.after) for one in found.now] == [("dico", 3, 1), ("bd", None, 2)]
    assert [(one.medoc.id, one.before, one.after) for one in found.gone] == [("atlas", 1, None), ("charte", 2, 3)]
    assert [found.new(one) for one in found.now] == [True, True]
    assert not found.same


def test_the_same_top() -> None:
    """A top of the same MEDOC in the same order did not move, whatever moved below; another order did."""
    before = ranked(COMPASS, CATALOGUE, profile="etat")
    assert rank_changes(before, before, 4).same
    after = ranked(COMPASS, CATALOGUE, profile="etat", other="b")
    assert not rank_changes(before, after, 3).same
    assert not rank_changes(before, after, 3).gone
    assert not any(rank_changes(before, after, 3).new(one) for one in rank_changes(before, after, 3).now)
