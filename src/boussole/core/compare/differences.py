"""What differs between two cases, in the smallest parts that an author or a participant would name."""

from __future__ import annotations

from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.core.answers.accepting import sift
from boussole.core.answers.answers import Answers
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.situation import situate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from boussole.core.definitions.catalogue import Catalogue, Facet, Medoc
    from boussole.core.definitions.compass import Axis, Compass, Option, Placement, Question, Rule, Value
    from boussole.core.situation import Situation


class Case(NamedTuple):
    """Definitions, and what one person answered: values by question, off the path too, not checked yet."""

    compass: Compass
    catalogue: Catalogue
    values: Mapping[str, Value]

    def situation(self) -> Situation:
        """Return the situation of that person: what the compass does not accept does not count."""
        return situate(self.compass, sift(self.compass, Answers.given(self.values)).answers)


class Part(StrEnum):
    """The kinds of parts that may differ, in the order they are told."""

    ANSWER = "answer"
    QUESTION = "question"
    OPTION = "option"
    ORDER = "order"
    SECTION = "section"
    AXIS = "axis"
    PLACE = "place"
    WEIGHT = "weight"
    REQUIRE = "require"
    GENERIC = "generic"
    RULE = "rule"
    FACET = "facet"
    MEDOC = "medoc"
    TAGS = "tags"
    PROVEN = "proven"
    AVOID = "avoid"
    YEAR = "year"
    REFERENCE = "reference"
    SUPERSEDED_BY = "superseded_by"
    DATED = "dated"


class Difference(NamedTuple):
    """One part that differs. `before` and `after` are what it is on each side: None where it is not there.

    `id` names the question, the section, the axis, the facet or the MEDOC; of a place or a rule it is its position in
    its file, from 1. `of` is the option of the question, or the facet of the tags.
    """

    part: Part
    id: str = ""
    of: str = ""
    before: Any = None
    after: Any = None

    @property
    def name(self) -> str:
        """Return what names it among the differences of one comparison."""
        gone = ("before",) if self.part in {Part.PLACE, Part.RULE} and self.after is None else ()
        return "/".join([self.part, *(word for word in (self.id, self.of) if word), *gone])

    @property
    def medoc(self) -> frozenset[str] | None:
        """Return the MEDOC whose own score or place it changes; None where it may be any."""
        if self.part is Part.RULE:
            return frozenset(chain.from_iterable(rule.medoc for rule in (self.before, self.after) if rule))
        return frozenset({self.id}) if self.part in OF_ONE else None


OF_ONE = {Part.MEDOC, Part.TAGS, Part.PROVEN, Part.AVOID, Part.YEAR, Part.REFERENCE, Part.SUPERSEDED_BY}
"""The parts of one MEDOC."""


def differences(before: Case, after: Case) -> list[Difference]:
    """Return what differs, texts aside: answers, then the compass, then the catalogue, each in the order of its file.

    An answer is one of them where its question is on the path after: what the path does not lead to any more is a
    consequence, not a change of its own.
    """
    found = list(_answers(before, after))
    if before.compass is not after.compass:
        found += _compass(before.compass, after.compass)
    if before.catalogue is not after.catalogue:
        found += _catalogue(before.catalogue, after.catalogue)
    return found


def _answers(before: Case, after: Case) -> Iterator[Difference]:
    for id_ in after.situation().path:
        was, is_ = before.values.get(id_), after.values.get(id_)
        if was != is_:
            yield Difference(Part.ANSWER, id_, "", was, is_)


def _compass(before: Compass, after: Compass) -> Iterator[Difference]:
    for id_ in _both(after.questions, before.questions):
        yield from _question(before.questions.get(id_), after.questions.get(id_))
    common = [tuple(id_ for id_ in one.questions if id_ in other.questions) for one, other in _ways(before, after)]
    if common[0] != common[1]:
        yield Difference(Part.ORDER, "", "", *common)
    for id_ in _both(after.sections, before.sections):
        whens = [one.sections[id_].when if id_ in one.sections else ALWAYS for one in (before, after)]
        if whens[0] != whens[1]:
            yield Difference(Part.SECTION, id_, "", before.sections.get(id_), after.sections.get(id_))
    yield from _by_id(Part.AXIS, before.axes, after.axes, _axis)
    yield from _by_position(Part.PLACE, before.placements, after.placements, _LIKE_PLACES)
    yield from _by_id(Part.WEIGHT, before.weighting.weights, after.weighting.weights, _itself)
    for id_ in sorted(before.weighting.require ^ after.weighting.require):
        yield Difference(Part.REQUIRE, id_, "", *(id_ in one.weighting.require for one in (before, after)))
    if before.weighting.generic != after.weighting.generic:
        yield Difference(Part.GENERIC, "", "", before.weighting.generic, after.weighting.generic)
    yield from _by_position(Part.RULE, before.rules, after.rules, _LIKE_RULES)


def _ways(one: Compass, other: Compass) -> tuple[tuple[Compass, Compass], ...]:
    return (one, other), (other, one)


