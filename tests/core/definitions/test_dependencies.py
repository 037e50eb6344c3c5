"""Which questions feed which facets and axes."""

from __future__ import annotations

from boussole.core.definitions.compass import Section
from boussole.core.definitions.conditions import ALWAYS, Between, Every
from boussole.core.definitions.dependencies import Dependencies, presence
from support.builders import (
    axis,
    facet,
    is_,
    make_axis,
    make_compass,
    make_facet,
    make_option,
    make_place,
    make_question,
    make_text,
    question,
)

LEVEL = make_facet("level", "local", "national")


def test_a_question_is_asked_when_its_section_and_its_own_condition_say_so() -> None:
    """Whichever of them is left out adds nothing."""
    in_section, own = is_(question("a"), "x"), is_(question("a"), "y")
    compass = make_compass(
        make_question("none"),
        make_question("own", when=own),
        make_question("section", section="s"),
        make_question("both", section="s", when=own),
        make_question("quiet", section="t", when=own),
        sections={"s": Section("s", make_text("S"), in_section), "t": Section("t", make_text("T"))},
    )
    assert {id_: presence(compass, one) for id_, one in compass.questions.items()} == {
        "none": ALWAYS,
        "own": own,
        "section": in_section,
        "both": Every((in_section, own)),
        "quiet": own,
    }


def test_everything_that_feeds_a_subject_is_found() -> None:
    """A facet is fed by its questions, options, axes and places, not by what decides whether they are asked."""
    compass = make_compass(
        make_question("root"),
        make_question("level", options=LEVEL, when=is_(question("root"), "a")),
        make_question("placed", options=[make_option("o", 1, level=["local"])]),
        make_question("on-axis", "scale"),
        make_question("in-place", "number"),
        make_question("apart"),
        axes=[make_axis("x", {"on-axis": 1}, "level"), make_axis("alone", {"apart": 1})],
        placements=(make_place(Between(question("in-place"), 1), level=["local"]),),
    )
    dependencies = Dependencies(compass)
    assert dependencies.questions([facet("level")]) == {"level", "placed", "on-axis", "in-place"}
    assert dependencies.questions([axis("alone")]) == {"apart"}
    assert dependencies.questions([question("root"), facet("never-fed")]) == {"root"}


def test_what_is_reached_by_two_ways_counts_once() -> None:
    """Two axes that share a question."""
    compass = make_compass(
        make_question("shared", "scale"),
        make_question("own", "scale"),
        axes=[make_axis("x", {"shared": 1}), make_axis("y", {"shared": 1, "own": 1})],
    )
    assert Dependencies(compass).questions([axis("x"), axis("y"), axis("x")]) == {"shared", "own"}


def test_a_circle_of_places_is_found() -> None:
    """From each of its facets, not from one that only leads into it."""
    compass = make_compass(
        placements=(
            make_place(is_(facet("b"), "x"), a=["x"]),
            make_place(is_(facet("a"), "x"), b=["x"]),
            make_place(is_(facet("a"), "x"), c=["x"]),
        )
    )
    dependencies = Dependencies(compass)
    assert dependencies.circle(facet("a")) == [facet("a"), facet("b")]
    assert dependencies.circle(facet("b")) == [facet("b"), facet("a")]
    assert dependencies.circle(facet("c")) is None
