"""The groups inside a group that may be shown, so that nobody is found in a small one, nor by subtraction."""

from typing import NamedTuple

from boussole.core.definitions.compass import Compass, QuestionType
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.definitions.dependencies import placeable, presence
from boussole.core.group.gathering import Gathering, union

GROUPING = (QuestionType.ONE, QuestionType.YES_NO, QuestionType.MANY)
"""The types of the questions that can make groups."""


class Part(NamedTuple):
    """Some of the people: those at one option or term, or at several together, in the order of the file."""

    ids: tuple[str, ...]
    people: int


class Groups(NamedTuple):
    """The groups that are shown; `placed` are the people who are in any, shown or not, `makers` the questions asked.

    `parts` are all of them, before any is put with others; `several` tells whether somebody may stand in more than one.
    """

    id: str
    shown: tuple[Part, ...]
    parts: tuple[Part, ...]
    placed: int
    makers: frozenset[str]
    several: bool


def groupings(compass: Compass) -> tuple[str, ...]:
    """Return the ids of the questions and facets that can make groups; an id that is both is the question's."""
    questions = [one.id for one in compass.questions.values() if one.type in GROUPING]
    return (*questions, *sorted(placeable(compass) - set(compass.questions)))


def default_grouping(compass: Compass) -> str | None:
    """Return the first required `one` question that is asked of everybody and has a facet; None where there is none."""
    for question in compass.questions.values():
        everybody = question.required and presence(compass, question) is ALWAYS
        if everybody and question.type is QuestionType.ONE and question.facet is not None:
            return question.id
    return None


def form_groups(gathering: Gathering, by: str, smallest: int) -> Groups:
    """Return the groups that `by`, one of `groupings`, makes.

    A group of under `smallest` people is not shown. Where nobody is in two groups, all such together are shown as one,
    or, under `smallest` themselves, hide the smallest of the others, which would give them away.
    """
    question = gathering.compass.questions.get(by)
    if question is None:
        members, several, makers = gathering.terms[by], _several_terms(gathering.compass, by), _fed_by(gathering, by)
    else:
        members, several, makers = gathering.options[by], question.type is QuestionType.MANY, frozenset((by,))
    parts = [Part((id_,), people) for id_, people in members.items() if people]
    placed = union(part.people for part in parts)
    shown = [part for part in parts if part.people.bit_count() >= smallest]
    hidden = [part for part in parts if part.people.bit_count() < smallest]
    if hidden and not several:
        together = Part(tuple(id_ for part in hidden for id_ in part.ids), union(part.people for part in hidden))
        if together.people.bit_count() >= smallest:
            shown.append(together)
        elif shown:
            fewest = min(part.people.bit_count() for part in shown)
            shown.remove([part for part in shown if part.people.bit_count() == fewest][-1])
    shown = [part for part in shown if (placed & ~part.people).bit_count() >= smallest]
    return Groups(by, tuple(shown), tuple(parts), placed, makers, several)


def _fed_by(gathering: Gathering, facet: str) -> frozenset[str]:
    """Return the questions whose options are the terms of `facet`."""
    return frozenset(one.id for one in gathering.compass.questions.values() if one.facet == facet)


def _several_terms(compass: Compass, facet: str) -> bool:
    """Tell whether the compass can place somebody at several terms of `facet`: by a list, or from several sides."""
    sources = 0
    for question in compass.questions.values():
        placing = [option.place.get(facet, ()) for option in question.options.values()]
        if question.facet == facet or any(placing):
            if question.type is QuestionType.MANY or any(
                len(terms) + (question.facet == facet) > 1 for terms in placing
            ):
                return True
            sources += 1
    sources += sum(axis.facet == facet and bool(axis.steps) for axis in compass.axes.values())
    places = [placement.at[facet] for placement in compass.placements if facet in placement.at]
    return sources + len(places) > 1 or any(len(terms) > 1 for terms in places)
