"""What must not be found out: no small group is shown, and no shown numbers give a hidden one away."""

from __future__ import annotations

import random
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from boussole.core.group.contrasts import contrast
from boussole.core.group.gathering import Gathering, Person, gather
from boussole.core.group.groups import Groups, default_grouping, form_groups, groupings
from boussole.core.situation import Situation
from support.builders import (
    is_,
    make_axis,
    make_catalogue,
    make_compass,
    make_facet,
    make_option,
    make_place,
    make_question,
    question,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from boussole.core.definitions.compass import Compass, Value

K = 3
WHO = "abc"


def compass_of(type_: str) -> Compass:
    """Return a compass that asks who one is and what one says, neither required."""
    who = make_question("who", type_, WHO, required=False, least=0 if type_ == "many" else None)
    return make_compass(who, make_question("say", "one", ("x", "y"), required=False))


def gathered(compass: Compass, answers: Iterable[Mapping[str, Value]]) -> Gathering:
    """Return the gathering of people who gave these answers."""
    people = [Person(Situation(tuple(one), one, {}, {}, (), ()), {}, frozenset()) for one in answers]
    return gather(compass, make_catalogue(), people)


def sizes(groups: Groups) -> dict[str, int]:
    """Return how many people each shown group has, by its ids one after the other."""
    return {"".join(part.ids): part.people.bit_count() for part in groups.shown}


# --- Which groups are shown ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((4, 3, 3), {"a": 4, "b": 3, "c": 3}),
        ((6, 2, 1), {"a": 6, "bc": 3}),  # the small ones together are shown as one
        ((6, 4, 1), {"a": 6}),  # or, too small themselves, hide the smallest of the others
        ((4, 4, 1), {"a": 4}),  # of equal ones the last in the file
        ((3, 1, 1), {}),  # then the others are too few
        ((8, 0, 0), {}),
        ((1, 1, 2), {}),
        ((0, 0, 0), {}),
    ],
)
def test_small_groups(counts: tuple[int, int, int], shown: dict[str, int]) -> None:
    """A group under K is never shown, and what is shown never leaves a remainder under K."""
    answers = [{"who": who} for who, count in zip(WHO, counts, strict=True) for _ in range(count)]
    assert sizes(form_groups(gathered(compass_of("one"), answers), "who", K)) == shown


def test_where_people_may_stand_in_several_groups() -> None:
    """Each group stands against the rest, none is put with others; a list that is empty is in no group."""
    said: list[Value] = [*[("a", "b")] * 3, *[("b",)] * 3, ("c",), ()]
    answers = [{"who": one} for one in said]
    groups = form_groups(gathered(compass_of("many"), answers), "who", K)
    assert sizes(groups) == {"a": 3}  # of b, one is not
    assert (groups.placed.bit_count(), groups.makers) == (7, frozenset(("who",)))


def test_what_can_make_groups() -> None:
    """Choices and facets; by default the first required choice of a facet that everybody is asked."""
    profile = make_facet("profile", "p", "q")
    asked = is_(question("other"), "a")
    compass = make_compass(
        make_question("other"),
        make_question("count", "number"),
        make_question("maybe", "one", profile, when=asked),
        make_question("list", "many", profile),
        make_question("free", "one", profile, required=False),
        make_question("who", "one", profile),
    )
    assert groupings(compass) == ("other", "maybe", "list", "free", "who", "profile")
    assert default_grouping(compass) == "who"
    assert default_grouping(compass_of("one")) is None


LEVEL = make_facet("level", "l", "m", "n")


@pytest.mark.parametrize(
    ("parts", "several"),
    [
        ({"questions": [make_question("one", "one", LEVEL)]}, False),
        ({"questions": [make_question("many", "many", LEVEL)]}, True),
        ({"questions": [make_question("one", "one", LEVEL), make_question("two", "one", LEVEL)]}, True),
        ({"questions": [make_question("one", "one", [make_option("a", level="l"), make_option("b")])]}, False),
        ({"questions": [make_question("one", "one", [make_option("a", level="lm")])]}, True),
        ({"axes": [make_axis("x", {"s": 1}, "level", l=0, m=50)]}, False),
        ({"axes": [make_axis(name, {"s": 1}, "level", l=0) for name in "xy"]}, True),
        ({"placements": (make_place(is_(question("s"), "1"), level="l"),)}, False),
        ({"placements": (make_place(is_(question("s"), "1"), level="lm"),)}, True),
    ],
)
def test_where_a_facet_may_have_several_terms(parts: dict[str, Any], several: bool) -> None:  # noqa: FBT001 - a case
    """By the compass, never by the sheets: a list, a place of several terms, or several sources."""
    asked = [make_question("s", "scale"), *parts.pop("questions", [])]
    compass = make_compass(*asked, **parts)
    gathering = gather(compass, make_catalogue(facets=[LEVEL]), [])
    groups = form_groups(gathering, "level", K)
    assert groups.several is several
    assert groups.makers == {one.id for one in asked if one.facet == "level"}


