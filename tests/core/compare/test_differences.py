"""What differs between two cases, part by part, and each part applied by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from boussole.core.compare.differences import Case, differences
from boussole.core.compare.partial import NoPlace, PartialChanges
from boussole.core.definitions.catalogue import Caution, Proven
from boussole.core.definitions.compass import Compass, Section
from boussole.core.definitions.conditions import ALWAYS
from support.builders import (
    facet,
    is_,
    make_axis,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_option,
    make_place,
    make_question,
    make_rule,
    make_text,
    question,
)

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue

PROFILE = make_facet("profile", "etat", "medias")


def catalogue(**of_kit: Any) -> Catalogue:  # noqa: ANN401 - as Medoc
    """Return a catalogue of two MEDOC, the one called `kit` as said."""
    return make_catalogue(make_medoc("kit", **of_kit), make_medoc("atlas"), facets=[PROFILE])


def compass(**parts: Any) -> Compass:  # noqa: ANN401 - as make_compass
    """Return a compass of two questions, with other parts."""
    return make_compass(make_question("one"), make_question("two", "scale"), **parts)


def names(before: Compass | Catalogue, after: Compass | Catalogue) -> list[str]:
    """Return the names of what differs between two compasses or two catalogues, each applied by itself."""
    cases = [
        Case(one, catalogue(), {}) if isinstance(one, Compass) else Case(compass(), one, {}) for one in (before, after)
    ]
    between = PartialChanges(*cases)
    for at, one in enumerate(between.differences):
        left = [(other.part, other.after) for other in differences(between.case([at]), cases[1])]
        assert (one.part, one.after) not in left or one.after is None
    return [one.name for one in between.differences]


WHEN = is_(question("one"), "a")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"weights": {"profile": 1}}, {"weights": {"profile": 2, "proven": 1}}, ["weight/profile", "weight/proven"]),
        ({"require": ["kind"]}, {"require": ["profile"]}, ["require/kind", "require/profile"]),
        ({"generic": 400}, {}, ["generic"]),
        ({"sections": {"s": Section("s", make_text("S"), WHEN)}}, {}, ["section/s"]),
        ({"sections": {"s": Section("s", make_text("S"))}}, {}, []),
        ({"axes": [make_axis("x", {"two": 1})]}, {"axes": [make_axis("x", {"two": 2})]}, ["axis/x"]),
        ({"axes": [make_axis("x", {"two": 1})]}, {}, ["axis/x"]),
        (
            {"placements": (make_place(WHEN, profile=["etat"]),)},
            {"placements": (make_place(WHEN, profile=["medias"]), make_place(ALWAYS, profile=["etat"]))},
            ["place/1", "place/2"],
        ),
        ({"rules": (make_rule(WHEN, "kit"),)}, {"rules": (make_rule(WHEN, "kit", why=make_text("?")),)}, []),
        ({"rules": (make_rule(WHEN, "kit"), make_rule(ALWAYS, "kit"))}, {}, ["rule/1/before", "rule/2/before"]),
    ],
)
def test_parts_of_a_compass(before: dict[str, Any], after: dict[str, Any], expected: list[str]) -> None:
    """Weights, requirements, sections, axes, places and rules differ one by one; texts do not count."""
    assert names(compass(**before), compass(**after)) == expected


def test_questions_and_options() -> None:
    """A question differs as a whole where it is new, gone, or of another kind; else by its options."""
    options = [make_option("a", 1), make_option("b", profile=["etat"])]
    before = make_compass(make_question("one", options=options), make_question("two"))
    for question_, expected in [
        (make_question("one", options=[make_option("a", 2), make_option("b", profile=["etat"])]), ["option/one/a"]),
        (make_question("one", options=[make_option("a", 1)]), ["option/one/b"]),
        (make_question("one", options=options, required=False), ["question/one"]),
        (make_question("one", "many", options), ["question/one"]),
        (make_question("one", options=PROFILE), ["question/one"]),
    ]:
        assert names(before, make_compass(question_, make_question("two"))) == expected
    assert names(before, make_compass(make_question("two"))) == ["question/one"]
    asked = list(before.questions.values())
    assert names(before, make_compass(*asked, make_question("three"))) == ["question/three"]
    assert names(before, make_compass(*reversed(asked))) == ["order"]
    assert (
        names(make_compass(make_question("one", options=PROFILE)), make_compass(make_question("one", options=PROFILE)))
        == []
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"suits": {"profile": ["etat"]}}, {}, ["tags/kit/profile"]),
        ({"kind": "donnee"}, {"stage": "agir"}, ["tags/kit/kind", "tags/kit/stage"]),
        ({"proven": Proven(1, 1, 1)}, {}, ["proven/kit"]),
        ({"proven": Proven(1, 0, 0)}, {"proven": Proven(0, 1, 0)}, []),
        ({"avoid": (Caution(is_(facet("profile"), "etat")),)}, {}, ["avoid/kit"]),
        ({"year": 2020}, {"year": 2021}, ["year/kit"]),
        ({"minutes": 20}, {"url": "https://a.example/"}, []),
    ],
)
def test_parts_of_a_medoc(before: dict[str, Any], after: dict[str, Any], expected: list[str]) -> None:
    """Tags facet by facet, what is proven in all, contraindications, the year; nothing that changes no place."""
    assert names(catalogue(**before), catalogue(**after)) == expected


def test_facets_and_medoc() -> None:
    """A facet differs by its terms, whose order counts only where it is ordered; a MEDOC comes or goes."""
    one = make_medoc("kit", suits={"profile": ["etat"]})
    before = make_catalogue(one, facets=[PROFILE])
    turned = make_facet("profile", "medias", "etat")
    assert names(before, make_catalogue(one, facets=[turned])) == []
    assert names(before, make_catalogue(one, facets=[turned._replace(ordered=True)])) == ["facet/profile"]
    assert names(before, make_catalogue(one, make_medoc("new"), facets=[PROFILE])) == ["medoc/new"]
    assert names(make_catalogue(one, make_medoc("old"), facets=[PROFILE]), before) == ["medoc/old"]


def test_what_goes_is_taken_out_of_what_refers_to_it() -> None:
    """A term that is no more is no tag, a MEDOC of a kind that is no more is out, an axis counts what is asked."""
    asked = make_question("one", options=[make_option("a", 1, profile=["etat"])])
    before = Case(
        make_compass(asked, axes=[make_axis("x", {"one": 1}, "profile", etat=0)]),
        make_catalogue(
            make_medoc("kit", suits={"profile": ["etat"]}), make_medoc("old", kind="methode"), facets=[PROFILE]
        ),
        {"one": "a"},
    )
    kinds = make_facet("kind", "outil")
    after = Case(
        make_compass(make_question("two")),
        make_catalogue(make_medoc("kit"), facets=[make_facet("profile", "medias"), kinds]),
        {"one": "a"},
    )
    between = PartialChanges(before, after)
    at = {one.name: place for place, one in enumerate(between.differences)}
    without_terms = between.case([at["facet/profile"], at["facet/kind"]])
    assert list(without_terms.catalogue.medoc) == ["kit"]
    assert without_terms.catalogue.medoc["kit"].suits == {}
    assert without_terms.compass.axes["x"].steps == ()
    assert without_terms.situation().terms == {}
    assert between.case([at["question/one"]]).compass.axes["x"].questions == {}


def test_places_in_a_circle_are_no_definitions() -> None:
    """Two places, each of which is sound with one side, may look at each other: nothing stands anywhere then."""
    one = make_place(is_(facet("stage"), "agir"), profile=["etat"])
    other = make_place(is_(facet("profile"), "etat"), stage=["agir"])
    between = PartialChanges(
        Case(compass(placements=(one,)), catalogue(), {}), Case(compass(placements=(other,)), catalogue(), {})
    )
    added = next(at for at, found in enumerate(between.differences) if found.before is None)
    assert between.place("kit", frozenset({added})) == NoPlace.IMPOSSIBLE
    assert between.first(2, frozenset({added})) is None
    assert between.place("kit", frozenset(range(len(between.differences)))) == 2
