"""What a change of definitions does to one person who already answered. All of them together: `impact_totals`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.answers.accepting import sift
from boussole.core.answers.answers import Answers, Origin
from boussole.core.definitions.renames import carried_over, current
from boussole.core.ranking import rank
from boussole.core.situation import situate

if TYPE_CHECKING:
    from collections.abc import Mapping

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
