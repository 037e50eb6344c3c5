"""The other answers that a question could get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import accept
from boussole.core.definitions.compass import UNKNOWN, WRITTEN, Question, Section
from boussole.core.definitions.conditions import AllOf, Answered, AnyOf, Between, Not
from boussole.core.explore.answer_classes import Observed
from boussole.core.why import alternatives as module
from boussole.core.why.alternatives import all_alternatives, alternatives, observed
from support.builders import (
    is_,
    make_axis,
    make_compass,
    make_facet,
    make_option,
    make_place,
    make_question,
    make_rule,
    make_text,
    question,
)
from support.interviews import accepted_by
from support.strategies import catalogues, compasses

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Value

Q = question("q")
NOTHING = Observed()


def values(one: Question, present: Value | None = None, interest: Observed = NOTHING) -> list[Value]:
    """Return the other answers, all of them expected to be there."""
    others = alternatives(one, present, interest)
    assert others.whole
    return list(others.values)


def test_one_option_or_another() -> None:
    """The other options in their order, and "?" where it is allowed; all of them where there is no answer yet."""
    assert values(make_question("q"), "b") == ["a", "c"]
    assert values(make_question("q", required=False)) == ["a", "b", "c", UNKNOWN]
    assert values(make_question("q", required=False), UNKNOWN) == ["a", "b", "c"]
    assert values(make_question("q", "yes-no"), "yes") == ["no"]
    assert values(make_question("q", "scale"), 1) == [0, 2, 3]


def test_every_set_of_options() -> None:
    """Within the bounds, what differs least first, then by the order of the options; those that exclude, alone."""
    several = make_question("q", "many", ["a", "b", "c"], most=2)
    assert values(several, ("a",)) == [("a", "b"), ("a", "c"), ("b",), ("c",), ("b", "c")]
    assert values(several) == [("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c")]
    none = make_option("none", alone=True)
    free = make_question("q", "many", [make_option("a"), make_option("b"), none], least=0, required=False)
    assert values(free, UNKNOWN) == [(), ("a",), ("b",), ("none",), ("a", "b")]
    assert values(free, ("a",)) == [(), ("a", "b"), ("b",), ("none",), UNKNOWN]


WIDE = [f"o{number:02}" for number in range(14)]


def test_one_set_of_each_kind() -> None:
    """Where there are too many sets, one of each kind that conditions, points and places tell apart."""
    options = [make_option(one, 1 if one == "o03" else None) for one in WIDE]
    options[5] = make_option("o05", profile=["etat"])
    wide = make_question("q", "many", options)
    interest = Observed((AnyOf(Q, frozenset(("o00",))), Between(Q, 3)), counted=True, facets={"profile": None})
    found = values(wide, ("o00", "o03"), interest)
    kinds = {("o00" in one, len(one) >= 3, "o03" in one, "o05" in one) for one in found if isinstance(one, tuple)}
    assert len(found) == len(kinds)
    possible = {
        (first, many, points, place)
        for first in (True, False)
        for many in (True, False)
        for points in (True, False)
        for place in (True, False)
        if many or first + points + place <= 2
    }
    assert kinds == possible - {(True, False, True, False)}
    about = make_question("q", "many", make_facet("profile", *WIDE), required=False)
    seen = Observed((AllOf(Q, frozenset(("o01",))),))
    assert len(values(about, UNKNOWN, seen)) == 2


def test_too_many_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where even the kinds are too many, the sets that add, take away or replace one option; and it is said."""
    none = make_option("none", alone=True)
    profile = make_facet("profile", *WIDE)
    wide = make_question("q", "many", [*(make_option(one) for one in WIDE), none], facet=profile.id, least=1, most=9)
    interest = Observed(facets={"profile": None})
    for _ in range(2):
        others = alternatives(wide, ("o01",), interest)
        assert not others.whole
        assert others.values == (
            *[tuple(sorted(("o01", one))) for one in WIDE if one != "o01"][:1],
            *[("o01", one) for one in WIDE[2:]],
            *[(one,) for one in WIDE if one != "o01"],
            ("none",),
        )
        monkeypatch.setattr(module, "_CASES", 10)  # counted first, then not even counted to the end
    from_none = alternatives(wide, ("none",), interest)
    assert from_none.values == tuple((one,) for one in WIDE)
    assert not alternatives(wide, None, interest).whole


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        (1500, [2000, 10_000]),
        (5000, [1999, 10_000]),
        (20_000, [1999, 9999]),
        (None, [2000, 10_000]),
        (UNKNOWN, [2000, 10_000]),
    ],
)
def test_numbers_stand_for_their_kind(present: Value | None, expected: list[int]) -> None:
    """Of each other kind, the number that is nearest to the present one; what nothing tells from no answer is none."""
    number = make_question("q", "number", least=1, most=90_000)
    interest = Observed((Between(Q, 2000, 9999), Between(Q, 10_000)))
    assert values(number, present, interest) == expected


