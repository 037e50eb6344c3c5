"""What the people of a group answered, and where they stand: counts, never crossed with anything."""

from collections.abc import Mapping
from typing import NamedTuple

from boussole.core.definitions.compass import WRITTEN
from boussole.core.definitions.dependencies import placeable
from boussole.core.group.gathering import Gathering, lower_median

FEWEST_FOR_PERCENT = 20
"""Under so many people no percentage is shown."""
FEWEST_FOR_DOTS = 5
"""Under so many values of an axis neither its quartiles nor its values are shown."""


class QuestionCounts(NamedTuple):
    """Of a question: who answered it on their path, « ? » included, who said « ? », and how many chose each option.

    `counts` is None for a number, a date or a text; of a `scale` it is by position.
    """

    id: str
    asked: int
    unknown: int
    counts: Mapping[str, int] | None


class TermCount(NamedTuple):
    """How many stand at a term, and floor(100·people/n), None under twenty people."""

    people: int
    percent: int | None


class AxisCounts(NamedTuple):
    """Of an axis: how many have a value, the lower median, the quartiles, and the values in ascending order.

    The median is None under K values; `low`, `high` and `values` under K or five.
    """

    people: int
    median: int | None
    low: int | None
    high: int | None
    values: tuple[int, ...] | None


def percent(count: int, total: int, people: int) -> int | None:
    """Return floor(100·count/total), None in a group of under twenty `people`."""
    return 100 * count // total if people >= FEWEST_FOR_PERCENT else None


def count_questions(gathering: Gathering) -> tuple[QuestionCounts, ...]:
    """Return what was answered to every question, in the order of the file."""
    found = []
    for id_, question in gathering.compass.questions.items():
        closed = question.type not in WRITTEN
        counts = {one: people.bit_count() for one, people in gathering.options[id_].items()} if closed else None
        asked, unknown = gathering.answered[id_].bit_count(), gathering.unknown[id_].bit_count()
        found.append(QuestionCounts(id_, asked, unknown, counts))
    return tuple(found)


def count_facets(gathering: Gathering) -> dict[str, dict[str, TermCount]]:
    """Return how many stand at each term of the facets at which the compass can place, in the catalogue's order."""
    placed, people = placeable(gathering.compass), len(gathering.people)

    def count(here: int) -> TermCount:
        return TermCount(here.bit_count(), percent(here.bit_count(), people, people))

    return {
        facet: {term: count(here) for term, here in terms.items()}
        for facet, terms in gathering.terms.items()
        if facet in placed
    }


def count_axes(gathering: Gathering, smallest: int) -> dict[str, AxisCounts]:
    """Return where the values of each axis lie, in the order of the file."""
    found = {}
    for id_, by_person in gathering.axes.items():
        values = sorted(by_person.values())
        middle = lower_median(values) if len(values) >= smallest else None
        low = high = told = None
        if len(values) >= max(smallest, FEWEST_FOR_DOTS):
            low, high, told = lower_median(values, 1), lower_median(values, 3), tuple(values)
        found[id_] = AxisCounts(len(values), middle, low, high, told)
    return found
