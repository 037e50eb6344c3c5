"""What must be remembered of an interview to know how conditions will end: where somebody stands, without the rest."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from boussole.core.definitions.conditions import Held, Subject, SubjectKind, leaves
from boussole.core.definitions.dependencies import presence
from boussole.core.explore.answer_classes import AnswerClass, Observed, thresholds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.core.definitions.compass import Axis, Compass, Question
    from boussole.core.definitions.conditions import Condition, Leaf
    from boussole.core.definitions.dependencies import Dependencies


class InterviewState(NamedTuple):
    """What is remembered: what questions hold, the sums of axes (weights, weighted points), the terms placed at.

    A number by itself stands for an axis all of whose questions are past: a value judged as its own is, or None.
    """

    held: tuple[Held, ...]
    sums: tuple[tuple[int, int] | int | None, ...]
    terms: frozenset[tuple[str, str]]


class StateSpace:
    """All that some conditions and facets depend on: the questions to follow, and what to remember of each."""

    def __init__(
        self,
        compass: Compass,
        dependencies: Dependencies,
        order: Mapping[str, int],
        conditions: Sequence[Condition],
        facets: Sequence[str],
    ) -> None:
        """Find what is looked at, and how long each thing is remembered; `order` has the place of each question."""
        self.compass = compass
        self._leaves: dict[str, list[Leaf]] = {}
        self._terms: dict[str, set[str] | None] = {}
        self._axes: dict[str, Axis] = {}
        self._thresholds: dict[str, set[int]] = {}
        """By axis, the values from which something is judged differently."""
        self._until: dict[str, int] = {}
        """By question, the place of the last question that needs what it holds."""
        self._facets_until: dict[str, int] = {}
        end = len(order)
        for condition in conditions:
            self._look(condition, end)
        for facet in facets:
            self._terms[facet] = None
            self._look_at(Subject(SubjectKind.FACET, facet), end)
        wanted = {subject for condition in conditions for subject in condition.subjects()}
        wanted |= {Subject(SubjectKind.FACET, facet) for facet in facets}
        followed = sorted(dependencies.followed(wanted), key=order.__getitem__)
        self.questions = [compass.questions[id_] for id_ in followed]
        for question in self.questions:
            self._look(presence(compass, question), order[question.id])
        self._order = order
        self._slots = {id_: slot for slot, id_ in enumerate(sorted(self._leaves, key=order.__getitem__))}
        self._axis_slots = {id_: slot for slot, id_ in enumerate(self._axes)}
        self._whole = {
            id_: lcm(*(compass.questions[one].highest_points for one in axis.questions))
            for id_, axis in self._axes.items()
        }
        self._closes = {id_: max(order[one] for one in axis.questions) for id_, axis in self._axes.items()}

    def _look(self, condition: Condition, until: int) -> None:
        """Note what a condition that is judged before the question at `until` looks at."""
        for leaf in leaves(condition):
            if leaf.subject.kind is SubjectKind.QUESTION:
                known = self._leaves.setdefault(leaf.subject.id, [])
                if not any(type(leaf) is type(other) and leaf == other for other in known):
                    known.append(leaf)
            elif leaf.subject.kind is SubjectKind.AXIS:
                self._thresholds.setdefault(leaf.subject.id, set()).update(thresholds(leaf))
            else:
                tested = self._terms.setdefault(leaf.subject.id, set())
                if tested is not None:
                    tested.update(str(value) for value in getattr(leaf, "values", ()))
            self._look_at(leaf.subject, until)

    def _look_at(self, subject: Subject, until: int) -> None:
        if subject.kind is SubjectKind.QUESTION:
            self._until[subject.id] = max(until, self._until.get(subject.id, 0))
        elif subject.kind is SubjectKind.AXIS:
            self._axes.setdefault(subject.id, self.compass.axes[subject.id])
        elif self._facets_until.get(subject.id, -1) < until:
            self._facets_until[subject.id] = until
            self._terms.setdefault(subject.id, set())
            for axis in self.compass.axes.values():
                if axis.facet == subject.id:
                    self._thresholds.setdefault(axis.id, set()).update(step.start for step in axis.steps)
                    self._look_at(Subject(SubjectKind.AXIS, axis.id), until)
            for placement in self.compass.placements:
                if subject.id in placement.at:
                    self._look(placement.when, until)

    def interest(self, question: Question, *, alone: bool) -> Observed:
        """Return what is looked at in a question."""
        return Observed(
            leaves=tuple(self._leaves.get(question.id, ())),
            counted=any(question.id in axis.questions for axis in self._axes.values()),
            facets=self._terms,
            alone=alone,
        )

    def start(self) -> InterviewState:
        """Return where somebody stands before the first question."""
        return InterviewState((None,) * len(self._slots), ((0, 0),) * len(self._axis_slots), frozenset())

    def answered(self, state: InterviewState, question: Question, kind: AnswerClass) -> InterviewState:
        """Return where somebody stands after an answer of this kind."""
        held, sums = state.held, state.sums
        slot = self._slots.get(question.id)
        if slot is not None and kind.held is not None:
            held = (*held[:slot], kind.held, *held[slot + 1 :])
        if kind.points is not None:
            counted = list(sums)
            for id_, axis in self._axes.items():
                weight = axis.questions.get(question.id)
                current = counted[self._axis_slots[id_]]
                if weight is not None and isinstance(current, tuple):
                    share = weight * kind.points * (self._whole[id_] // question.highest_points)
                    counted[self._axis_slots[id_]] = (current[0] + weight, current[1] + share)
            sums = tuple(counted)
        return self._project(InterviewState(held, sums, state.terms | kind.terms), question)

    def passed(self, state: InterviewState, question: Question) -> InterviewState:
        """Return where somebody stands who was not asked `question`."""
        return self._project(state, question)

    def _project(self, state: InterviewState, question: Question) -> InterviewState:
        """Drop what nothing needs after `question`, so that what does not matter any more makes no difference."""
        place = self._order[question.id]
        held = tuple(
            [value if self._until[id_] > place else None for id_, value in zip(self._slots, state.held, strict=True)]
        )
        sums = tuple(
            [
                self._closed(id_, total) if isinstance(total, tuple) and self._closes[id_] <= place else total
                for id_, total in zip(self._axis_slots, state.sums, strict=True)
            ]
        )
        terms = state.terms
        if terms:
            terms = frozenset((facet, term) for facet, term in terms if self._facets_until[facet] > place)
        return InterviewState(held, sums, terms)

    def _closed(self, axis: str, total: tuple[int, int]) -> int | None:
        """Return the value of an axis, or a lower one that nothing tells apart from it."""
        value = self._value(axis, total)
        return (
            None
            if value is None
            else max((bound for bound in self._thresholds.get(axis, ()) if bound <= value), default=-1)
        )

    def _value(self, axis: str, total: tuple[int, int]) -> int | None:
        weights, points = total
        return 100 * points // (self._whole[axis] * weights) if weights else None

    def view(self, state: InterviewState) -> StateView:
        """Return what conditions see."""
        return StateView(self, state)

    def held(self, state: InterviewState, question: str) -> Held:
        """Return what a question holds."""
        return state.held[self._slots[question]]

    def axis(self, state: InterviewState, id_: str) -> int | None:
        """Return the value of an axis."""
        total = state.sums[self._axis_slots[id_]]
        return self._value(id_, total) if isinstance(total, tuple) else total


class StateView:
    """A `conditions.View` of what is remembered of an interview."""

    def __init__(self, closure: StateSpace, state: InterviewState) -> None:
        """Take what is remembered."""
        self._closure = closure
        self._state = state
        self._terms: dict[str, frozenset[str]] = {}

    def held(self, subject: Subject) -> Held:
        """Return the chosen ids or terms, or the number; None where nothing is known."""
        if subject.kind is SubjectKind.QUESTION:
            return self._closure.held(self._state, subject.id)
        if subject.kind is SubjectKind.AXIS:
            return self._closure.axis(self._state, subject.id)
        return self.terms(subject.id) or None

    def terms(self, facet: str) -> frozenset[str]:
        """Return the terms of `facet` where somebody stands; those that nothing looks at are all called OTHER."""
        known = self._terms.get(facet)
        if known is None:  # the conditions of a hundred contraindications ask for the same facet
            known = self._terms[facet] = self._found_terms(facet)
        return known

    def _found_terms(self, facet: str) -> frozenset[str]:
        compass = self._closure.compass
        terms = {term for of, term in self._state.terms if of == facet}
        for axis in compass.axes.values():
            if axis.facet == facet and (value := self._closure.axis(self._state, axis.id)) is not None:
                terms.update(axis.terms_at(value))
        for placement in compass.placements:
            if facet in placement.at and placement.when.holds(self):
                terms |= placement.at[facet]
        return frozenset(terms)