# --- Subtraction, by brute force -------------------------------------------------------------------------------------


def worlds(cells: int, people: int) -> np.ndarray[Any, np.dtype[np.int8]]:
    """Return every way to put people into cells: (worlds, cells)."""

    def ways(left: int, room: int) -> Iterator[tuple[int, ...]]:
        if room == 1:
            yield (left,)
            return
        for first in range(left + 1):
            for others in ways(left - first, room - 1):
                yield (first, *others)

    return np.array(list(ways(people, cells)), np.int8)


class Attack:
    """Everything that could be so, as arrays by world, for who knows the numbers shown and subtracts them.

    A cell is a set of groups ("-": none) and a choice, x or y.
    """

    def __init__(self, kinds: Sequence[str], type_: str, people: int) -> None:
        """Take the sets of groups that people may stand in, the type of their question, and how many people."""
        self.type = type_
        self.cells = list(product(kinds, "xy"))
        self.worlds = worlds(len(self.cells), people)
        names = [*WHO, "-"]
        self.unions = ["".join(some) for size in range(1, 5) for some in combinations(names, size)]
        self.sizes = {some: self._count(some, "xy") for some in self.unions}
        self.chose = {some: self._count(some, "x") for some in self.unions}

    def _count(self, union: str, says: str) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Return how many of those in any group of `union` say one of `says`."""
        inside = [not set(union).isdisjoint(kind) and say in says for kind, say in self.cells]
        return np.asarray(self.worlds[:, inside].sum(axis=1, dtype=np.int64))

    def answers(self, world: int) -> list[dict[str, Value]]:
        """Return the answers of the people of a world."""
        found: list[dict[str, Value]] = []
        for (kind, say), count in zip(self.cells, self.worlds[world].tolist(), strict=True):
            who: dict[str, Value] = {"who": tuple(kind)} if self.type == "many" else {"who": kind}
            found += [{"say": say} | ({} if kind == "-" else who)] * count
        return found

    def consistent(self, world: int, lines: Iterable[tuple[str, int, int]]) -> Any:  # noqa: ANN401 - an array
        """Return the worlds that agree with the counts of each question, and with the lines: (group, here, there)."""
        everybody = "".join([*WHO, "-"])
        alike = self.chose[everybody] == self.chose[everybody][world]
        for name in [*WHO, "-"]:
            alike &= self.sizes[name] == self.sizes[name][world]
        for group, here, there in lines:
            alike &= self.chose[group] == here
            alike &= self.chose[WHO] - self.chose[group] == there
        return alike

    def learnt(self, world: int, lines: Sequence[tuple[str, int, int]]) -> list[str]:
        """Return the groups under K of which the lines tell how many chose x, when nothing told it before.

        What a whole set of K people or more said as one is shown on purpose, and tells it of each of them.
        """
        before, alike = self.consistent(world, []), self.consistent(world, lines)

        def known(some: str) -> bool:
            return bool((self.chose[some][alike] == self.chose[some][world]).all())

        def as_one(some: str) -> bool:
            return known(some) and int(self.chose[some][world]) in {0, int(self.sizes[some][world])}

        small = [name for name in [*WHO, "-"] if 0 < self.sizes[name][world] < K and known(name)]
        told = [name for name in small if len(set(self.chose[name][before].tolist())) > 1]
        large = [some for some in self.unions if self.sizes[some][world] >= K and as_one(some)]
        return [name for name in told if not any(name in some for some in large)]


def shown_lines(attack: Attack, world: int) -> list[tuple[str, int, int]]:
    """Return the lines about x that are shown of a world, or the same about y."""
    gathering = gathered(compass_of(attack.type), attack.answers(world))
    found = []
    for one in contrast(gathering, form_groups(gathering, "who", K), (), K):
        for line in one.options or ():
            told = (line.here, line.elsewhere)
            here, there = told if line.option == "x" else (one.people - told[0], one.others - told[1])
            found.append(("".join(one.part.ids), here, there))
    return found


def leaks(attack: Attack, tried: int) -> tuple[list[tuple[list[str], list[dict[str, Value]]]], int]:
    """Return the worlds that give a small group away, out of so many, and how many lines were shown in all."""
    chance, found, lines = random.Random(1), [], 0
    every = range(len(attack.worlds))
    for world in chance.sample(every, min(tried, len(every))):
        shown = shown_lines(attack, world)
        lines += len(shown)
        if learnt := attack.learnt(world, shown):
            found.append((learnt, attack.answers(world)))
    return found, lines


def test_nothing_is_found_by_subtraction() -> None:
    """Groups that exclude each other, and those who are in none: ways for ten people to be and to say."""
    found, lines = leaks(Attack(["-", *WHO], "one", 10), 4000)
    assert found == []
    assert lines > 500


def test_nothing_is_found_where_groups_overlap() -> None:
    """Groups in which people may stand together: ways for seven people."""
    found, lines = leaks(Attack(["-", "a", "b", "c", "ab", "ac", "bc", "abc"], "many", 7), 1500)
    assert found == []
    assert lines > 100
