"""The values of JSON as cells of a table: numbers as they are written, lists joined, what has parts as JSON."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from shlex import quote
from typing import TYPE_CHECKING, Any

from boussole.i18n import gettext
from boussole.tables.problems import RowCode

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from boussole.i18n import Message

SEPARATOR = "|"
"""What stands between the values of a list in one cell."""
_PLAIN = re.compile(r"-?[0-9]+\.(?:[0-9]{1,2}|[0-9]*[1-9][0-9]*)")
_MOST_DIGITS = 18


def one_a_line(path: Path) -> Message:
    """Return how to make a table of a JSON file that holds a list of objects."""
    name, made = (path.name, f"{path.stem}_.jsonl") if path.name != "-" else ("table.json", "table.jsonl")
    command = f"jq -c '.[]' {quote(name)} > {quote(made)}"
    return gettext("If it is a list of objects, write one a line: {command}", command=command)


def names_in(text: str) -> AbstractSet[str]:
    """Return the names in the object of a line, none where it is none; numbers are not looked at: it is faster."""
    try:
        found = _quickly(text)
    except (ValueError, RecursionError):
        found = object_of(text)  # a number may be too long for Python, but not for us
    return found.keys() if isinstance(found, dict) else frozenset()


def is_whole(text: str) -> bool:
    """Tell whether a line is JSON by itself."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


class _TwiceError(ValueError):
    """A name stands twice in an object."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError
    return found


def object_of(text: str) -> dict[str, Any] | RowCode:
    """Return the object of a line, numbers as text; where it is none that can be used, the code of the problem."""
    try:
        found = _decode(text)
        if isinstance(found, dict):
            for name in found:
                name.encode()
            return found
    except _TwiceError:
        return RowCode.TWICE
    except (ValueError, RecursionError):  # half of a character in a name is a ValueError too
        pass
    return RowCode.NOT_AN_OBJECT


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


class _Decimal(_Number):
    """A number written with a point or a power of ten."""

    __slots__ = ()


class _NoNumber(_Number):
    """NaN, or what is without end: no JSON, but common."""

    __slots__ = ()


TEXTS = frozenset({str, _Number})

# one decoder for all lines: making one takes longer than decoding a line
_quickly = json.JSONDecoder().decode
_decode = json.JSONDecoder(
    parse_int=_Number, parse_float=_Decimal, parse_constant=_NoNumber, object_pairs_hook=_pairs
).decode


def cell_of(value: object) -> str | None:
    """Return a value of an object as a cell."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case _NoNumber("NaN"):
            return None
        case _Decimal():
            return _in_full(value)
        case str():
            return whole_text(value)
        case list() if all(isinstance(one, str | bool) for one in value):
            return SEPARATOR.join(cell_of(one) or "" for one in value)
        case _:
            return whole_text(_written(value))


def _in_full(number: str) -> str:
    """Return a whole number in full where it is written with a power of ten, or zeros that could be thousands."""
    if _PLAIN.fullmatch(number):
        return number
    value = Decimal(number)
    whole = value.adjusted() < _MOST_DIGITS and value == value.to_integral_value()
    return f"{value:.0f}" if whole else number


def without_names(text: str, names: Collection[str]) -> str:
    """Return the object of a line without some names."""
    values = object_of(text)
    return text if isinstance(values, RowCode) else _written({key: values[key] for key in values if key not in names})


def whole_text(text: str) -> str:
    """Return a text that can be written: JSON may escape half of a character."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _written(value: object) -> str:
    """Return a value as JSON, numbers as they were."""
    match value:
        case _Number():
            return str(value)
        case dict():
            return f"{{{', '.join(f'{_written(key)}: {_written(one)}' for key, one in value.items())}}}"
        case list():
            return f"[{', '.join(_written(one) for one in value)}]"
        case _:
            return json.dumps(value, ensure_ascii=False)
