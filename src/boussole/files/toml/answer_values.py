"""Answers as TOML has them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias, assert_never

from boussole.core.definitions.compass import UNKNOWN, QuestionType

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Question, Value

Written: TypeAlias = str | int | float | dt.date | list[str]


def toml_value(question: Question, value: Value) -> Written:
    """Return an accepted answer as TOML has it: a list, a day as a day."""
    if value == UNKNOWN:
        return UNKNOWN
    match question.type:
        case QuestionType.DATE:
            return dt.date.fromisoformat(str(value))
        case (
            QuestionType.ONE | QuestionType.MANY | QuestionType.SCALE | QuestionType.YES_NO
            | QuestionType.NUMBER | QuestionType.TEXT
        ):  # fmt: skip
            return list(value) if isinstance(value, tuple) else value
        case _:
            assert_never(question.type)
