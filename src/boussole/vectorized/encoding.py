"""The answers of many people, a question at a time: each distinct value once, and which one each person gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.definitions.compass import UNKNOWN, WRITTEN, QuestionType
from boussole.core.definitions.conditions import Holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boussole.arrays import Bool, Int32, Int64, Masks
    from boussole.core.definitions.catalogue import Facet
    from boussole.core.definitions.compass import Question, Value
    from boussole.core.definitions.conditions import Leaf

MOST_TERMS = 62
"""Of a facet with more terms, sets are kept in Python's whole numbers, which have no end."""


_DENSE = 2**22
"""Int64 below this are sorted out by a table of as many flags rather than by sorting."""


_WHOLE = 2**62
"""Combinations are numbered below this; one more facet of few terms is added without a test of its own."""


class Column(NamedTuple):
    """The answers to one question: `values` (accepted; None: no answer), and the place in them of each person's.

    `codes` is (people). What is found by value, (values), is spread with `[column.codes]`. For example, yes, no, yes:
    `Column(("yes", "no"), [0, 1, 0])`.
    """

    values: tuple[Value | None, ...]
    codes: Int32


def truths(column: Column, question: Question, leaf: Leaf) -> Bool:
    """Return whether a comparison with the question holds: (values)."""
    return np.array([leaf.holds(Holding(question.held(value))) for value in column.values], bool)


def without(leaf: Leaf) -> bool:
    """Tell whether a comparison holds where the question was not asked."""
    return leaf.holds(Holding(None))


def points(column: Column, question: Question) -> tuple[Int64, Bool]:
    """Return the points of each value (0 where there are none), and whether it counts on an axis: (values) both."""
    found = [None if value is None else question.points(value) for value in column.values]
    return np.array([own or 0 for own in found], np.int64), np.array([own is not None for own in found], bool)


def masks(column: Column, question: Question, facet: Facet) -> Masks:
    """Return the terms of `facet` that each value places at, as bits in the order of the terms: (values)."""
    found: Masks = np.array([_mask(value, question, facet) for value in column.values], mask_kind(facet))
    return found


def mask_kind(facet: Facet) -> type[np.int64 | object]:
    """Return the kind of number that a set of terms fits in."""
    return np.int64 if len(facet.terms) <= MOST_TERMS else object


def _mask(value: Value | None, question: Question, facet: Facet) -> int:
    if value is None or value == UNKNOWN or question.type is QuestionType.SCALE or question.type in WRITTEN:
        return 0
    places = facet.places()
    mask = 0
    for option in value if isinstance(value, tuple) else (str(value),):
        mask |= 1 << places[option] if question.facet == facet.id else 0
        mask |= mask_of(question.options[option].place.get(facet.id, frozenset()), places)
    return mask


def mask_of(terms: frozenset[str], places: Mapping[str, int]) -> int:
    """Return terms as bits."""
    return sum(1 << places[term] for term in terms)


def terms_of(mask: int, facet: Facet) -> frozenset[str]:
    """Return the terms that bits stand for."""
    return frozenset(term for place, term in enumerate(facet.terms) if mask >> place & 1)


def numbered(array: Masks) -> tuple[Masks, Int64]:
    """Return the distinct values of an array, ascending, (values), and the place of each number among them, (array)."""
    largest = int(array.max(initial=0)) if array.dtype != object else _DENSE
    if largest >= _DENSE or array.min(initial=0) < 0:
        values, places = np.unique(array, return_inverse=True)
        return values, places
    present = np.zeros(largest + 1, bool)
    present[array] = True
    values = np.flatnonzero(present)
    places = np.empty(largest + 1, np.int64)  # of which only what is present is ever touched
    places[values] = np.arange(len(values))
    return values, places[array]


class Distinct(NamedTuple):
    """The distinct combinations of some numbers of many people, ascending, the first number counting most.

    `one` (combinations) is somebody who has each, `of` (people) the combination of each person.
    """

    one: Int64
    of: Int64


def distinct(parts: Iterable[tuple[Int64, int]], size: int) -> Distinct:
    """Return the combinations of the numbers of `size` people: each part is (people), and a bound that all are below.

    They are brought together in one number, which is much faster to sort than several; it is counted anew where the
    next part would be too much for it.
    """
    codes: Int64 = np.zeros(size, np.int64)
    below = 1
    for part, bound in parts:
        if below * bound > _WHOLE:
            values, codes = np.unique(codes, return_inverse=True)
            below = len(values)
        codes = codes * bound + part
        below *= bound
    if below <= _DENSE:
        values, of = numbered(codes)
        one = np.empty(len(values), np.int64)
        one[of] = np.arange(size)
        return Distinct(one, of)
    order = np.argsort(codes)
    codes = codes[order]
    new = np.append(True, codes[1:] != codes[:-1])[:size]
    of = np.empty(size, np.int64)
    of[order] = np.cumsum(new) - 1
    return Distinct(order[new], of)
