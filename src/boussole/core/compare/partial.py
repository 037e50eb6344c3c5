"""One case with some of its differences from another applied, and where each MEDOC then stands."""

from __future__ import annotations

from bisect import bisect_left
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from boussole.core.compare.differences import Case, Difference, Part, differences, own_options
from boussole.core.compare.patch import (
    apply_by_id,
    apply_by_position,
    apply_tags,
    circular,
    drop_dangling_from_axis,
    drop_dangling_places,
    drop_dangling_terms,
)
from boussole.core.definitions.compass import Option
from boussole.core.order import order
from boussole.core.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from boussole.core.definitions.catalogue import Facet, Medoc
    from boussole.core.definitions.compass import Compass, Question, Rule
    from boussole.core.situation import Situation


class NoPlace(IntEnum):
    """What stands instead of a place, which counts from 1: below it, so that `place > 0` tells them apart."""

    LEFT_OUT = 0
    """It is left out of the list."""
    ABSENT = -1
    """It is not in the catalogue."""
    IMPOSSIBLE = -2
    """There are no such definitions: they place people in a circle."""


Chosen: TypeAlias = "frozenset[int]"
"""Differences, by their position in `Hybrids.differences`."""
_Key: TypeAlias = "tuple[Any, ...]"
NONE: Chosen = frozenset()


class ScoredCase(NamedTuple):
    """A case in which every MEDOC is as before, ranked: the key of each in the order (None: left out), and all keys."""

    case: Case
    situation: Situation
    keys: Mapping[str, _Key | None]
    order: Sequence[_Key]


