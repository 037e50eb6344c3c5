"""The kinds of array that are computed with: what each number is. What its axes are, each docstring says.

A docstring names the axes of an array in brackets, e.g. (situations, medoc): a row by situation, a column by MEDOC.
These names serve annotations only: import them under `TYPE_CHECKING`.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Bool: TypeAlias = NDArray[np.bool_]
"""Whether something is so, or a choice of elements."""

Int32: TypeAlias = NDArray[np.int32]
"""Whole numbers that are known to be small: codes of values, places in a catalogue."""

Int64: TypeAlias = NDArray[np.int64]
"""Whole numbers: places, counts, points, fits from 0 to 1000 and their weighted sums."""

Keys: TypeAlias = NDArray[np.signedinteger[Any]]
"""Sort keys and the scores they are made of, in the narrower of int32 and int64 that holds them all (`SortKeys`)."""

Masks: TypeAlias = NDArray[np.int64]
"""Sets of terms of one facet, as bits in the order of its terms.

Of a facet of more than 62 terms they are Python's whole numbers, which have no end, in an array of objects: what is
done with them is the same, and the type checker is told of the usual ones only.
"""

Bytes: TypeAlias = NDArray[np.uint8]
"""Flags as bits, eight in a number."""

Words: TypeAlias = NDArray[np.uint64]
"""Flags as bits, 64 in a number."""

KeyKind: TypeAlias = np.dtype[np.signedinteger[Any]]
"""The kind of number of `Keys`."""
