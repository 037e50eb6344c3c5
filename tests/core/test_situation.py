"""From answers to where somebody stands: the path, terms, axes, what is to be found out."""

from __future__ import annotations

from boussole.core.answers.answers import Answers
from boussole.core.definitions.compass import Section
from boussole.core.definitions.conditions import AnyOf, Between, Every, Not, Some
from boussole.core.definitions.text import Text
from boussole.core.situation import axis_value, situate
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
    situated,
)

LEVEL = make_facet("level", "local", "regional", "national", ordered=True)
PROFILE = make_facet("profile", "etat", "medias", "citoyens")


def test_the_path_holds_the_questions_whose_condition_holds() -> None:
    """In the order of the file; the required ones without an answer are missing."""
    compass = make_compass(
        make_question("first", options=("a", "b")),
        make_question("if-a", when=is_(question("first"), "a")),
        make_question("if-not-a", when=Not(is_(question("first"), "a")), required=False),
        make_question("last"),
    )
    nobody = situate(compass, Answers())
    assert nobody.path == ("first", "if-not-a", "last")
    assert nobody.missing == ("first", "last")
    assert situated(compass, first="a").path == ("first", "if-a", "last")
    assert situated(compass, first="a").missing == ("if-a", "last")


def test_the_condition_of_a_section_holds_together_with_that_of_the_question() -> None:
    """Both must hold."""
    compass = make_compass(
        make_question("one"),
        make_question("two", section="s"),
        make_question("three", section="s", when=is_(question("two"), "a")),
        sections={"s": Section("s", Text({"fr": "S"}, "fr"), is_(question("one"), "a"))},
    )
    assert situated(compass, one="b", two="a").path == ("one",)
    assert situated(compass, one="a", two="b").path == ("one", "two")
    assert situated(compass, one="a", two="a").path == ("one", "two", "three")


def test_a_section_that_is_never_asked() -> None:
    """Any of nothing never holds, and all of nothing always does."""
    compass = make_compass(
        make_question("one", section="never"),
        make_question("two", section="always", when=Some(())),
        make_question("three", section="always", when=Every(())),
        sections={"never": Section("never", make_text("N"), Some(())), "always": Section("always", make_text("A"))},
    )
    assert situated(compass).path == ("three",)


def test_answers_off_the_path_influence_nothing() -> None:
    """Neither terms, nor axes, nor conditions, nor what is to be found out."""
    compass = make_compass(
        make_question("gate"),
        make_question("hidden", options=PROFILE, when=is_(question("gate"), "a")),
        make_question("inner", "scale", when=is_(question("gate"), "a"), required=False),
        make_question("after", when=is_(question("hidden"), "etat")),
        make_question("known", "scale"),
        axes=[make_axis("x", {"inner": 1, "known": 1})],
        placements=(make_place(is_(question("hidden"), "etat"), level=["local"]),),
    )
    answers = {"hidden": "etat", "inner": "?", "after": "a", "known": 3}
    off = situated(compass, gate="b", **answers)
    assert (off.path, off.answers) == (("gate", "known"), {"gate": "b", "known": 3})
    assert (off.terms, off.axes, off.to_find_out) == ({}, {"x": 100}, ())
    on = situated(compass, gate="a", **answers)
    assert on.path == ("gate", "hidden", "inner", "after", "known")
    assert on.terms == {"profile": {"etat"}, "level": {"local"}}
    assert (on.axes, on.to_find_out) == ({"x": 50}, ("inner",))


def test_the_four_ways_of_being_placed_add_up() -> None:
    """By a question's facet, an option's place, an axis' step and a `[[place]]`."""
    compass = make_compass(
        make_question("level", "many", LEVEL),
        make_question("size", options=[make_option("big", 1, level=["national"]), make_option("small", 0)]),
        make_question("people", "number"),
        axes=[make_axis("growth", {"size": 1}, "level", regional=0)],
        placements=(make_place(Between(question("people"), None, 100), level=["local"], profile=["citoyens"]),),
    )
    assert situated(compass, level=["regional"]).terms == {"level": {"regional"}}
    assert situated(compass, size="big").terms == {"level": {"national", "regional"}}
    assert situated(compass, size="small").terms == {"level": {"regional"}}
    assert situated(compass, people=101).terms == {}
    everything = situated(compass, level=["local"], size="big", people=100)
    assert everything.terms == {"level": {"local", "regional", "national"}, "profile": {"citoyens"}}
    assert list(everything.terms) == ["level", "profile"]


def test_not_knowing_places_nothing() -> None:
    """« ? » is listed as to be found out; so is nothing answered as an empty `many` placed nowhere."""
    compass = make_compass(
        make_question("profile", options=PROFILE, required=False), make_question("level", "many", LEVEL, least=0)
    )
    situation = situated(compass, profile="?", level=[])
    assert situation.terms == {}
    assert situation.to_find_out == ("profile",)
    assert situation.missing == ()


def test_a_step_is_the_last_whose_start_is_reached() -> None:
    """Bounds included; below the first, the axis places nothing."""
    compass = make_compass(
        make_question("q", "scale", required=False),
        axes=[make_axis("x", {"q": 1}, "level", local=33, regional=34, national=100)],
    )
    assert situated(compass, q=0).terms == {}
    assert situated(compass, q=1).terms == {"level": {"local"}}
    assert situated(compass, q=2).terms == {"level": {"regional"}}
    assert situated(compass, q=3).terms == {"level": {"national"}}
    assert situated(compass).axes == {}


