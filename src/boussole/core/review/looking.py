"""Looking into conditions: their leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from boussole.core.conditions import AllOf, Answered, AnyOf, Between, Every, Not, Some

if TYPE_CHECKING:
    from collections.abc import Iterator

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