def _question(before: Question | None, after: Question | None) -> Iterator[Difference]:
    """Yield what differs of a question: itself, then its options where both sides have their own."""
    if before is None or after is None:
        one = before or after
        yield Difference(Part.QUESTION, one.id if one else "", "", before, after)
        return
    whole = not own_options(before, after)
    if _asked(before, whole=whole) != _asked(after, whole=whole):
        yield Difference(Part.QUESTION, after.id, "", before, after)
    if not whole:
        for option in _by_id(Part.OPTION, before.options, after.options, _option):
            yield option._replace(id=after.id, of=option.id)


def own_options(before: Question, after: Question) -> bool:
    """Tell whether a question has options of its own on both sides, which then differ one by one."""
    return before.facet is None and after.facet is None and before.type is after.type


def _asked(question: Question, *, whole: bool) -> tuple[object, ...]:
    """Return what a question means, its options included where it is taken as a `whole`."""
    head = (question.type, question.section, question.facet, question.required, question.when)
    options = {id_: _option(option) for id_, option in question.options.items()} if whole else None
    if question.facet is not None:
        options = None  # they are the terms of the facet, which differ by themselves
    return (*head, question.least, question.most, question.decimals, len(question.labels), options)


def _option(option: Option) -> tuple[object, ...]:
    return option.points, option.place, option.alone


def _axis(axis: Axis) -> tuple[object, ...]:
    return axis.questions, axis.facet, axis.steps


def _itself(value: object) -> object:
    return value


def _catalogue(before: Catalogue, after: Catalogue) -> Iterator[Difference]:
    yield from _by_id(Part.FACET, before.facets, after.facets, _facet)
    if before.dated != after.dated:
        yield Difference(Part.DATED, "", "", before.dated, after.dated)
    facets = list(_both(after.facets, before.facets))
    for id_ in _both(after.medoc, before.medoc):
        was, is_ = before.medoc.get(id_), after.medoc.get(id_)
        if was is None or is_ is None:
            yield Difference(Part.MEDOC, id_, "", was, is_)
            continue
        for facet in facets:
            tags = was.terms_on(facet), is_.terms_on(facet)
            if tags[0] != tags[1]:
                yield Difference(Part.TAGS, id_, facet, *tags)
        for part, get in _FIELDS.items():
            if get(was) != get(is_):
                yield Difference(part, id_, "", *(getattr(one, part.value) for one in (was, is_)))


def _facet(facet: Facet) -> tuple[object, ...]:
    return facet.ordered, facet.at_most, tuple(facet.terms) if facet.ordered else frozenset(facet.terms)


_FIELDS: dict[Part, Callable[[Medoc], object]] = {
    Part.PROVEN: lambda medoc: medoc.proven.total,
    Part.AVOID: lambda medoc: [caution.when for caution in medoc.avoid],
    Part.YEAR: lambda medoc: medoc.year,
    Part.REFERENCE: lambda medoc: medoc.reference,
    Part.SUPERSEDED_BY: lambda medoc: medoc.superseded_by,
}


def _both(first: Iterable[str], then: Iterable[str]) -> dict[str, None]:
    """Return the ids of two mappings, those of the `first` in its order, then the others in theirs."""
    return dict.fromkeys(chain(first, then))


def _by_id(
    part: Part, before: Mapping[str, Any], after: Mapping[str, Any], meaning: Callable[[Any], object]
) -> Iterator[Difference]:
    for id_ in _both(after, before):
        was, is_ = before.get(id_), after.get(id_)
        if was is None or is_ is None or meaning(was) != meaning(is_):
            yield Difference(part, id_, "", was, is_)


_LIKE_PLACES: tuple[Callable[[Placement], object], ...] = (
    lambda place: place,
    lambda place: place.when,
    lambda place: place.at,
)
_LIKE_RULES: tuple[Callable[[Rule], object], ...] = (
    lambda rule: rule._replace(why=None),
    lambda rule: (rule.medoc, rule.when),
    lambda rule: (rule.medoc, rule.include, rule.exclude),
    lambda rule: rule.when,
)
"""By what one of the old and one of the new are taken for the same: the first holds where nothing differs."""


def _by_position(
    part: Part, before: Sequence[Any], after: Sequence[Any], likenesses: Sequence[Callable[[Any], object]]
) -> Iterator[Difference]:
    """Yield what differs in lists whose items have no ids: changed and added in the new order, then removed."""
    old, new = dict(enumerate(before, start=1)), dict(enumerate(after, start=1))
    changed: dict[int, Any] = {}
    for step, like in enumerate(likenesses):
        for place, one in list(new.items()):
            if place in changed:
                continue
            same = next((there for there, other in old.items() if like(other) == like(one)), None)
            if same is not None and step == 0:
                del old[same], new[place]
            elif same is not None:
                changed[place] = old.pop(same)
    for place, one in new.items():
        yield Difference(part, str(place), "", changed.get(place), one)
    for place, one in old.items():
        yield Difference(part, str(place), "", one, None)
