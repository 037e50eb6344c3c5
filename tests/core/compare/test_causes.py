"""What moved between two cases, and why: held against trying every set of differences, one whole ranking each."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

from boussole.core.compare import causes
from boussole.core.compare.causes import MOST_CAUSES, compare
from boussole.core.compare.differences import Case
from boussole.core.compare.partial import NoPlace, PartialChanges
from boussole.core.definitions.conditions import ALWAYS, Every
from boussole.core.ranking import rank
from support.builders import (
    is_,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_question,
    make_rule,
    question,
)
from support.strategies import catalogues, compasses, values

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

    from boussole.core.compare.causes import Comparison
    from boussole.core.definitions.compass import Compass
    from boussole.core.ranking import Ranking


def ranking_of(case: Case) -> Ranking:
    """Rank a whole case."""
    return rank(case.compass, case.catalogue, case.situation())


def stands(case: Case, medoc: str) -> int:
    """Return the place of a MEDOC in a whole ranking, left out or absent without one."""
    for place, item in enumerate(ranking_of(case).recommendations, start=1):
        if item.medoc.id == medoc:
            return place
    return NoPlace.LEFT_OUT if medoc in case.catalogue.medoc else NoPlace.ABSENT


@st.composite
def cases(draw: Any) -> Case:  # noqa: ANN401 - what st.composite gives
    """Return random definitions, and random answers to some of their questions."""
    catalogue = draw(catalogues())
    compass = draw(compasses(catalogue))
    asked = [one for one in compass.questions.values() if draw(st.integers(0, 3))]
    return Case(compass, catalogue, {one.id: draw(values(one)) for one in asked})


@st.composite
def changes(draw: Any) -> tuple[Case, Case]:  # noqa: ANN401
    """Return two cases: whatever they are, or the second with only some of what differs from the first."""
    before, other = draw(cases()), draw(cases())
    between = PartialChanges(before, other)
    count = len(between.differences)
    if count == 0 or draw(st.integers(0, 3)) == 0:
        return before, other
    some = draw(st.lists(st.integers(0, count - 1), max_size=5))
    return before, between.case(some)


# --- Hybrids ---------------------------------------------------------------------------------------------------------


@given(changes())
def test_nothing_applied_is_before_and_all_is_after(change: tuple[Case, Case]) -> None:
    """The places and scores of a case with no difference applied are those before; with all, those after."""
    before, after = change
    between = PartialChanges(before, after)
    for chosen, case in (((), before), (range(len(between.differences)), after)):
        rankings = [ranking_of(one) for one in (between.case(chosen), case)]
        assert len({tuple((item.medoc.id, item.score) for item in one.recommendations) for one in rankings}) == 1
        assert len({tuple(out.medoc.id for out in one.left_out) for one in rankings}) == 1


@given(st.data(), changes())
def test_places_are_those_of_a_whole_ranking(data: st.DataObject, change: tuple[Case, Case]) -> None:
    """Whatever differences are applied, the place found from what they touch is the one that ranking all gives."""
    between = PartialChanges(*change)
    assume(between.differences)
    chosen = frozenset(data.draw(st.lists(st.integers(0, len(between.differences) - 1), max_size=4)))
    case = between.case(chosen)
    for medoc in "stuvwxyz":
        assert between.place(medoc, chosen) == stands(case, medoc)
    for number in (1, 3, 9):
        assert between.first(number, chosen) == [item.medoc.id for item in ranking_of(case).top(number)]


def test_every_difference_has_a_name_of_its_own() -> None:
    """Two sides of all that a rule or a place can become give names that differ."""
    one = [make_rule(ALWAYS, "a", points=1), make_rule(ALWAYS, "b", points=2)]
    other = [make_rule(is_(question("q"), "a"), "c", points=3), make_rule(ALWAYS, "a", points=4)]
    found = differing(
        make_compass(make_question("q"), rules=tuple(one)), make_compass(make_question("q"), rules=tuple(other))
    )
    assert found.names == ["rule/1", "rule/2", "rule/2/before"]


# --- Causes ----------------------------------------------------------------------------------------------------------


def smallest(between: PartialChanges, medoc: str, goal: int) -> list[tuple[int, ...]]:
    """Return the smallest sets of one, then two differences that bring a MEDOC where it goes, by trying all."""
    for size in (1, 2):
        sets = combinations(range(len(between.differences)), size)
        found = [one for one in sets if stands(between.case(one), medoc) == goal]
        if found:
            return found
    return []


@given(changes(), st.integers(1, 4))
def test_causes_are_exact(change: tuple[Case, Case], top: int) -> None:
    """Every cause of one or two does it by itself, none smaller does, and none is missing."""
    before, after = change
    found = compare(before, after, top)
    between = PartialChanges(before, after)
    assume(len(between.differences) <= 14)
    for move in found.moves:
        assert (stands(before, move.medoc), stands(after, move.medoc)) == (move.before, move.after)
        expected = smallest(between, move.medoc, move.after)
        if expected:
            assert list(move.cause.sets) == expected[:MOST_CAUSES]
            assert move.cause.number == len(expected)
        else:
            assert move.cause.sets == (tuple(range(len(between.differences))),)
    in_tops = {item.medoc.id for side in (before, after) for item in ranking_of(side).top(top)}
    assert {move.medoc for move in found.moves} | {id_ for id_, _ in found.stays} == in_tops
    for at in found.idle:
        tops = [[item.medoc.id for item in ranking_of(one).top(top)] for one in (before, between.case([at]))]
        assert tops[0] == tops[1]
    assert [move.cause.size for move in found.moves] == sorted(move.cause.size for move in found.moves)


class Found:
    """What a comparison finds, by names."""

    def __init__(self, comparison: Comparison) -> None:
        """Name differences."""
        self.comparison = comparison
        self.names = [one.name for one in comparison.differences]
        self.moves = {
            move.medoc: (move.before, move.after, [[self.names[at] for at in one] for one in move.cause.sets])
            for move in comparison.moves
        }
        self.idle = [self.names[at] for at in comparison.idle]


def differing(
    before: Compass, after: Compass, medoc: Iterable[str] = "abcd", values: tuple[Any, Any] = ({}, {}), top: int = 2
) -> Found:
    """Compare two compasses about MEDOC of these ids."""
    catalogue = make_catalogue(*map(make_medoc, medoc), facets=[PROFILE])
    first, then = (Case(one, catalogue, given) for one, given in zip((before, after), values, strict=True))
    return Found(compare(first, then, top))


PROFILE = make_facet("profile", "etat", "medias")


def pointed(**points: int) -> Compass:
    """Return a compass that gives points to MEDOC, three questions adding ten to `d` each when they say « a »."""
    asked = [make_question(id_, required=False) for id_ in ("one", "two", "three")]
    rules = [make_rule(ALWAYS, id_, points=number) for id_, number in points.items()]
    rules += [make_rule(is_(question(one.id), "a"), "d", points=10) for one in asked]
    return make_compass(*asked, rules=tuple(rules))


def test_nothing_differs() -> None:
    """The same twice: nothing moves, nothing differs."""
    same = pointed(a=3, b=2)
    found = differing(same, same)
    assert (found.names, found.moves, found.idle) == ([], {}, [])
    assert found.comparison.stays == (("a", 1), ("b", 2))


def test_one_answer() -> None:
    """One answer brings one in at the first place, and with it one out; another answer changes nothing."""
    compass = pointed(a=3, b=2, c=1)
    found = differing(compass, compass, values=({"two": "b"}, {"one": "a", "two": "c"}))
    assert found.moves == {
        "d": (4, 1, [["answer/one"]]),
        "a": (1, 2, [["answer/one"]]),
        "b": (2, 3, [["answer/one"]]),
    }
    assert found.idle == ["answer/two"]
    (came, stayed, left) = found.comparison.moves
    assert [(move.came(2), move.left(2)) for move in (came, stayed, left)] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip


def test_two_answers_together_or_any_two_of_three() -> None:
    """Where one does not do it, two do; where several pairs do, all are told, in the order of the questions."""
    compass = pointed(a=30, b=15, c=15)
    both = {"one": "a", "two": "a"}
    assert differing(compass, compass, values=({}, both)).moves["d"] == (4, 2, [["answer/one", "answer/two"]])
    three = differing(compass, compass, values=({}, {**both, "three": "a"}), top=3)
    assert three.moves["d"] == (
        4,
        2,
        [["answer/one", "answer/two"], ["answer/one", "answer/three"], ["answer/two", "answer/three"]],
    )
    assert three.idle == []


def test_several_together() -> None:
    """Where neither one nor two do it, all of them together do, with the one that alone comes closest, if any does."""
    compass = pointed(a=25, b=5, c=5)
    found = differing(compass, compass, values=({}, {"one": "a", "two": "a", "three": "a"}))
    causes = {move.medoc: move.cause for move in found.comparison.moves}
    assert (causes["d"].sets, causes["d"].number, causes["d"].together) == (((0, 1, 2),), 1, True)
    assert causes["d"].nearest == (0, 2)
    assert causes["a"].nearest is None


def test_several_together_leave_out() -> None:
    """What is left out is nowhere near: nothing alone comes close."""
    compass = pointed(a=3, b=2)
    when = Every(tuple(is_(question(id_), "a") for id_ in ("one", "two", "three")))
    excluding = compass._replace(rules=(*compass.rules, make_rule(when, "a", exclude=True)))
    found = differing(excluding, excluding, values=({}, {"one": "a", "two": "a", "three": "a"}))
    cause = {move.medoc: move.cause for move in found.comparison.moves}["a"]
    assert (cause.sets, cause.nearest) == (((0, 1, 2),), None)


def test_what_is_left_out_or_not_in_the_catalogue_has_no_place() -> None:
    """It comes in from there, or goes there."""
    one, other = make_medoc("a"), make_medoc("b")
    compass = make_compass(top=2)
    found = compare(Case(compass, make_catalogue(one), {}), Case(compass, make_catalogue(other), {}), 2)
    assert {(move.medoc, move.before, move.after) for move in found.moves} == {
        ("a", 1, NoPlace.ABSENT),
        ("b", NoPlace.ABSENT, 1),
    }
    excluded = make_compass(rules=(make_rule(ALWAYS, "a", exclude=True),))
    assert differing(compass, excluded, "ab").moves["a"] == (1, NoPlace.LEFT_OUT, [["rule/1"]])


def test_too_many_wide_differences_are_not_tried_two_by_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """That is said; one at a time they still are."""
    monkeypatch.setattr(causes, "_MOST_RANKED", 3)
    compass = pointed(a=30, b=15, c=15)
    found = differing(compass, compass, values=({}, {"one": "a", "two": "a"}))
    assert not found.comparison.pairs
    assert found.moves["d"] == (4, 2, [["answer/one", "answer/two"]])
    assert found.comparison.moves[0].cause.nearest is None
    assert differing(compass, compass, values=({}, {"one": "a"})).comparison.pairs


def test_what_is_not_asked_any_more_is_no_change_of_its_own() -> None:
    """A question that an answer takes off the path is not named, whether its answer was kept aside or not."""
    more = make_question("more", when=is_(question("one"), "a"), required=False)
    compass = make_compass(make_question("one"), more, rules=(make_rule(is_(question("more"), "a"), "d", points=5),))
    for aside in ({}, {"more": "a"}, {"more": "b"}):
        found = differing(compass, compass, values=({"one": "a", "more": "a"}, {"one": "b", **aside}))
        assert found.names == ["answer/one"]
        assert found.moves["d"] == (1, 4, [["answer/one"]])
    opened = differing(compass, compass, values=({"one": "b"}, {"one": "a", "more": "a"}))
    assert opened.moves["d"] == (4, 1, [["answer/one", "answer/more"]])
