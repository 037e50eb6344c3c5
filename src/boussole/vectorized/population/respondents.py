"""Where many people stand at once: their paths, axes, terms and truths, as `core.situation` finds them one by one."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np

from boussole.core.definitions.conditions import ALWAYS, Every, Holding, Not, Some, Subject, SubjectKind
from boussole.core.definitions.dependencies import presence
from boussole.vectorized.encoding import Column, mask_kind, mask_of, masks, numbered, points, terms_of, truths, without

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.arrays import Bool, Int64, Masks
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Axis, Compass
    from boussole.core.definitions.conditions import AllOf, Answered, AnyOf, Between, Condition

_LARGEST = 2**62


class Respondents:
    """People who answered the questions of a compass; `columns` by question, a question left out was not answered.

    Every array is by person, (people). `asked` tells, by question, whose path it is on.
    """

    def __init__(self, compass: Compass, catalogue: Catalogue, columns: Mapping[str, Column], size: int) -> None:
        """Walk the path of all of them, a question at a time."""
        self._compass = compass
        self._catalogue = catalogue
        nobody = Column((None,), np.zeros(size, np.int32))
        self._columns = {id_: columns.get(id_, nobody) for id_ in compass.questions}
        self.size = size
        self.asked: dict[str, Bool] = {}
        self._axes: dict[str, tuple[Int64, Bool]] = {}
        self._masks: dict[str, Masks] = {}
        self._known: dict[Subject, tuple[list[Any], Int64]] = {}
        for question in compass.questions.values():
            self.asked[question.id] = self.holds(presence(compass, question))

    def missing(self) -> dict[str, Bool]:
        """Return, by required question, who was asked it without an answer; without those nobody misses."""
        found = {}
        for id_, question in self._compass.questions.items():
            column = self._columns[id_]
            if question.required and None in column.values:
                unanswered = np.array([value is None for value in column.values], bool)[column.codes]
                lacking = unanswered & self.asked[id_]
                if lacking.any():
                    found[id_] = lacking
        return found

    def holds(self, condition: Condition) -> Bool:
        """Return for whom a condition holds."""
        if condition is ALWAYS:
            return np.ones(self.size, bool)
        if isinstance(condition, Not):
            return ~self.holds(condition.condition)
        if isinstance(condition, Every | Some):
            join, start = (np.logical_and, True) if isinstance(condition, Every) else (np.logical_or, False)
            found = np.full(self.size, start)
            for part in condition.conditions:
                join(found, self.holds(part), out=found)
            return found
        if condition.subject.kind is SubjectKind.QUESTION:
            id_ = condition.subject.id
            column, question, asked = self._columns[id_], self._compass.questions[id_], self.asked[id_]
            found = truths(column, question, condition)[column.codes]
            return found if asked.all() else np.where(asked, found, without(condition))
        return self._by_value(condition)

    def _by_value(self, leaf: AnyOf | AllOf | Between | Answered) -> Bool:
        """Return for whom a comparison with an axis or a facet holds: judged once for each value there is."""
        values, codes = self._valued(leaf.subject)
        return np.array([leaf.holds(Holding(value)) for value in values], bool)[codes]

    def _valued(self, subject: Subject) -> tuple[list[Any], Int64]:
        """Return the distinct values of an axis, or sets of terms of a facet, and which each person has."""
        if subject not in self._known:
            held: list[Any]
            if subject.kind is SubjectKind.AXIS:
                values, known = self.axis(subject.id)
                distinct, codes = numbered(np.where(known, values + 1, 0))
                held = [value - 1 if value else None for value in distinct.tolist()]
            else:
                distinct, codes = numbered(self.terms(subject.id))
                facet = self._catalogue.facets[subject.id]
                held = [terms_of(mask, facet) or None for mask in distinct.tolist()]
            self._known[subject] = (held, codes)
        return self._known[subject]

    def axis(self, id_: str) -> tuple[Int64, Bool]:
        """Return the value of an axis for each person, 0 to 100, and who has one."""
        if id_ not in self._axes:
            self._axes[id_] = self._axis(self._compass.axes[id_])
        return self._axes[id_]

    def _axis(self, axis: Axis) -> tuple[Int64, Bool]:
        questions = [(self._compass.questions[id_], weight) for id_, weight in axis.questions.items()]
        whole = lcm(*(question.highest_points for question, _ in questions))
        largest = 100 * whole * sum(weight for _, weight in questions)
        kind: Any = np.int64 if largest < _LARGEST else object
        weights, sums = np.zeros(self.size, kind), np.zeros(self.size, kind)
        for question, weight in questions:
            column = self._columns[question.id]
            of_value, counts = points(column, question)
            counted = self.asked[question.id] & counts[column.codes]
            share = of_value.astype(kind) * (weight * (whole // question.highest_points))
            weights += counted.astype(kind) * weight  # which may be more than a number of the machine holds
            sums += np.where(counted, share[column.codes], 0)
        known = weights > 0
        values = 100 * sums // np.where(known, whole * weights, 1)
        return values.astype(np.int64), known.astype(bool)

    def terms(self, facet: str) -> Masks:
        """Return the terms of `facet` where each person stands, as bits in the order of the terms."""
        if facet not in self._masks:
            self._masks[facet] = self._terms(facet)
        return self._masks[facet]

    def _terms(self, id_: str) -> Masks:
        facet = self._catalogue.facets[id_]
        places, kind = facet.places(), mask_kind(facet)
        found: Masks = np.zeros(self.size, kind)
        for question in self._compass.questions.values():
            if id_ in question.places and question.id in self.asked:
                column, asked = self._columns[question.id], self.asked[question.id]
                own = masks(column, question, facet)[column.codes]
                found |= own if asked.all() else np.where(asked, own, 0)
        for axis in self._compass.axes.values():
            if axis.facet == id_ and axis.steps:
                values, known = self.axis(axis.id)
                steps = np.array([step.start for step in axis.steps])
                of_step = np.array([0, *(1 << places[step.term] for step in axis.steps)], kind)
                found |= np.where(known, of_step[np.searchsorted(steps, values, side="right")], 0)
        for placement in self._compass.placements:
            if id_ in placement.at:
                found |= np.where(self.holds(placement.when), mask_of(placement.at[id_], places), 0).astype(kind)
        return found