def test_numbers_without_bounds() -> None:
    """Bounds may be missing, kinds may lie on both sides of another, and the author's proposal says where to look."""
    number = make_question("q", "number")
    five = Observed((AnyOf(Q, frozenset((5,))),))
    assert values(number, 9, five) == [5]
    assert values(number, 5, five) == [4]
    assert values(number, None, five) == [5]
    assert values(number._replace(default=7), None, Observed((Between(Q, 3), Answered(Q)))) == [2, 7]
    assert values(number, None, Observed((Answered(Q),))) == [0]
    assert values(number, None) == []
    assert values(number._replace(most=3), 2, Observed((Between(Q, 3), Between(Q, 9)))) == [3]
    assert values(number._replace(least=3), 4, Observed((Between(Q, None, 1), Between(Q, 3, 3)))) == [3]


def test_texts_differ_only_by_being_there() -> None:
    """A text matters where it is asked about whether there is one."""
    text = make_question("q", "text", required=False)
    assert values(text, None, Observed((Answered(Q),))) == ["…", UNKNOWN]
    assert values(text, "mine", Observed((Answered(Q),))) == [UNKNOWN]
    assert values(text, None) == [UNKNOWN]


def test_what_is_looked_at() -> None:
    """Conditions of questions, sections, places and rules, axes and facets: by the question they look at."""
    profile = make_facet("profile", "etat", "medias")
    compass = make_compass(
        make_question("a", "one", profile),
        make_question("b", when=is_(question("a"), "etat"), section="s"),
        make_question("c", "many", [make_option("x", 1, level=["local"])]),
        sections={"s": Section("s", make_text("Section"), Not(is_(question("a"), "medias")))},
        axes=[make_axis("axis", {"c": 1})],
        placements=(make_place(is_(question("b"), "a"), level=["local"]),),
        rules=(make_rule(is_(question("a"), "etat"), "kit", points=1),),
    )
    seen = observed(compass)
    assert [len(one.leaves) for one in seen.values()] == [3, 1, 0]
    assert [one.counted for one in seen.values()] == [False, False, True]
    assert [dict(one.facets) for one in seen.values()] == [{"profile": None}, {}, {"level": None}]
    assert {id_: one.values for id_, one in all_alternatives(compass, {"a": "etat"}).items()} == {
        "a": ("medias",),
        "b": ("a", "b", "c"),
        "c": (("x",),),
    }


@given(st.data())
def test_other_answers_are_accepted_and_complete(data: st.DataObject) -> None:
    """All are accepted, none is the present one or comes twice; all answers are there, or one of their kind."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    seen = observed(compass)
    for one in compass.questions.values():
        present = data.draw(st.none() | st.sampled_from(accepted_by(one)))
        others = alternatives(one, present, seen[one.id])
        assert others.whole
        found = list(others.values)
        assert [accept(one, value) for value in found] == found
        assert len({*found, present}) == len(found) + 1
        if one.type not in WRITTEN:
            assert {*found, present} - {None} == {*accepted_by(one)}
