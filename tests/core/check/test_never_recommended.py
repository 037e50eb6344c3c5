"""Which MEDOC reach the top, which questions change anything, and the interviews by chance that tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from boussole.core.answers.accepting import accepted
from boussole.core.check import never_recommended as module
from boussole.core.check.coverage import Coverage, NoEffect, Presence
from boussole.core.check.never_recommended import review_never_recommended
from boussole.core.check.no_effect import questions_without_effect
from boussole.core.definitions.catalogue import Caution
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.explore.sampling import interviews, random_answers
from boussole.errors import Severity
from support.builders import (
    axis,
    facet,
    is_,
    make_axis,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_option,
    make_question,
    make_rule,
    question,
)
from support.strategies import catalogues, compasses

if TYPE_CHECKING:
    import pytest

    from boussole.core.definitions.catalogue import Medoc

PROFILE = make_facet("profile", "a", "b", "c")


@settings(deadline=None)
@given(st.data())
def test_interviews_by_chance_are_possible_and_always_the_same(data: st.DataObject) -> None:
    """Every sheet is accepted by the compass, and misses nothing."""
    compass = data.draw(compasses(data.draw(catalogues(bounded=True)), bounded=True))
    drawn = list(random_answers(compass, 5))
    assert all(accepted(compass, answers) == answers for answers in drawn)
    assert all(situation.missing == () for situation in interviews(compass, 5))
    assert list(random_answers(compass, 5)) == drawn


def test_what_is_superseded_is_not_looked_for() -> None:
    """It is left out of every ranking, as its author wanted: that it reaches no top is no news."""
    old, new = make_medoc("old", superseded_by="new"), make_medoc("new")
    compass = make_compass(make_question("one", "one", PROFILE))
    assert list(review_never_recommended(make_catalogue(old, new, facets=[PROFILE]), [compass])) == []


def test_what_is_liked_is_chosen() -> None:
    """In a `one` always; in a `many` first, and no more than it takes."""
    compass = make_compass(
        make_question("one", "one", PROFILE),
        make_question("many", "many", PROFILE, most=2),
        make_question("two", "many", PROFILE, least=2),
    )
    for answers in random_answers(compass, 30, lambda _, option: option.id == "b"):
        assert answers.get("one") == "b"
        assert "b" in str(answers.get("many"))
        assert "b" in str(answers.get("two"))


def test_a_question_of_which_only_one_option_can_stand_alone() -> None:
    """Where too few can be chosen together, the one that stands alone is."""
    options = [make_option("x"), make_option("rien", alone=True)]
    compass = make_compass(make_question("q", "many", options, least=2))
    assert {answers.get("q") for answers in random_answers(compass, 20)} == {("rien",)}


def crowd(*medoc: Medoc) -> list[Medoc]:
    """Return MEDOC with two that always come before them."""
    return [make_medoc("first", suits={"profile": ["a"]}), make_medoc("second", suits={"profile": ["b"]}), *medoc]


def test_a_medoc_that_nobody_gets_first() -> None:
    """One that suits all loses to those made for somebody, except where nobody else is."""
    compass = make_compass(
        make_question("profile", "one", make_facet("profile", "a", "b")), top=1, weights={"profile": 1}
    )
    catalogue = make_catalogue(*crowd(make_medoc("general")), facets=[make_facet("profile", "a", "b")])
    (found,) = review_never_recommended(catalogue, [compass])
    assert (found.code, found.keys, found.severity) == ("B513", ("medoc", 2), Severity.NOTE)
    assert "first place" in found.what.in_("en")
    assert (
        list(
            review_never_recommended(
                catalogue, [compass, compass._replace(weighting=compass.weighting._replace(top=2))]
            )
        )
        == []
    )
    assert list(review_never_recommended(catalogue, [])) == []


def test_an_option_that_places_is_liked_too() -> None:
    """A MEDOC is looked for where options place people at what it is made for."""
    options = [make_option("x"), make_option("y", profile=["c"])]
    compass = make_compass(make_question("q", "one", options), top=1, weights={"profile": 1})
    catalogue = make_catalogue(make_medoc("a"), make_medoc("for-c", suits={"profile": ["c"]}), facets=[PROFILE])
    assert list(review_never_recommended(catalogue, [compass])) == []


def test_too_many_medoc_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """One note, with the command that looks at everything: at once, or where the trying ended."""
    never = [make_medoc(f"n{place}", avoid=(Caution(ALWAYS),)) for place in range(4)]
    monkeypatch.setattr(module, "_MOST_SCORED", 100)
    ended = review_never_recommended(make_catalogue(*never), [make_compass(top=5), make_compass(top=1)])
    assert [(one.code, one.keys) for one in ended] == [("B513", ("medoc", 0)), ("B519", ("medoc", 1))]
    monkeypatch.setattr(module, "_MOST_SCORED", 2)
    catalogue = make_catalogue(*crowd(make_medoc("general")), facets=[PROFILE])
    compass = make_compass(make_question("profile", "one", PROFILE), top=1, weights={"profile": 1})
    (found,) = review_never_recommended(catalogue, [compass])
    assert (found.code, found.severity) == ("B519", Severity.NOTE)
    assert found.remedy is not None
    assert "boussole coverage" in found.remedy.in_("en")


def test_questions_that_change_nothing() -> None:
    """Proved where nothing looks at them; only seen where something does. Free texts are not spoken of."""
    catalogue = make_catalogue(
        make_medoc("x", suits={"profile": ["a"]}), make_medoc("y"), make_medoc("z"), facets=[PROFILE]
    )
    compass = make_compass(
        make_question("profile", "one", PROFILE),
        make_question("idle"),
        make_question("scale", "scale"),
        make_question("number", "number", most=9),
        make_question("text", "text", required=False),
        make_question("many", "many"),
        make_question("hidden", when=is_(question("profile"), "nobody")),
        axes=[make_axis("progress", {"scale": 1})],
        weights={"profile": 1},
        rules=(
            make_rule(is_(axis("progress"), 100), "z", points=900),  # type: ignore[arg-type]
            make_rule(is_(question("number"), 9), "y", points=900),  # type: ignore[arg-type]
            make_rule(is_(question("text"), "…"), "y", points=0),
            make_rule(is_(question("many"), "b"), "y", points=0),
            make_rule(is_(question("hidden"), "a"), "y", points=900),
            make_rule(is_(facet("profile"), "a"), "y", points=1),
        ),
        top=3,
    )
    assert questions_without_effect(compass, catalogue) == (
        NoEffect("idle", proved=True),
        NoEffect("many", proved=False),
        NoEffect("hidden", proved=False),
    )


def test_a_contraindication_looks_at_what_it_depends_on() -> None:
    """A question that only an `avoid` needs changes the list."""
    from boussole.core.definitions.catalogue import Caution

    medoc = make_medoc("x", avoid=(Caution(is_(facet("profile"), "a")),))
    compass = make_compass(make_question("profile", "one", PROFILE))
    assert questions_without_effect(compass, make_catalogue(medoc, facets=[PROFILE])) == ()


def test_what_is_never_there_and_what_is_everywhere() -> None:
    """Never: in no top. Everywhere: in half of the tops or more, the most frequent first."""
    presence = {"a": Presence(0, 0), "b": Presence(5, 0), "c": Presence(9, 9), "d": Presence(4, 0)}
    found = Coverage(make_compass(), make_catalogue(), (), 3, 1, 10, 10, (), presence, (), 0, 0, 0)
    assert (found.never(), found.everywhere()) == (("a",), ("c", "b"))
