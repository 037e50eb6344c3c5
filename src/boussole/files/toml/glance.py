"""Whether a value is of its type, told at a glance: most values of most files are, and need no closer look."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin

Glance = Callable[[Any], bool]
"""Tells that nothing is wrong with a value; where it does not, `validation` looks closely and says what is."""

_PLAIN = frozenset({str, int, float, bool, dt.date, dt.datetime})


@cache
def glance(hint: Any) -> Glance:  # noqa: ANN401 - any annotation
    """Return what tells that a value is of type `hint`; of tables with names of their own it never does."""
    origin = get_origin(hint)
    if origin is NotRequired:
        return glance(get_args(hint)[0])
    if origin is Annotated:
        inner, holds = glance(get_args(hint)[0]), get_args(hint)[1].holds
        return lambda value: inner(value) and holds(value)
    if origin in {Union, UnionType}:
        first, *others = [glance(one) for one in get_args(hint)]
        for other in others:
            first = _either(first, other)
        return first
    if origin in {list, dict}:
        return _all(origin, get_args(hint)[-1])
    if hint in _PLAIN:
        return lambda value: type(value) is hint
    return not_told


def plain_kinds(hint: Any) -> frozenset[type]:  # noqa: ANN401 - any annotation
    """Return the classes whose every value is of type `hint`: nothing more is asked of it."""
    inner = get_args(hint)[0] if get_origin(hint) is NotRequired else hint
    members = get_args(inner) if get_origin(inner) in {Union, UnionType} else (inner,)
    return _PLAIN.intersection(member for member in members if get_origin(member) is None)


def not_told(_value: object) -> bool:
    """Tell nothing: a closer look is needed."""
    return False


def _either(first: Glance, second: Glance) -> Glance:
    return lambda value: first(value) or second(value)


def _all(container: Any, element: Any) -> Glance:  # noqa: ANN401 - any annotation
    """Return what tells that a list, or a table by any key, holds elements that are right."""
    kinds, right = plain_kinds(element), glance(element)

    def all_right(value: Any) -> bool:  # noqa: ANN401 - whatever the file says
        if type(value) is not container:
            return False
        elements = value.values() if isinstance(value, dict) else value
        # a set of the types there are is found without a call for each element
        return kinds.issuperset(map(type, elements)) or all(map(right, elements))

    return all_right
