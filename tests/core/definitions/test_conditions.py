"""When a condition holds, what it looks at, and that two kinds are never equal."""

from __future__ import annotations

import pytest

from boussole.core.definitions.conditions import (
    ALWAYS,
    AllOf,
    Answered,
    AnyOf,
    Between,
    Condition,
    Every,
    Held,
    Not,
    Some,
    Subject,
)
from support.builders import axis, facet, is_, question


class Seen:
    """A view made by hand: what is held by subject id."""

    def __init__(self, **held: Held) -> None:
        """Keep what is held; the rest is not known."""
        self._held = held

    def held(self, subject: Subject) -> Held:
        """Return what is held, or None."""
        return self._held.get(subject.id)


VIEW = Seen(profile=frozenset({"etat"}), domain=frozenset({"eau", "climat"}), population=2000, none=frozenset())

HOLDS: list[tuple[Condition, bool]] = [
    (is_(question("profile"), "etat"), True),
    (is_(question("profile"), "medias"), False),
    (is_(question("profile"), "medias", "etat"), True),
    (is_(question("domain"), "eau"), True),
    (is_(facet("domain"), "eau", "sante"), True),
    (is_(facet("domain"), "sante"), False),
    (is_(question("unknown"), "eau"), False),
    (AnyOf(question("population"), frozenset({2000})), True),
    (AnyOf(question("population"), frozenset({1, 2})), False),
    (AllOf(question("domain"), frozenset({"eau", "climat"})), True),
    (AllOf(question("domain"), frozenset({"eau", "sante"})), False),
    (AllOf(question("unknown"), frozenset({"eau"})), False),
    (AllOf(question("population"), frozenset({"eau"})), False),
    (Between(axis("population"), 2000, 9999), True),
    (Between(axis("population"), 2001), False),
    (Between(axis("population"), None, 2000), True),
    (Between(axis("population"), 0, 1999), False),
    (Between(question("domain"), 2, 2), True),
    (Between(question("domain"), 3), False),
    (Between(question("none"), None, 0), True),
    (Between(question("unknown"), None, 5), False),
    (Answered(question("domain")), True),
    (Answered(question("none")), True),
    (Answered(question("unknown")), False),
    (Answered(question("domain"), expected=False), False),
    (Answered(question("unknown"), expected=False), True),
    (Not(is_(question("unknown"), "eau")), True),
    (Not(is_(question("profile"), "etat")), False),
    (Every((is_(question("profile"), "etat"), is_(question("domain"), "eau"))), True),
    (Every((is_(question("profile"), "etat"), is_(question("domain"), "sante"))), False),
    (Some((is_(question("profile"), "medias"), is_(question("domain"), "eau"))), True),
    (Some((is_(question("profile"), "medias"),)), False),
    (Some(()), False),
    (ALWAYS, True),
]


@pytest.mark.parametrize(("condition", "expected"), HOLDS)
def test_each_kind_of_condition(condition: Condition, *, expected: bool) -> None:
    """Equality, containment, bounds (included), « answered », and their combinations; what is not known is false."""
    assert condition.holds(VIEW) is expected


def test_a_condition_tells_what_it_looks_at() -> None:
    """Through every combination, in order."""
    condition = Every(
        (
            is_(question("a"), "x"),
            Not(Between(axis("b"), 1)),
            Some((AllOf(facet("c"), frozenset("x")), Answered(question("d")))),
        )
    )
    assert list(condition.subjects()) == [question("a"), axis("b"), facet("c"), question("d")]


def test_conditions_of_two_kinds_are_two() -> None:
    """Any of these and all of these, one of these and each of these: never equal, however deep they stand."""
    first, second = is_(question("domain"), "eau"), is_(question("domain"), "climat")
    subject, values = question("domain"), frozenset({"eau", "climat"})
    pairs: list[tuple[Condition, Condition]] = [
        (AnyOf(subject, values), AllOf(subject, values)),
        (Some((first, second)), Every((first, second))),
        (Not(Some((first,))), Not(Every((first,)))),
    ]
    for one, other in pairs:
        assert one != other
        assert not one == other  # noqa: SIM201 - both operators are ours
        assert len({one, other}) == 2
        assert one == type(one)(*one)
        assert not one != type(one)(*one)  # noqa: SIM202
