"""What sets a group apart from the others: options, axes and MEDOC, shown only between groups that are not small."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from boussole.core.group.gathering import Gathering, lower_median
from boussole.core.group.groups import GROUPING, Groups, Part
from boussole.core.group.order import GroupRanked

_MOST = 3
_GAP = 3
_AXIS_GAP = 20


class OptionContrast(NamedTuple):
    """How many of the group chose an option, and how many of the others."""

    question: str
    option: str
    here: int
    elsewhere: int


class AxisContrast(NamedTuple):
    """The lower medians of an axis, in the group and among the others."""

    axis: str
    here: int
    elsewhere: int


class MedocContrast(NamedTuple):
    """How many of the group have a MEDOC among their first, and how many of the others."""

    id: str
    here: int
    elsewhere: int


class Contrast(NamedTuple):
    """One group against the others; `options` and `medoc` are None where they would give somebody away."""

    part: Part
    people: int
    others: int
    options: tuple[OptionContrast, ...] | None
    axes: tuple[AxisContrast, ...]
    medoc: tuple[MedocContrast, ...] | None


class _Gap(NamedTuple):
    """Counts on both sides, and how far their shares are apart, exactly."""

    here: int
    elsewhere: int
    share: Fraction


def contrast(gathering: Gathering, groups: Groups, order: Sequence[GroupRanked], smallest: int) -> tuple[Contrast, ...]:
    """Return what sets each shown group apart, three lines of a kind at most.

    Counts on both sides add up to those of all who are in a group: where those who are in none are under `smallest`,
    the difference would be their answers, and no count is shown.
    """
    unplaced = len(gathering.people) - groups.placed.bit_count()
    open_ = not 0 < unplaced < smallest
    found = []
    for part in groups.shown:
        sides = _Sides(gathering, part.people, groups.placed & ~part.people, smallest)
        options = tuple(sides.options(groups.makers)) if open_ else None
        medoc = tuple(sides.medoc(order)) if open_ else None
        found.append(Contrast(part, *sides.sizes, options, tuple(sides.axes()), medoc))
    return _guarded(gathering, groups, found, smallest) if groups.several else tuple(found)


class _Sides:
    """A group and the others."""

    def __init__(self, gathering: Gathering, here: int, elsewhere: int, smallest: int) -> None:
        self._gathering = gathering
        self._here, self._elsewhere = here, elsewhere
        self._smallest = smallest
        self.sizes = here.bit_count(), elsewhere.bit_count()

    def _gap(self, people: int) -> _Gap | None:
        """Return how far apart the sides are on what `people` have in common; None under a third, or too few."""
        here, elsewhere = (people & self._here).bit_count(), (people & self._elsewhere).bit_count()
        whole = self.sizes[0] * self.sizes[1]
        apart = abs(here * self.sizes[1] - elsewhere * self.sizes[0])
        if _GAP * apart < whole or max(here, elsewhere) < self._smallest:
            return None
        return _Gap(here, elsewhere, Fraction(apart, whole))

    def options(self, makers: frozenset[str]) -> Iterator[OptionContrast]:
        """Yield the options that set apart, widest gap first, without the questions that make the groups."""
        found = []
        for id_, question in self._gathering.compass.questions.items():
            if question.type in GROUPING and id_ not in makers:
                for option, people in self._gathering.options[id_].items():
                    gap = self._gap(people)
                    if gap is not None:
                        found.append((gap, id_, option))
        found.sort(key=lambda one: (-one[0].share, -one[0].here))
        return (OptionContrast(id_, option, gap.here, gap.elsewhere) for gap, id_, option in found[:_MOST])

    def axes(self) -> Iterator[AxisContrast]:
        """Yield the axes whose medians are far apart, with enough values on both sides."""
        found = []
        for axis, by_person in self._gathering.axes.items():
            here = sorted(value for number, value in by_person.items() if self._here >> number & 1)
            elsewhere = sorted(value for number, value in by_person.items() if self._elsewhere >> number & 1)
            if min(len(here), len(elsewhere)) >= self._smallest:
                line = AxisContrast(axis, lower_median(here), lower_median(elsewhere))
                if abs(line.here - line.elsewhere) >= _AXIS_GAP:
                    found.append(line)
        found.sort(key=lambda line: -abs(line.here - line.elsewhere))
        return iter(found[:_MOST])

    def medoc(self, order: Sequence[GroupRanked]) -> Iterator[MedocContrast]:
        """Yield the MEDOC that set apart, where half of the side that has it less could have had it."""
        found = []
        for ranked in order:
            id_ = ranked.medoc.id
            gap = self._gap(self._gathering.served[id_])
            if gap is not None and self._could_have(id_, gap):
                found.append((gap, id_))
        found.sort(key=lambda one: (-one[0].share, -one[0].here))
        return (MedocContrast(id_, gap.here, gap.elsewhere) for gap, id_ in found[:_MOST])

    def _could_have(self, medoc: str, gap: _Gap) -> bool:
        """Tell whether `medoc` is in the ranking of half of the side that it serves less."""
        less_elsewhere = gap.here * self.sizes[1] > gap.elsewhere * self.sizes[0]
        side = self._elsewhere if less_elsewhere else self._here
        return 2 * (side & ~self._gathering.out[medoc]).bit_count() >= side.bit_count()


def _guarded(gathering: Gathering, groups: Groups, found: Sequence[Contrast], smallest: int) -> tuple[Contrast, ...]:
    """Return the contrasts without the counts that, taken together, bound those of a group too small to be shown.

    Where people may stand in several groups, what is shown of all the others can leave a small one no room.
    """
    lines: dict[tuple[str, str], dict[tuple[str, ...], int]] = {}
    for one in found:
        for line in one.options or ():
            lines.setdefault((line.question, line.option), {})[one.part.ids] = one.part.people
    small = [part for part in groups.parts if part.people.bit_count() < smallest]
    dropped = set()
    for (question, option), shown in lines.items():
        chose = gathering.options[question][option] & groups.placed
        for hidden in small:
            others = [part for part in groups.parts if part.ids != hidden.ids and part.ids not in shown]
            silent = sum(part.people.bit_count() for part in others)
            for side in (chose, groups.placed & ~chose):
                if side.bit_count() > silent + sum((people & side).bit_count() for people in shown.values()):
                    dropped.add((question, option))

    def kept(options: tuple[OptionContrast, ...] | None) -> tuple[OptionContrast, ...] | None:
        if options is None:
            return None
        return tuple(line for line in options if (line.question, line.option) not in dropped)

    return tuple(one._replace(options=kept(one.options)) for one in found)