def test_an_axis_is_a_floor_in_exact_arithmetic() -> None:
    """100 × (1/3 × 2 + 2/3 × 1 + 1 × 3) / 6 = 100 × (13/3) / 6 = 72.2…, so 72."""
    compass = make_compass(
        make_question("a", options={"x": 1, "y": 3}),
        make_question("b", "scale"),
        make_question("c", "yes-no"),
        axes=[make_axis("x", {"a": 2, "b": 1, "c": 3})],
    )
    assert situated(compass, a="x", b=2, c="yes").axes == {"x": 72}


def test_an_axis_does_not_lose_a_point_to_rounding() -> None:
    """Where floating point would say 28.999…, the exact value is 29; three thirds are 100."""
    options = {"x": 29, "y": 100}
    compass = make_compass(make_question("a", options=options), axes=[make_axis("x", {"a": 1})])
    assert situated(compass, a="x").axes == {"x": 29}
    thirds = make_compass(
        *(make_question(q, options={"x": 1, "y": 3}) for q in "abc"), axes=[make_axis("x", {"a": 7, "b": 7, "c": 7})]
    )
    assert situated(thirds, a="x", b="x", c="x").axes == {"x": 33}
    assert situated(thirds, a="y", b="y", c="y").axes == {"x": 100}


def test_a_many_counts_the_sum_of_its_choices_against_its_highest() -> None:
    """With `max = 2` of 3, 2 and 1 the highest is 5: 3 + 1 is 80."""
    many = make_question("m", "many", {"a": 3, "b": 2, "c": 1}, least=0, most=2, required=False)
    compass = make_compass(many, axes=[make_axis("x", {"m": 1})])
    assert situated(compass, m=["a", "c"]).axes == {"x": 80}
    assert situated(compass, m=["a", "b"]).axes == {"x": 100}
    assert situated(compass, m=[]).axes == {"x": 0}
    assert situated(compass, m="?").axes == {"x": 0}


def test_an_axis_ignores_what_has_no_points() -> None:
    """Neither the points nor the weight of the question count; with nothing counted there is no value."""
    compass = make_compass(
        make_question("a", options={"x": None, "y": 4}),
        make_question("b", "scale"),
        axes=[make_axis("x", {"a": 9, "b": 1}, "level", local=0)],
    )
    assert situated(compass, a="x", b=1).axes == {"x": 33}
    assert situated(compass, a="x").axes == {}
    assert situated(compass, a="x").terms == {}


def test_not_knowing_counts_as_the_lowest_points_on_an_axis() -> None:
    """« ? » to a `one` worth 1 to 4 is 1 of 4: 25, and its weight counts."""
    compass = make_compass(
        make_question("a", options={"x": 1, "y": 4, "z": None}, required=False),
        make_question("b", "scale"),
        axes=[make_axis("x", {"a": 1, "b": 1})],
    )
    assert situated(compass, a="?").axes == {"x": 25}
    assert situated(compass, a="?", b=3).axes == {"x": 62}
    assert axis_value(compass, compass.axes["x"], {}) is None


def test_conditions_look_at_axes_and_facets() -> None:
    """A question may be asked because of a position that earlier answers decided."""
    compass = make_compass(
        make_question("q", "scale"),
        make_question("who", options=PROFILE),
        make_question("if-high", when=Between(axis("x"), 50)),
        make_question("if-etat", when=is_(facet("profile"), "etat")),
        make_question("if-equal", when=AnyOf(axis("x"), frozenset({66}))),
        axes=[make_axis("x", {"q": 1})],
    )
    assert situated(compass, q=1, who="medias").path == ("q", "who")
    assert situated(compass, q=2, who="etat").path == ("q", "who", "if-high", "if-etat", "if-equal")
    assert situated(compass).path == ("q", "who")


def test_a_place_may_look_at_another_facet() -> None:
    """As long as they do not go in a circle."""
    compass = make_compass(
        make_question("profile", options=PROFILE),
        placements=(
            make_place(is_(facet("level"), "local"), stage=["agir"]),
            make_place(is_(facet("profile"), "citoyens"), level=["local"]),
        ),
    )
    assert situated(compass, profile="citoyens").terms == {
        "level": {"local"},
        "profile": {"citoyens"},
        "stage": {"agir"},
    }


def test_a_situation_shows_conditions_what_is_held() -> None:
    """Words for choices and terms, a number for an axis, a scale or a number; None for what is not known."""
    compass = make_compass(
        make_question("profile", options=PROFILE),
        make_question("many", "many"),
        make_question("q", "scale", required=False),
        make_question("name", "text"),
        axes=[make_axis("x", {"q": 1})],
    )
    situation = situated(compass, profile="etat", many=["a", "b"], q=3, name="Nous")
    assert situation.held(question("profile")) == frozenset({"etat"})
    assert situation.held(question("many")) == frozenset({"a", "b"})
    assert situation.held(question("q")) == 3
    assert situation.held(question("name")) is not None
    assert situation.held(axis("x")) == 100
    assert situation.held(facet("profile")) == frozenset({"etat"})
    assert situation.held(facet("level")) is None
    assert situated(compass, q="?").held(question("q")) is None
    assert situated(compass).held(axis("x")) is None
