"""What a change of definitions does to all who already answered: by MEDOC, by question, the worst cases first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.core.compare.impact import ResultChange, Revision, Unheld
    from boussole.core.definitions.text import Text
    from boussole.errors import Problem


class LargestMove(NamedTuple):
    """A MEDOC that went `places` up (below 0: down) for one sheet."""

    places: int
    sheet: str


class MedocImpact(NamedTuple):
    """What a change does to one MEDOC: in how many results it came, left or moved, and its best and worst moves.

    `gone` and `new`: it is in the old catalogue only, in the new one only.
    """

    id: str
    title: Text
    catalogue: str
    came: int
    left: int
    moved: int
    best: LargestMove | None
    worst: LargestMove | None
    gone: bool
    new: bool


class UnheldAnswers(NamedTuple):
    """Answers to one question that do not hold for the same reason; `again` counts those who would be asked again."""

    compass: str
    question: str
    problem: Problem
    already: bool
    sheets: int
    again: int


class Asked(NamedTuple):
    """A required question that would have to be asked, of so many."""

    compass: str
    question: str
    ask: Text
    sheets: int


class CompassImpact(NamedTuple):
    """What one change does: of so many sheets, how many results change, and how many first places."""

    change: Revision
    sheets: int
    changed: int
    first_changed: int


class Impact(NamedTuple):
    """What a change of definitions does to all the sheets; `cases` are the results that change, worst first."""

    compasses: tuple[CompassImpact, ...]
    medoc: tuple[MedocImpact, ...]
    unheld: tuple[UnheldAnswers, ...]
    asked: tuple[Asked, ...]
    cases: tuple[ResultChange, ...]

    @property
    def sheets(self) -> int:
        """Return how many sheets were compared."""
        return sum(one.sheets for one in self.compasses)

    @property
    def changed(self) -> int:
        """Return how many results change."""
        return len(self.cases)

    @property
    def first_changed(self) -> int:
        """Return how many results have another first place."""
        return sum(one.first_changed for one in self.compasses)

    def over(self, percent: int) -> bool:
        """Tell whether more than `percent` in a hundred results change."""
        return self.changed * 100 > percent * self.sheets


def sum_up(outcomes: Iterable[ResultChange]) -> Impact:
    """Return what all the outcomes say together; of equal cases, the first given comes first."""
    by_compass: dict[str, list[ResultChange]] = {}
    for outcome in outcomes:
        by_compass.setdefault(outcome.change.new.compass.id, []).append(outcome)
    medoc: list[MedocImpact] = []
    unheld: list[UnheldAnswers] = []
    asked: list[Asked] = []
    for some in by_compass.values():
        medoc += _by_medoc(some)
        unheld += _unheld(some)
        asked += _asked(some)
    cases = [outcome for some in by_compass.values() for outcome in some if outcome.changed]
    return Impact(
        compasses=tuple(
            CompassImpact(
                some[0].change,
                len(some),
                sum(outcome.changed for outcome in some),
                sum(outcome.first_changed for outcome in some),
            )
            for some in by_compass.values()
        ),
        medoc=tuple(sorted(medoc, key=lambda one: (-one.left, -one.came, -one.moved, one.id))),
        unheld=tuple(sorted(unheld, key=lambda one: (one.already, -one.sheets))),
        asked=tuple(sorted(asked, key=lambda one: -one.sheets)),
        cases=tuple(sorted(cases, key=lambda outcome: [-part for part in outcome.cost])),
    )


def _by_medoc(outcomes: list[ResultChange]) -> list[MedocImpact]:
    change = outcomes[0].change
    came: dict[str, int] = {}
    left: dict[str, int] = {}
    moves: dict[str, list[LargestMove]] = {}
    for outcome in outcomes:
        for id_ in outcome.came:
            came[id_] = came.get(id_, 0) + 1
        for id_ in outcome.left:
            left[id_] = left.get(id_, 0) + 1
        for id_, places in outcome.moves.items():
            moves.setdefault(id_, []).append(LargestMove(places, outcome.name))
    known = set(change.names.values())
    return [
        MedocImpact(
            id_,
            change.title(id_),
            change.new.catalogue.id,
            came.get(id_, 0),
            left.get(id_, 0),
            len(moved := moves.get(id_, [])),
            max((one for one in moved if one.places > 0), key=lambda one: one.places, default=None),
            min((one for one in moved if one.places < 0), key=lambda one: one.places, default=None),
            id_ not in change.new.catalogue.medoc,
            id_ not in known,
        )
        for id_ in came | left | moves
    ]


def _unheld(outcomes: list[ResultChange]) -> list[UnheldAnswers]:
    """Return the answers that do not hold, those of the same question and reason together."""
    compass = outcomes[0].change.new.compass.id
    groups: dict[tuple[object, ...], list[Unheld]] = {}
    for outcome in outcomes:
        for one in outcome.unheld:
            groups.setdefault((one.question, one.already, one.problem.what.in_("en")), []).append(one)
    return [
        UnheldAnswers(
            compass, some[0].question, some[0].problem, some[0].already, len(some), sum(one.again for one in some)
        )
        for some in groups.values()
    ]


def _asked(outcomes: list[ResultChange]) -> list[Asked]:
    compass = outcomes[0].change.new.compass
    counts: dict[str, int] = {}
    for outcome in outcomes:
        for id_ in outcome.asked:
            counts[id_] = counts.get(id_, 0) + 1
    return [Asked(compass.id, id_, compass.questions[id_].ask, count) for id_, count in counts.items()]