class PartialChanges:
    """All that lies between two cases.

    What some differences take away is taken out of all that refers to it: a term, out of tags, options and places; a
    question, out of axes and conditions; a kind, with its MEDOC.
    """

    def __init__(self, before: Case, after: Case) -> None:
        """Find what differs."""
        self.before, self.after = before, after
        self.differences = differences(before, after)
        self._touched = [difference.medoc for difference in self.differences]
        self.wide = frozenset(at for at, medoc in enumerate(self._touched) if medoc is None)
        self._scored_cases: dict[Chosen, ScoredCase | None] = {}
        self._alike: dict[tuple[object, ...], ScoredCase] = {}
        self._keys: dict[tuple[Chosen, str, Chosen], tuple[_Key | None, ...]] = {}
        self._rules: dict[str, list[Rule]] = {}
        for rule in before.compass.rules:
            for id_ in rule.medoc:
                self._rules.setdefault(id_, []).append(rule)

    def touches(self, at: int) -> frozenset[str]:
        """Return the MEDOC that a difference which is not wide changes by itself."""
        return self._touched[at] or frozenset()

    def case(self, chosen: Iterable[int]) -> Case:
        """Return the case before with the differences `chosen` applied."""
        applied = [self.differences[at] for at in sorted(chosen)]
        if all(one.part is Part.ANSWER for one in applied):
            return self.before._replace(values=self._values(applied))
        facets = apply_by_id(self.before.catalogue.facets, applied, Part.FACET)
        dated = next((one.after for one in applied if one.part is Part.DATED), self.before.catalogue.dated)
        catalogue = self.before.catalogue._replace(facets=facets, medoc=self._all_medoc(applied, facets), dated=dated)
        return Case(self._compass(applied, facets), catalogue, self._values(applied))

    def _all_medoc(self, applied: Sequence[Difference], facets: Mapping[str, Facet]) -> dict[str, Medoc]:
        medoc: dict[str, Medoc | None] = dict(self.before.catalogue.medoc)
        touched = {id_ for one in applied if one.part is not Part.RULE for id_ in one.medoc or ()}
        for id_ in touched:
            medoc[id_] = self._medoc(id_, applied)
        if any(one.part is Part.FACET for one in applied):  # the terms that are no more are looked for everywhere
            touched = set(medoc)
        for id_ in touched:
            given = medoc[id_]
            medoc[id_] = None if given is None else drop_dangling_terms(given, facets)
        return {id_: one for id_, one in medoc.items() if one is not None}

    def _scored_case(self, chosen: Chosen) -> ScoredCase | None:
        """Return the scored case of the wide differences among those chosen; None where there can be none."""
        wide = chosen & self.wide
        if wide not in self._scored_cases:
            case = self.case(wide)
            self._scored_cases[wide] = None if circular(case.compass.placements) else self._ranked(case, wide)
        return self._scored_cases[wide]

    def _ranked(self, case: Case, wide: Chosen) -> ScoredCase:
        """Return a case with its scores; many differences put the person in one situation, which is ranked once."""
        situation, weighting = case.situation(), case.compass.weighting
        facets = frozenset(at for at in wide if self.differences[at].part is Part.FACET)
        parts = (situation.answers, situation.terms, situation.axes, weighting.weights)
        fixed = (weighting.require, weighting.generic, case.catalogue.dated)
        alike = (facets, *fixed, *(frozenset(part.items()) for part in parts))
        if alike not in self._alike:
            self._alike[alike] = _ranked(case, situation)
        return self._alike[alike]

    def place(self, medoc: str, chosen: Chosen) -> int:
        """Return the place of a MEDOC, from 1, with the differences `chosen` applied; a `NoPlace` where it has none.

        It is that of `case(chosen)` ranked, computed from what the differences touch.
        """
        scored = self._scored_case(chosen)
        if scored is None:
            return NoPlace.IMPOSSIBLE
        changed = self._changed(scored, chosen)
        found = changed.get(medoc, (scored.keys[medoc],) if medoc in scored.keys else ())
        if not found:
            return NoPlace.ABSENT
        (key,) = found
        if key is None:
            return NoPlace.LEFT_OUT
        ahead = bisect_left(scored.order, key)
        for id_, now in changed.items():
            was = scored.keys.get(id_)
            ahead -= was is not None and was < key
            ahead += any(one is not None and one < key for one in now)
        return ahead + 1

    def first(self, number: int, chosen: Chosen) -> list[str] | None:
        """Return the ids of the first `number` of the ranking with the differences `chosen` applied; None without."""
        scored = self._scored_case(chosen)
        if scored is None:
            return None
        changed = self._changed(scored, chosen)
        others = [key for key in scored.order[: number + len(changed)] if key[-1] not in changed]
        keys = sorted([*others, *(key for keys in changed.values() for key in keys if key is not None)])
        return [key[-1] for key in keys[:number]]

    def _changed(self, scored: ScoredCase, chosen: Chosen) -> dict[str, tuple[_Key | None, ...]]:
        """Return the keys of the MEDOC that differences touch: nothing for one that is not in the catalogue."""
        narrow = chosen - self.wide
        own: dict[str, set[int]] = {}
        for at in narrow:
            for id_ in self.touches(at):
                own.setdefault(id_, set()).add(at)
        return {id_: self._key(scored, chosen & self.wide, id_, frozenset(its)) for id_, its in own.items()}

    def _key(self, scored: ScoredCase, wide: Chosen, id_: str, own: Chosen) -> tuple[_Key | None, ...]:
        known = self._keys.get((wide, id_, own))
        if known is None:
            known = self._keys[wide, id_, own] = self._found(scored, id_, [self.differences[at] for at in sorted(own)])
        return known

    def _found(self, scored: ScoredCase, id_: str, applied: Sequence[Difference]) -> tuple[_Key | None, ...]:
        """Rank one MEDOC by itself."""
        compass, catalogue, _ = scored.case
        given = self._medoc(id_, applied)
        medoc = None if given is None else drop_dangling_terms(given, catalogue.facets)
        if medoc is None:
            return ()
        rules = tuple(apply_by_position(self._rules.get(id_, ()), applied, Part.RULE))
        ranking = rank(compass._replace(rules=rules), catalogue._replace(medoc={id_: medoc}), scored.situation)
        return next(((order(item.score, item.medoc),) for item in ranking.recommendations), (None,))

    def _values(self, applied: Iterable[Difference]) -> dict[str, Any]:
        values = dict(self.before.values)
        for one in applied:
            if one.part is Part.ANSWER:
                values[one.id] = one.after
        return {id_: value for id_, value in values.items() if value is not None}

    def _medoc(self, id_: str, applied: Iterable[Difference]) -> Medoc | None:
        """Return a MEDOC with what differs of it applied; None where it is not in the catalogue."""
        medoc: Any = self.before.catalogue.medoc.get(id_)
        for one in applied:
            if one.id != id_ or one.medoc is None or one.part is Part.RULE:
                continue
            if one.part is Part.MEDOC:
                medoc = one.after
            else:
                medoc = apply_tags(medoc, one) if one.part is Part.TAGS else medoc._replace(**{one.part: one.after})
        return cast("Medoc | None", medoc)

    def _compass(self, applied: Sequence[Difference], facets: Mapping[str, Facet]) -> Compass:
        compass = self.before.compass
        weighting = compass.weighting
        require = set(weighting.require)
        generic = weighting.generic
        for one in applied:
            if one.part is Part.REQUIRE:
                require ^= {one.id}
            elif one.part is Part.GENERIC:
                generic = one.after
        asked = apply_by_id(compass.questions, applied, Part.QUESTION)
        questions = {id_: self._question(asked[id_], applied, facets) for id_ in self._ordered(asked, applied)}
        axes = {
            **{id_: axis._replace(questions={}) for id_, axis in {**self.after.compass.axes, **compass.axes}.items()},
            **apply_by_id(compass.axes, applied, Part.AXIS),
        }  # one that is not there has no value, whoever looks at it
        places = apply_by_position(compass.placements, applied, Part.PLACE)
        return compass._replace(
            questions=questions,
            sections=apply_by_id(compass.sections, applied, Part.SECTION),
            axes={id_: drop_dangling_from_axis(axis, questions, facets) for id_, axis in axes.items()},
            placements=tuple(place._replace(at=drop_dangling_places(place.at, facets)) for place in places),
            weighting=weighting._replace(
                weights=apply_by_id(weighting.weights, applied, Part.WEIGHT),
                require=frozenset(require),
                generic=generic,
            ),
            rules=tuple(apply_by_position(compass.rules, applied, Part.RULE)),
        )

    def _ordered(self, questions: Iterable[str], applied: Iterable[Difference]) -> list[str]:
        """Return the ids of questions in the order before, or after where the order is applied, the others between."""
        sides = [list(self.before.compass.questions), list(self.after.compass.questions)]
        if any(one.part is Part.ORDER for one in applied):
            sides.reverse()
        ids, others = sides
        for at, id_ in enumerate(others):
            if id_ not in ids:
                ids.insert(ids.index(others[at - 1]) + 1 if at else 0, id_)
        held = set(questions)
        return [id_ for id_ in ids if id_ in held]

    def _question(self, question: Question, applied: Iterable[Difference], facets: Mapping[str, Facet]) -> Question:
        """Return a question with the options that are left of it."""
        if question.facet is not None:
            terms = facets[question.facet].terms.values() if question.facet in facets else ()
            return question._replace(options={term.id: Option(term.id, term.title, term.hint) for term in terms})
        was = self.before.compass.questions.get(question.id)
        given = was.options if was is not None and own_options(was, question) else question.options
        options = apply_by_id(given, [one._replace(id=one.of) for one in applied if one.id == question.id], Part.OPTION)
        return question._replace(
            options={
                id_: option._replace(place=drop_dangling_places(option.place, facets))
                for id_, option in options.items()
            }
        )


def _ranked(case: Case, situation: Situation) -> ScoredCase:
    ranking = rank(case.compass, case.catalogue, situation)
    keys = {item.medoc.id: order(item.score, item.medoc) for item in ranking.recommendations}
    return ScoredCase(case, situation, {**dict.fromkeys(case.catalogue.medoc), **keys}, list(keys.values()))
