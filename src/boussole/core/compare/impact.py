"""What a change of definitions does to people who already answered, sheet by sheet and MEDOC by MEDOC."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.answers.accepting import sift
from boussole.core.answers.answers import Answers, Origin
from boussole.core.definitions.renames import carried_over, current
from boussole.core.ranking import rank
from boussole.core.situation import situate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value
    from boussole.core.definitions.text import Text
    from boussole.core.situation import Situation
    from boussole.errors import Problem


class Definitions(NamedTuple):
    """A compass and its catalogue; `top` is how many of the ranking make a result."""

    compass: Compass
    catalogue: Catalogue
    top: int


class Revision(NamedTuple):
    """Definitions, and what they become. `names` gives each old MEDOC the name that it has now."""

    old: Definitions
    new: Definitions
    names: Mapping[str, str]

    @classmethod
    def between(
        cls, old: tuple[Compass, Catalogue], new: tuple[Compass, Catalogue], *, top: int | None = None
    ) -> Revision:
        """Return the change from a compass and its catalogue to others; without `top`, each compass says its own."""
        (before, _), (after, catalogue) = old, new
        return cls(
            Definitions(*old, before.weighting.top if top is None else top),
            Definitions(*new, after.weighting.top if top is None else top),
            {id_: current(id_, catalogue.renamed, catalogue.medoc) for id_ in old[1].medoc},
        )

    def title(self, medoc: str) -> Text:
        """Return the title of a MEDOC of the one or the other catalogue."""
        return (self.new.catalogue.medoc.get(medoc) or self.old.catalogue.medoc[medoc]).title


class Unheld(NamedTuple):
    """An answer, or an option of it, that does not hold, and why.

    `again`: its question would be asked. `already`: it did not hold before. `partial`: other options of it do.
    """

    question: str
    problem: Problem
    again: bool = False
    already: bool = False
    partial: bool = False

    def in_part_of(self, before: list[Unheld]) -> bool:
        """Tell whether what does not hold did not `before` either: as a whole, or this very option."""
        return any(not one.partial or one.problem.what == self.problem.what for one in before)


class ResultChange(NamedTuple):
    """What a change does to one sheet.

    `before` and `after` are the results, by the new names; `asked` the required questions that would have to be asked
    and were not before, those of answers that do not hold any more aside.
    """

    name: str
    change: Revision
    before: tuple[str, ...]
    after: tuple[str, ...]
    unheld: tuple[Unheld, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Tell whether the result is another."""
        return self.before != self.after

    @property
    def first_changed(self) -> bool:
        """Tell whether another MEDOC comes first."""
        return self.before[:1] != self.after[:1]

    @property
    def left(self) -> tuple[str, ...]:
        """Return what is in the result no more."""
        return tuple(id_ for id_ in self.before if id_ not in self.after)

    @property
    def came(self) -> tuple[str, ...]:
        """Return what was not in the result."""
        return tuple(id_ for id_ in self.after if id_ not in self.before)

    @property
    def moves(self) -> dict[str, int]:
        """Return by how many places the others went up (or, below 0, down); those that stayed are not in it."""
        places = {id_: place for place, id_ in enumerate(self.after)}
        moves = {id_: place - places[id_] for place, id_ in enumerate(self.before) if id_ in places}
        return {id_: move for id_, move in moves.items() if move}

    @property
    def cost(self) -> tuple[int, int]:
        """Return how much it is changed: how many left, then how far the others moved."""
        return len(self.left), sum(map(abs, self.moves.values()))


def assess(name: str, values: Mapping[str, Value], change: Revision) -> ResultChange:
    """Return what `change` does to the sheet `name`, answers by question as they were given."""
    situation_before, refused_before = _reopened(change.old, values)
    situation, refused = _reopened(change.new, values)
    to_ask = set(situation.path) - situation.answers.keys()
    unheld = tuple(
        one._replace(again=one.question in to_ask, already=one.in_part_of(refused_before.get(id_, [])))
        for id_, some in refused.items()
        for one in some
    )
    questions, renamed = change.new.compass.questions, change.new.compass.renamed
    known = {one.question for one in unheld} | {current(id_, renamed, questions) for id_ in situation_before.missing}
    return ResultChange(
        name,
        change,
        tuple(dict.fromkeys(change.names[id_] for id_ in _result(change.old, situation_before))),
        tuple(_result(change.new, situation)),
        unheld,
        tuple(id_ for id_ in situation.missing if id_ not in known),
    )


def _reopened(definitions: Definitions, values: Mapping[str, Value]) -> tuple[Situation, dict[str, list[Unheld]]]:
    """Return where the answers put somebody, and those that do not hold, by the names they were given."""
    compass = definitions.compass
    carried = carried_over(compass, definitions.catalogue, values)
    answers, refused = sift(compass, Answers.given(carried, Origin.FILE))
    return situate(compass, answers), {
        id_: [Unheld(question, problem, partial=question in answers.by_question) for problem in refused[question]]
        for id_, question in zip(values, carried, strict=True)
        if question in refused
    }


def _result(definitions: Definitions, situation: Situation) -> list[str]:
    ranking = rank(definitions.compass, definitions.catalogue, situation)
    return [one.medoc.id for one in ranking.top(definitions.top)]


# --- All the sheets together -----------------------------------------------------------------------------------------


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
