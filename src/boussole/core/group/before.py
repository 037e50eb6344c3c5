"""The same people before and after: what moved, of those who have a sheet in both rounds only."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.group.counts import count_questions
from boussole.core.group.gathering import Gathering, Person, gather, lower_median
from boussole.core.group.order import group_order
from boussole.core.group.shared import first_of

_CROSSED = {QuestionType.ONE, QuestionType.YES_NO, QuestionType.SCALE}


class AxisChange(NamedTuple):
    """Of those who have a value in both rounds: how many went up, stayed, went down, and both lower medians."""

    people: int
    up: int
    same: int
    down: int
    before: int
    after: int


class QuestionChange(NamedTuple):
    """How many chose each option before, and after.

    `moves` says, by option before and option after, how many went from the one to the other, without empty cells; None
    where one of them would be too small to show, or a person may choose several options.
    """

    id: str
    before: Mapping[str, int]
    after: Mapping[str, int]
    moves: Mapping[str, Mapping[str, int]] | None


class Change(NamedTuple):
    """What changed among `people`; those who have a sheet in one round only are counted apart.

    `axes` are None under K values. `questions` is None where those counted apart are so few that what all answered
    would give them away. `came` and `left` are the MEDOC that the common list won and lost.
    """

    people: int
    only_before: int
    only_after: int
    axes: Mapping[str, AxisChange | None]
    questions: tuple[QuestionChange, ...] | None
    came: tuple[str, ...]
    left: tuple[str, ...]


def change(after: Gathering, earlier: Sequence[Person], smallest: int, fewest: int) -> Change | None:
    """Return what changed since `earlier`, matching people by their ids; None where they are under `fewest`."""
    earlier_by_id = {person.id: person for person in earlier if person.id is not None}
    pairs = [(earlier_by_id[one.id], one) for one in after.people if one.id in earlier_by_id]
    if sum(now.people for _, now in pairs) < fewest:
        return None
    was, is_ = (gather(after.compass, after.catalogue, side) for side in zip(*pairs, strict=True))
    apart = (len(earlier) - len(pairs), len(after.people) - len(pairs))
    questions = None if any(0 < one < smallest for one in apart) else tuple(_questions(was, is_, smallest))
    top = after.compass.weighting.top
    lists = [[one.medoc.id for one in first_of(group_order(side), top)] for side in (was, is_)]
    came, left = ([id_ for id_ in one if id_ not in other] for one, other in (lists[::-1], lists))
    return Change(len(pairs), *apart, _axes(was, is_, smallest), questions, tuple(came), tuple(left))


def _axes(was: Gathering, is_: Gathering, smallest: int) -> dict[str, AxisChange | None]:
    found: dict[str, AxisChange | None] = {}
    for axis, values in is_.axes.items():
        both = [(was.axes[axis][number], value) for number, value in values.items() if number in was.axes[axis]]
        if len(both) < smallest:
            found[axis] = None
            continue
        up, down = sum(one < other for one, other in both), sum(one > other for one, other in both)
        before, after = (lower_median(sorted(side)) for side in zip(*both, strict=True))
        found[axis] = AxisChange(len(both), up, len(both) - up - down, down, before, after)
    return found


def _questions(was: Gathering, is_: Gathering, smallest: int) -> list[QuestionChange]:
    found = []
    for before, after in zip(count_questions(was), count_questions(is_), strict=True):
        if before.counts is None or after.counts is None:
            continue
        moves = None
        if is_.compass.questions[before.id].type in _CROSSED:
            cells = _moves(was, is_, before.id)
            moves = cells if all(count >= smallest for to in cells.values() for count in to.values()) else None
        found.append(QuestionChange(before.id, before.counts, after.counts, moves))
    return found


def _moves(was: Gathering, is_: Gathering, question: str) -> dict[str, dict[str, int]]:
    """Return the cells that are not empty, « ? » being an option of its own, of those asked in both rounds."""
    sides = [{**side.options[question], UNKNOWN: side.unknown[question]} for side in (was, is_)]
    cells: dict[str, dict[str, int]] = {}
    for one, before in sides[0].items():
        for other, after in sides[1].items():
            if count := (before & after).bit_count():
                cells.setdefault(one, {})[other] = count
    return cells
