"""Looking into conditions: their leaves, and a key by which equal ones are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from boussole.core.conditions import AllOf, Answered, AnyOf, Between, Every, Not, Some

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from boussole.core.conditions import Condition

Leaf: TypeAlias = AnyOf | AllOf | Between | Answered


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the comparisons that a condition is made of."""
    if isinstance(condition, Every | Some):
        for part in condition.conditions:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.condition)
    else:
        yield condition


def key_of(condition: Condition) -> Hashable:
    """Return the same key for the same condition: named tuples of two classes may be equal, these are not."""
    if isinstance(condition, Every | Some):
        return type(condition), tuple(key_of(part) for part in condition.conditions)
    if isinstance(condition, Not):
        return Not, key_of(condition.condition)
    return type(condition), condition
