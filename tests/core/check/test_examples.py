"""Whether a worked example got what its author expected."""

from __future__ import annotations

import pytest

from boussole.core.check.examples import failed_expectations
from boussole.core.definitions.compass import Example, Expectation
from boussole.core.definitions.conditions import ALWAYS
from support.builders import (
    is_,
    make_axis,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_question,
    make_rule,
    question,
)

PROFILE = make_facet("profile", "etat", "medias")
CATALOGUE = make_catalogue(*(make_medoc(id_) for id_ in ("a", "b", "c", "d")), facets=[PROFILE])
COMPASS = make_compass(
    make_question("profile", options=PROFILE, required=False),
    make_question("scale", "scale", required=False),
    axes=[make_axis("x", {"scale": 1})],
    rules=(
        *(make_rule(ALWAYS, id_, points=points) for id_, points in (("a", 9), ("b", 8), ("c", 7))),
        make_rule(is_(question("profile"), "etat"), "d", exclude=True),
    ),
    top=3,
)
HELD = [
    Expectation(),
    Expectation(first="a", includes=("a", "b", "c"), excludes=("d",)),
    Expectation(top=1, includes=("a",), excludes=("b", "c", "d")),
    Expectation(places={"profile": frozenset({"etat"})}, axes={"x": 66}),
]
MISSED = [
    (Expectation(first="b"), "expected “b” first, found “a”."),
    (Expectation(includes=("d",)), "“d” is left out, and expected in the first 3."),
    (Expectation(top=2, includes=("c",)), "“c” comes 3, and is expected in the first 2."),
    (Expectation(excludes=("c",)), "“c” comes 3, and is not expected in the first 3."),
    (Expectation(places={"profile": frozenset({"medias"})}), "profile: expected medias, found etat."),
    (Expectation(places={"stage": frozenset({"agir"})}), "stage: expected agir, found nothing."),
    (Expectation(axes={"x": 67}), "x: expected 67, found 66."),
]


@pytest.mark.parametrize("expect", HELD)
def test_an_example_that_holds(expect: Expectation) -> None:
    """Says nothing: first, included in the top, excluded from it (left out or further down), places, axes."""
    assert failed_expectations(COMPASS, CATALOGUE, Example({"profile": "etat", "scale": 2}, expect)) == []


@pytest.mark.parametrize(("expect", "said"), MISSED)
def test_an_example_that_does_not_hold(expect: Expectation, said: str) -> None:
    """Says what was expected and what was found."""
    told = failed_expectations(COMPASS, CATALOGUE, Example({"profile": "etat", "scale": 2}, expect))
    assert [one.in_("en") for one in told] == [said]


def test_an_axis_without_a_value() -> None:
    """Is nothing, and an empty ranking has no first."""
    told = failed_expectations(
        make_compass(axes=COMPASS.axes.values()), make_catalogue(), Example({}, Expectation(first="a", axes={"x": 0}))
    )
    assert [one.in_("en") for one in told] == ["x: expected 0, found nothing.", "expected “a” first, found “”."]
