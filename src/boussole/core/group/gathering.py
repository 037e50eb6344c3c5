"""The people of a group, question by question and MEDOC by MEDOC; a set of people is a whole number, a bit each.

It knows who answered what and who is served by what; it must not know which of it may be shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from boussole.core.definitions.catalogue import Catalogue
from boussole.core.definitions.compass import UNKNOWN, WRITTEN, Compass, Question, Value
from boussole.core.ranking import Ranking
from boussole.core.situation import Situation
from boussole.empty import EMPTY


class Person(NamedTuple):
    """One whole sheet of answers, and what it brings.

    `served` holds the ranks, by id, of the MEDOC whose rank is at most the compass's `top`; `left_out` the ids of those
    that are not in the ranking. `people` is for how many the sheet speaks (a table), `id` what is the same in the
    sheets that a person fills one after the other.
    """

    situation: Situation
    served: Mapping[str, int]
    left_out: frozenset[str]
    people: int = 1
    id: str | None = None


def person_of(ranking: Ranking, *, people: int = 1, id_: str | None = None) -> Person:
    """Return the person whom `ranking` is for."""
    top = ranking.context.compass.weighting.top
    served = {item.medoc.id: item.rank for item in ranking.recommendations if item.rank <= top}
    return Person(ranking.situation, served, frozenset(out.medoc.id for out in ranking.left_out), people, id_)


class Gathering(NamedTuple):
    """The people of a group, in any order, as bits: the first person is 1, the second 2, the third 4.

    `options` says, by question and option, who chose it (of a `scale`, the positions as text); `answered` who answered
    a question on their path, "?" included, and `unknown` who answered "?". `terms` says, by facet and term, who stands
    there; `axes` who has which value, in the order of the people. `served` says by whom a MEDOC is had among the first,
    `out` for whom it is left out; `points` is Σ (top + 1 - rank) of those it serves.
    """

    compass: Compass
    catalogue: Catalogue
    people: tuple[Person, ...]
    options: Mapping[str, Mapping[str, int]]
    answered: Mapping[str, int]
    unknown: Mapping[str, int]
    terms: Mapping[str, Mapping[str, int]]
    axes: Mapping[str, Mapping[int, int]]
    served: Mapping[str, int]
    out: Mapping[str, int]
    points: Mapping[str, int]

    @property
    def everybody(self) -> int:
        """Return all the people."""
        return (1 << len(self.people)) - 1


def gather(compass: Compass, catalogue: Catalogue, people: Sequence[Person]) -> Gathering:
    """Return the gathering of `people`, whose answers are to `compass`."""
    options = {question.id: dict.fromkeys(option_ids(question), 0) for question in compass.questions.values()}
    answered, unknown = dict.fromkeys(compass.questions, 0), dict.fromkeys(compass.questions, 0)
    terms = {facet.id: dict.fromkeys(facet.terms, 0) for facet in catalogue.facets.values()}
    axes: dict[str, dict[int, int]] = {id_: {} for id_ in compass.axes}
    served, out = dict.fromkeys(catalogue.medoc, 0), dict.fromkeys(catalogue.medoc, 0)
    points = dict.fromkeys(catalogue.medoc, 0)
    for number, person in enumerate(people):
        bit, situation = 1 << number, person.situation
        for id_, value in situation.answers.items():
            answered[id_] |= bit
            if value == UNKNOWN:
                unknown[id_] |= bit
                continue
            for one in chosen(compass.questions[id_], value):
                options[id_][one] |= bit
        for facet, here in situation.terms.items():
            for term in here:
                terms[facet][term] |= bit
        for axis in situation.axes:
            axes[axis][number] = situation.axes[axis]
        for id_, rank in person.served.items():
            served[id_] |= bit
            points[id_] += compass.weighting.top + 1 - rank
        for id_ in person.left_out:
            out[id_] |= bit
    return Gathering(compass, catalogue, tuple(people), options, answered, unknown, terms, axes, served, out, points)


def option_ids(question: Question) -> tuple[str, ...]:
    """Return the ids of the options, of a `scale` its positions as text, none for a number, a date or a text."""
    return tuple(map(str, range(len(question.labels)))) if question.labels else tuple(question.options)


def chosen(question: Question, value: Value) -> tuple[str, ...]:
    """Return what an answer other than "?" chose among `option_ids`."""
    if question.type in WRITTEN:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def union(sets: Iterable[int]) -> int:
    """Return the people who are in any of `sets`."""
    found = 0
    for one in sets:
        found |= one
    return found


def lower_median(values: Sequence[int], quarters: int = 2) -> int:
    """Return, of sorted `values` v₁ ≤ … ≤ v_m, the v_⌈m·quarters/4⌉: the lower median, by default."""
    return values[-(-len(values) * quarters // 4) - 1]


EMPTY_SITUATION = Situation((), EMPTY, EMPTY, EMPTY, (), ())
"""The situation of a group as one: nobody's answers."""
