"""What a group says as a whole: from how many people on, of tables, of the same people before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from boussole.core.group.before import change
from boussole.core.group.gathering import Person, gather, lower_median, person_of
from boussole.core.group.synthesis import check_request, synthesise
from boussole.errors import BoussoleError
from support.builders import (
    make_axis,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_option,
    make_question,
    ranked,
)

if TYPE_CHECKING:
    from boussole.core.group.synthesis import Synthesis

PROFILE = make_facet("profile", "p", "q", "r")
CATALOGUE = make_catalogue(
    make_medoc("for-p", suits={"profile": "p"}),
    make_medoc("for-q", suits={"profile": "q"}),
    make_medoc("for-r", suits={"profile": "r"}),
    make_medoc("for-all"),
    facets=[PROFILE],
)
COMPASS = make_compass(
    make_question("profile", "one", PROFILE),
    make_question("trust", "scale", required=False),
    make_question("likes", "many", ("x", "y"), required=False, least=0),
    make_question("note", "text", required=False),
    weights={"profile": 1},
    axes=[make_axis("warmth", {"trust": 1})],
    top=1,
)


def person(people: int = 1, id_: str | None = None, /, **answers: Any) -> Person:  # noqa: ANN401 - answers of any type
    """Return somebody who gave these answers."""
    return person_of(ranked(COMPASS, CATALOGUE, **answers), people=people, id_=id_)


def synthesis(*people: Person, **rest: Any) -> Synthesis:  # noqa: ANN401 - as synthesise
    """Return the synthesis of these people."""
    return synthesise(COMPASS, CATALOGUE, people, **rest)


# --- How many --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tables", "shown"), [([1] * 4, False), ([1] * 5, True), ([8] * 4, True), ([7], True), ([2, 2], False), ([], False)]
)
def test_a_group_has_five_people(tables: list[int], shown: bool) -> None:  # noqa: FBT001 - a case
    """Four people are not one, nor one sheet; four tables of eight are, and so is a table of seven by itself."""
    found = synthesis(*(person(people, profile="p") for people in tables))
    assert (found.parts is not None) is shown
    assert (found.people, found.spoken_for) == (len(tables), sum(tables))


def test_a_table_counts_as_one_sheet() -> None:
    """What it speaks for counts in the rule of five alone."""
    found = synthesis(*[person(8, profile="p")] * 4)
    assert found.parts is not None
    assert found.parts.shared[0].ranked.people == 4
    assert found.parts.questions[0].counts == {"p": 4, "q": 0, "r": 0}


def test_an_unfinished_sheet_counts_nowhere() -> None:
    """Neither in what is shown, nor for whom it speaks."""
    found = synthesis(*[person(profile="p")] * 4, person(7, trust=1))
    assert (found.people, found.not_counted, found.spoken_for, found.parts) == (4, 1, 4, None)


def test_what_may_be_asked() -> None:
    """K from 3 to 20, and what makes groups."""
    check_request(COMPASS, 3, None)
    check_request(COMPASS, 20, "likes")
    for smallest, by in ((2, None), (21, None), (3, "trust"), (3, "nowhere")):
        with pytest.raises(BoussoleError):
            check_request(COMPASS, smallest, by)


def test_where_nothing_makes_groups() -> None:
    """A compass without a required choice of a facet: no groups, and nothing is known to be everywhere."""
    compass = make_compass(make_question("mood", "one", ("a", "b")), top=2)
    found = synthesise(compass, CATALOGUE, [person_of(ranked(compass, CATALOGUE, mood="a"))] * 5)
    assert found.parts is not None
    assert found.parts.by is None
    assert {line.everywhere for line in found.parts.shared} == {None}


def test_lower_median_and_quartiles() -> None:
    """The ⌈m/2⌉-th, the ⌈m/4⌉-th, the ⌈3m/4⌉-th."""
    assert [lower_median(range(1, m + 1)) for m in (1, 2, 3, 4, 5)] == [1, 1, 2, 2, 3]
    assert [lower_median(range(1, m + 1), 1) for m in (1, 4, 5, 8)] == [1, 1, 2, 2]
    assert [lower_median(range(1, m + 1), 3) for m in (1, 4, 5, 8)] == [1, 3, 4, 6]


def test_those_in_no_group_are_not_given_away() -> None:
    """Where one or two people are in no group, the counts of the others would give their answers by subtraction."""
    free = COMPASS._replace(
        questions={**COMPASS.questions, "free": make_question("free", "one", ("a", "b"), required=False)}
    )
    people = [person_of(ranked(free, CATALOGUE, profile="p", free="a"))] * 4
    people += [person_of(ranked(free, CATALOGUE, profile="q", free="b"))] * 4
    whole = synthesise(free, CATALOGUE, people, by="free").parts
    lacking = synthesise(
        free, CATALOGUE, [*people, person_of(ranked(free, CATALOGUE, profile="q", free="?"))], by="free"
    )
    assert whole is not None and whole.by is not None  # noqa: PT018 - for the type checker
    assert whole.by.groups[0].options
    assert whole.by.groups[0].medoc is not None
    assert lacking.parts is not None and lacking.parts.by is not None  # noqa: PT018 - likewise
    assert [(one.options, one.medoc) for one in lacking.parts.by.groups] == [(None, None)] * 2


# --- Before and after ------------------------------------------------------------------------------------------------


def test_before_and_after() -> None:
    """Axes, options, moves and the common list, of those who have a sheet in both rounds."""
    ids = [f"i{number}" for number in range(6)]
    before = [person(1, id_, profile="p", trust=0, likes=("x",)) for id_ in ids]
    after = [person(1, id_, profile="q", trust=3, likes=("x", "y")) for id_ in ids[:3]]
    after += [person(1, id_, profile="p", trust=0, likes=()) for id_ in ids[3:]]
    found = synthesis(*after, earlier=[*before, person(1, "gone", trust=1)])  # that one is not whole
    assert found.parts is not None
    moved = found.parts.before
    assert moved is not None
    assert (moved.people, moved.only_before, moved.only_after) == (6, 0, 0)
    assert moved.axes["warmth"] == (6, 3, 3, 0, 0, 0)
    assert moved.questions is not None
    profile, trust, likes = moved.questions
    assert (profile.before, profile.after) == ({"p": 6, "q": 0, "r": 0}, {"p": 3, "q": 3, "r": 0})
    assert profile.moves == {"p": {"q": 3, "p": 3}} == {"p": {"p": 3, "q": 3}}
    assert trust.moves == {"0": {"0": 3, "3": 3}}
    assert (likes.before, likes.after, likes.moves) == ({"x": 6, "y": 0}, {"x": 3, "y": 3}, None)
    assert (moved.came, moved.left) == ((), ())
    assert synthesis(*after).compared is False


def test_small_moves_are_not_shown() -> None:
    """A cell of under K people hides the whole matrix, not the two columns."""
    before = [person(1, f"i{number}", profile="p", trust=0) for number in range(6)]
    after = [person(1, f"i{number}", profile="pq"[number == 0], trust="?") for number in range(6)]
    moved = synthesis(*after, earlier=before).parts
    assert moved is not None and moved.before is not None and moved.before.questions is not None  # noqa: PT018
    assert moved.before.questions[0].moves is None
    assert moved.before.questions[0].after == {"p": 5, "q": 1, "r": 0}
    assert moved.before.questions[1].moves == {"0": {"?": 6}}
    assert moved.before.axes["warmth"] is not None


def test_the_common_list_moves() -> None:
    """What came into it, what left it; axes that too few have are not said."""
    gathering = gather(COMPASS, CATALOGUE, [person(1, f"i{number}", profile="q") for number in range(5)])
    moved = change(gathering, [person(1, f"i{number}", profile="p") for number in range(5)], 3, 5)
    assert moved is not None
    assert (moved.came, moved.left) == (("for-q",), ("for-p",))
    assert moved.axes == {"warmth": None}


def test_too_few_answered_twice() -> None:
    """Under five people in both rounds, nothing is said; people without an id are never matched."""
    after = [person(1, f"i{number}", profile="p") for number in range(4)] + [person(profile="p")] * 3
    found = synthesis(*after, earlier=after)
    assert found.parts is not None
    assert (found.compared, found.parts.before) == (True, None)
    assert synthesis(*after, earlier=[]).parts is not None


@pytest.mark.parametrize(("before", "after", "told"), [(0, 0, True), (3, 4, True), (2, 0, False), (0, 1, False)])
def test_those_who_answered_once_are_not_given_away(before: int, after: int, told: bool) -> None:  # noqa: FBT001
    """Where they are under K, answers of the others, subtracted from those of all, would be theirs."""
    both = [person(1, f"i{number}", profile="p") for number in range(5)]
    now = [*both, *(person(1, f"a{number}", profile="q") for number in range(after))]
    earlier = [*both, *(person(1, f"b{number}", profile="q") for number in range(before))]
    moved = change(gather(COMPASS, CATALOGUE, now), earlier, 3, 5)
    assert moved is not None
    assert (moved.only_before, moved.only_after) == (before, after)
    assert (moved.questions is not None) is told


def test_an_option_may_place_besides_the_facet() -> None:
    """A facet fed by options alone is counted as any other."""
    compass = make_compass(make_question("mood", "one", [make_option("a", profile="p"), make_option("b")]))
    found = synthesise(compass, CATALOGUE, [person_of(ranked(compass, CATALOGUE, mood="a"))] * 20, by="profile")
    assert found.parts is not None
    assert found.parts.facets["profile"]["p"] == (20, 100)


@pytest.mark.parametrize(("elsewhere", "shown"), [(3, True), (0, False)])
def test_an_axis_sets_apart_by_twenty(elsewhere: int, shown: bool) -> None:  # noqa: FBT001 - a case
    """Medians closer than that are not told."""
    people = [person(profile="p", trust=0)] * 4 + [person(profile="q", trust=elsewhere)] * 4
    parts = synthesis(*people).parts
    assert parts is not None and parts.by is not None  # noqa: PT018 - for the type checker
    assert [bool(one.axes) for one in parts.by.groups] == [shown, shown]
