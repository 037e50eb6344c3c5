"""Values as TOML has them: answers, and what was meant by a value of another kind."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from boussole.core.definitions.compass import UNKNOWN, QuestionType

if TYPE_CHECKING:
    from collections.abc import Collection

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


_YES, _NO = {"true", "oui", "vrai", "yes", "1"}, {"false", "non", "faux", "no", "0"}
_NUMBER = re.compile(r"\s*([-+]?\d+(?:[.,]\d+)?)(?:\s*[^\W\d]{1,8}\.?)?\s*")
"""A number, with the unit that people write after it."""

_MOST = 2**63


def value_meant(value: object, kinds: Collection[Any]) -> str | None:
    """Return as TOML what a value of another kind than `kinds` (str, int, float, bool, date, list) is meant for."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if dt.date in kinds else None
    if isinstance(value, str):
        return _text_meant(value, kinds)
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer() and int in kinds:
        return str(int(value))
    if isinstance(value, int | float | dt.date) and (isinstance(value, dt.date) or abs(value) < _MOST):
        return f'"{value}"' if str in kinds else f"[{value}]" if list in kinds else None
    return None


def _text_meant(value: str, kinds: Collection[Any]) -> str | None:
    if bool in kinds and value.strip().casefold() in _YES | _NO:
        return "true" if value.strip().casefold() in _YES else "false"
    if dt.date in kinds and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value
    number = _NUMBER.fullmatch(value)
    if number and (int in kinds or float in kinds):
        digits = number[1].replace(",", ".")
        return digits if float in kinds or "." not in digits else None
    return f'["{value}"]' if list in kinds and '"' not in value and value.isprintable() else None
