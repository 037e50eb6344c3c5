"""What every situation that can be reached gets: the shape of the answer, whoever computes it."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING, NamedTuple

from boussole.core.definitions.compass import QuestionType
from boussole.core.definitions.conditions import ALWAYS
from boussole.empty import EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, IntendedHole, Question, Value


class Cell(NamedTuple):
    """What the situations of one cell get; `terms` stands by facet of `Coverage.by`, empty where nothing is known.

    Of all its `situations`: `fit` MEDOC are not left out, `made` of them are made for the cell, that is, share a
    declared term with it on each of its facets. Both are the fewest that any situation has, like `kinds`, by kind;
    `best` is the highest score that comes first; in `thin` of them fewer fit than was asked for. `example` leads to a
    situation with the fewest MEDOC.

    Of the `looked_at`, ranked one by one: `worst` is the lowest score that comes first; in `generic` of them
    nothing in the top is made for any facet of the cell, in `one_kind` the top is of one kind only.
    """

    terms: tuple[frozenset[str], ...]
    situations: int
    looked_at: int
    fit: int
    made: int
    kinds: Mapping[str, int]
    best: int
    worst: int
    generic: int
    thin: int
    one_kind: int
    example: Mapping[str, Value] = EMPTY


class Presence(NamedTuple):
    """In how many situations a MEDOC is in the top, and in how many it comes first."""

    top: int
    first: int


class NoEffect(NamedTuple):
    """A question whose answer never changes the list; `proved`, or only seen in all the interviews tried."""

    question: str
    proved: bool


class Coverage(NamedTuple):
    """What every situation gets. Of all the `situations`, `looked_at` were ranked one by one: all, or an even choice.

    Numbers of those looked at: `presence`; `tied_at_end`, where the last of the top and the one after it have the same
    score and proven, so that year or id decides; `tied_first`, where several come first; `close_first`, where the first
    is less than `CLOSE` points ahead of the second (tied included).

    `proved_never` are MEDOC that are in no top whatever is answered, several options at a time too; `reached` are
    others that were not seen, by id, with answers that bring them there.
    """

    compass: Compass
    catalogue: Catalogue
    by: tuple[str, ...]
    top: int
    at_least: int
    situations: int
    looked_at: int
    cells: tuple[Cell, ...]
    presence: Mapping[str, Presence]
    idle: tuple[NoEffect, ...]
    tied_at_end: int
    tied_first: int
    close_first: int
    proved_never: frozenset[str] = frozenset()
    reached: Mapping[str, Mapping[str, Value]] = EMPTY

    def is_hole(self, cell: Cell) -> bool:
        """Tell whether fewer MEDOC than are enough fit a cell, or are made for it where there are several cells."""
        return cell.fit < self.at_least or (bool(self.by) and cell.made < self.at_least)

    def declared(self, cell: Cell) -> IntendedHole | None:
        """Return what its author says of a cell that is a hole on purpose; None where it is none, or not on purpose."""
        if not self.is_hole(cell):
            return None
        return next((one for one in self.compass.intended if covers(one, self.by, cell.terms)), None)

    @property
    def all_ranked(self) -> bool:
        """Tell whether all the situations that were followed were ranked one by one."""
        return self.looked_at == self.situations

    @property
    def one_at_a_time(self) -> tuple[str, ...]:
        """Return the questions that take several answers, and of which the fewest at a time were followed, by id."""
        return tuple(question.id for question in self.compass.questions.values() if _takes_more(question))

    @property
    def whole(self) -> bool:
        """Tell whether all that is said is true of every answer sheet: each was followed, and ranked."""
        return self.all_ranked and not self.one_at_a_time

    def never(self) -> tuple[str, ...]:
        """Return the MEDOC that are in no top whatever is answered, by id: seen in all sheets, or proved."""
        unseen = (id_ for id_, presence in self.presence.items() if presence.top == 0)
        out = always_left_out(self.compass, self.catalogue) | self.proved_never
        return tuple(sorted(id_ for id_ in unseen if self.whole or id_ in out))

    def not_seen(self) -> tuple[str, ...]:
        """Return the other MEDOC that are in no top that was looked at, by id: whether they are in one is not known."""
        known = {*self.never(), *self.reached}
        return tuple(sorted(id_ for id_, presence in self.presence.items() if presence.top == 0 and id_ not in known))

    def everywhere(self) -> tuple[str, ...]:
        """Return the MEDOC that are in the top of half of the situations looked at or more, most frequent first."""
        often = [(-presence.top, id_) for id_, presence in self.presence.items() if 2 * presence.top >= self.looked_at]
        return tuple(id_ for _, id_ in sorted(often))


def covers(intended: IntendedHole, by: Sequence[str], terms: Sequence[frozenset[str]]) -> bool:
    """Tell whether a cell, its `terms` by the facets `by`, is wholly inside what is declared a hole on purpose."""
    here = dict(zip(by, terms, strict=True))
    return all(here.get(facet) and here[facet] <= at for facet, at in intended.at.items())


def _takes_more(question: Question) -> bool:
    """Tell whether more options of a `many` about a facet can be chosen together than are followed."""
    every, few = sets_followed(question)
    return every > few


def sets_followed(question: Question) -> tuple[int, int]:
    """Return how many sets of options can be chosen together, and how many are followed; of other types, 1 and 1."""
    if question.type is not QuestionType.MANY or question.facet is None:
        return 1, 1
    together = sum(not option.alone for option in question.options.values())
    least, most = question.at_least, together if question.most is None else min(question.most, together)
    every = sum(comb(together, number) for number in range(least, most + 1))
    few = sum(comb(together, number) for number in range(least, min(max(least, 1), most) + 1))
    return max(every, 1), max(few, 1)


def always_left_out(compass: Compass, catalogue: Catalogue) -> frozenset[str]:
    """Return the MEDOC that are left out whoever answers what: replaced, or excluded without condition, by id."""
    excluded = {id_ for rule in compass.rules if rule.exclude and rule.when is ALWAYS for id_ in rule.medoc}
    return frozenset(
        id_
        for id_, medoc in catalogue.medoc.items()
        if id_ in excluded or medoc.superseded_by is not None or any(one.when is ALWAYS for one in medoc.avoid)
    )


CLOSE = 10
"""Points, out of about 1000: a lead smaller than this is fragile."""
