"""One condition, and whether it holds.

A condition looks at a situation only through `View`, so the same objects serve the interview, the ranking,
a catalogue's `avoid` and whole tables. `test` tells conditions of different kinds apart: as bare tuples, “any of these”
and “all of these” would be equal.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal, NamedTuple, Protocol, TypeAlias

Held: TypeAlias = frozenset[str] | int | None


class SubjectKind(StrEnum):
    """What a condition can look at."""

    QUESTION = "question"
    AXIS = "axis"
    FACET = "facet"


class Subject(NamedTuple):
    """The question, axis or facet that a test looks at."""

    kind: SubjectKind
    id: str


class View(Protocol):
    """What conditions see of a situation."""

    def held(self, subject: Subject) -> Held:
        """Return the chosen ids or terms, or the number; None where nothing is known (or off the path)."""
        ...


class Holding(NamedTuple):
    """A view in which every subject holds the same `value`: what a condition says of one answer, or of nothing."""

    value: Held

    def held(self, _subject: Subject) -> Held:
        """Return the value."""
        return self.value


class AnyOf(NamedTuple):
    """The subject is, or contains, at least one of `values`."""

    subject: Subject
    values: frozenset[str] | frozenset[int]
    test: Literal["any of"] = "any of"

    def holds(self, view: View) -> bool:
        """Tell whether it is so; what is not known is not equal to anything."""
        held = view.held(self.subject)
        if held is None:
            return False
        return held in self.values if isinstance(held, int) else not self.values.isdisjoint(held)

    def subjects(self) -> Iterator[Subject]:
        """Yield what the condition looks at."""
        yield self.subject


class AllOf(NamedTuple):
    """The subject contains every one of `values`."""

    subject: Subject
    values: frozenset[str]
    test: Literal["all of"] = "all of"

    def holds(self, view: View) -> bool:
        """Tell whether it is so."""
        held = view.held(self.subject)
        return isinstance(held, frozenset) and self.values <= held

    def subjects(self) -> Iterator[Subject]:
        """Yield what the condition looks at."""
        yield self.subject


class Between(NamedTuple):
    """The number, or how many were chosen, lies within bounds, both included; None is no bound."""

    subject: Subject
    low: int | None = None
    high: int | None = None
    test: Literal["between"] = "between"

    def holds(self, view: View) -> bool:
        """Tell whether it is so."""
        held = view.held(self.subject)
        if held is None:
            return False
        number = held if isinstance(held, int) else len(held)
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)

    def subjects(self) -> Iterator[Subject]:
        """Yield what the condition looks at."""
        yield self.subject


class Answered(NamedTuple):
    """Something is known of the subject (`expected`), or nothing is."""

    subject: Subject
    expected: bool = True
    test: Literal["answered"] = "answered"

    def holds(self, view: View) -> bool:
        """Tell whether it is so."""
        return (view.held(self.subject) is not None) is self.expected

    def subjects(self) -> Iterator[Subject]:
        """Yield what the condition looks at."""
        yield self.subject


class Every(NamedTuple):
    """All of the conditions hold; with none, it always holds."""

    conditions: tuple["Condition", ...] = ()
    test: Literal["every"] = "every"

    def holds(self, view: View) -> bool:
        """Tell whether it is so."""
        return all(condition.holds(view) for condition in self.conditions)

    def subjects(self) -> Iterator[Subject]:
        """Yield what the conditions look at."""
        for condition in self.conditions:
            yield from condition.subjects()


class Some(NamedTuple):
    """At least one of the conditions holds."""

    conditions: tuple["Condition", ...]
    test: Literal["some"] = "some"

    def holds(self, view: View) -> bool:
        """Tell whether it is so."""
        return any(condition.holds(view) for condition in self.conditions)

    def subjects(self) -> Iterator[Subject]:
        """Yield what the conditions look at."""
        for condition in self.conditions:
            yield from condition.subjects()


class Not(NamedTuple):
    """The condition does not hold."""

    condition: "Condition"
    test: Literal["not"] = "not"

    def holds(self, view: View) -> bool:
        """Tell whether it is so."""
        return not self.condition.holds(view)

    def subjects(self) -> Iterator[Subject]:
        """Yield what the condition looks at."""
        yield from self.condition.subjects()


Leaf: TypeAlias = AnyOf | AllOf | Between | Answered
Condition: TypeAlias = Leaf | Every | Some | Not
ALWAYS = Every()


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the comparisons that a condition is made of."""
    if isinstance(condition, Every | Some):
        for part in condition.conditions:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.condition)
    else:
        yield condition
