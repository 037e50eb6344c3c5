"""The codes of the paper questionnaire: the number of a question, a letter for each thing that can be ticked."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase
from typing import TYPE_CHECKING

from boussole.core.definitions.compass import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.core.definitions.compass import Question


def letters(question: Question) -> Mapping[str, str]:
    """Return what can be ticked, in the order of the paper, by its letter; two letters each where there are many.

    A question that is answered by a line has nothing to tick.
    """
    values = list(question.options) or [str(place) for place in range(len(question.labels))]
    if not values:
        return {}
    if not question.required:
        values.append(UNKNOWN)
    repeat = 1 if len(values) <= len(ascii_lowercase) else 2
    codes = ("".join(code) for code in product(ascii_lowercase, repeat=repeat))
    return dict(zip(codes, values, strict=False))
