"""Whether a TOML document has the shape its type says: every mistake told, the wrong values taken out.

A type is a `TypedDict` of plain Python types (see `tables`). This stands where a validation library would, because
importing one takes longer than a whole recommendation may (docs/decisions/0004-reading-definitions.md).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from boussole.errors import Keys
from boussole.files.toml.constraints import Id, NotEmpty, Range
from boussole.files.toml.glance import Glance, glance, not_told, plain_kinds
from boussole.files.toml.report import Report
from boussole.fuzzy import nearest, suggest
from boussole.i18n import Localised, either, gettext

Check = Callable[[Any, Keys, Report], bool]
"""Tells whether a value can be used, having reported what is wrong with it."""

_PLAIN: dict[Any, Localised] = {
    str: gettext("a text between quotes"),
    int: gettext("a whole number"),
    float: gettext("a number with decimals"),
    bool: gettext("true or false"),
    dt.date: gettext("a day, written 2026-11-22 without quotes"),
    dt.datetime: gettext("a day and time, written 2026-11-22T14:03:00+01:00 without quotes"),
}
_LIST = gettext("a list [ … ]")
_TABLE = gettext("a table { … }")


def validate(hint: Any, document: dict[str, Any], report: Report) -> None:  # noqa: ANN401 - a TypedDict is no type[…]
    """Report all that is not of the shape `hint`, and take it out of `document`.

    What is left conforms, but for the tables whose keys are in `report.broken`.
    """
    _checker(hint)(document, (), report)


@cache
def _checker(hint: Any) -> Check:  # noqa: ANN401 - any annotation
    origin = get_origin(hint)
    if hint is Any:
        return _anything
    if is_typeddict(hint):
        return _table(hint)
    if origin is NotRequired:
        return _checker(get_args(hint)[0])
    if origin is Annotated:
        inner, constraint = get_args(hint)
        return _constrained(_checker(inner), constraint)
    if origin is Literal:
        return _choice(get_args(hint))
    if origin in {Union, UnionType}:
        return _union([(_kind(one), _checker(one)) for one in get_args(hint)])
    if origin is list:
        return _list(_checker(get_args(hint)[0]), glance(hint))
    if origin is dict:
        return _mapping(_checker(get_args(hint)[1]))
    return _plain(hint)


def _kind(hint: Any) -> Any:  # noqa: ANN401 - any annotation
    """Return the class that a value of type `hint` is of."""
    origin = get_origin(hint)
    return _kind(get_args(hint)[0]) if origin is Annotated else origin or hint


def _anything(_value: object, _keys: Keys, _report: Report) -> bool:
    return True


def _wrong_type(expected: Localised, keys: Keys, report: Report) -> bool:
    report.add(keys, "B102", gettext("expected {expected}.", expected=expected))
    return False


def _table_for_list(keys: Keys, report: Report) -> bool:
    """Report a table where a list of them is wanted: most often a header with one bracket on each side."""
    remedy = gettext("Write: {line}", line=f"[[{keys[0]}]]") if len(keys) == 1 else None
    report.add(keys, "B102", gettext("expected {expected}.", expected=_LIST), remedy)
    return False


def _plain(kind: type) -> Check:
    def check_plain(value: object, keys: Keys, report: Report) -> bool:
        # exact types: true is no number, and a date with a time is no day
        return type(value) is kind or _wrong_type(_PLAIN[kind], keys, report)

    return check_plain


def _constrained(inner: Check, constraint: Id | Range | NotEmpty) -> Check:
    def check_constrained(value: Any, keys: Keys, report: Report) -> bool:  # noqa: ANN401 - inner says what it is
        before = len(report)
        if not inner(value, keys, report):
            return False
        if len(report) == before and not constraint.holds(value):  # what lost its only entry to a mistake is not empty
            constraint.refuse(value, keys, report)
        return True

    return check_constrained


def _choice(words: tuple[str, ...]) -> Check:
    def check_choice(value: object, keys: Keys, report: Report) -> bool:
        if value in words:
            return True
        if not isinstance(value, str):
            return _wrong_type(either(words), keys, report)
        report.add(keys, "B102", gettext("“{word}” is not a valid word here.", word=value), suggest(value, words))
        return False

    return check_choice


def _union(members: list[tuple[Any, Check]]) -> Check:
    expected = either([_PLAIN.get(kind) or (_LIST if kind is list else _TABLE) for kind, _ in members])

    def check_union(value: object, keys: Keys, report: Report) -> bool:
        for kind, member in members:
            if type(value) is kind:
                return member(value, keys, report)
        return _wrong_type(expected, keys, report)

    return check_union


def _list(element: Check, right: Glance) -> Check:
    def check_list(value: object, keys: Keys, report: Report) -> bool:
        if not isinstance(value, list):
            return _table_for_list(keys, report) if isinstance(value, dict) else _wrong_type(_LIST, keys, report)
        if right(value):
            return True
        good = [element(one, (*keys, index), report) for index, one in enumerate(value)]
        for index in range(len(value)):
            if not good[index]:
                value[index] = None
                report.broken.add((*keys, index))
        return True

    return check_list


def _mapping(element: Check) -> Check:
    def check_mapping(value: object, keys: Keys, report: Report) -> bool:
        if not isinstance(value, dict):
            return _wrong_type(_TABLE, keys, report)
        for key in [key for key, one in value.items() if not element(one, (*keys, key), report)]:
            del value[key]
        return True

    return check_mapping


def _tell_unknown(
    key: str, table: Mapping[str, Any], keys: Keys, fields: Mapping[str, Check], report: Report
) -> dict[str, Any]:
    """Report a key that is unknown; return what the table would hold besides, were the key written as it is meant."""
    remedy = None if report.full else suggest(key, fields)
    near = None if report.full else nearest(key, fields)
    cause = ".".join(one for one in (*keys, key) if isinstance(one, str))
    report.add((*keys, key), "B101", gettext("unknown key “{key}”.", key=key), remedy, at_key=True, cause=cause)
    if near is None or near in table or not fields[near](table[key], (*keys, key), report):
        return {}
    return {near: table[key]}


def _table(shape: Any) -> Check:  # noqa: ANN401 - a TypedDict is no type[…]
    hints = get_type_hints(shape, include_extras=True)
    fields = {key: _checker(hint) for key, hint in hints.items()}
    right = {key: glance(hint) for key, hint in hints.items()}
    plain = {key: plain_kinds(hint) for key, hint in hints.items()}
    required: frozenset[str] = shape.__required_keys__

    def check_table(value: object, keys: Keys, report: Report) -> bool:
        if not isinstance(value, dict):
            report.broken.add(keys)
            return _wrong_type(_TABLE, keys, report)
        bad = []
        meant: dict[str, Any] = {}  # what is misspelt, and told, counts as what it means: nothing else follows from it
        for key, one in value.items():
            if type(one) in plain.get(key, ()) or right.get(key, not_told)(one):
                continue  # most values: a catalogue of a thousand MEDOC has twenty thousand of them
            field = fields.get(key)
            if field is None:
                bad.append(key)
                meant |= _tell_unknown(key, value, keys, fields, report)
            elif not field(one, (*keys, key), report):
                bad.append(key)
        value |= meant
        for key in sorted(required - value.keys()):
            report.broken.add(keys)
            report.add(keys, "B103", gettext("the key “{key}” is missing.", key=key))
        for key in bad:
            del value[key]
            if key in required:
                report.broken.add(keys)
        return True

    return check_table


FORMAT = 1


def refuse_format(document: dict[str, Any], report: Report) -> bool:
    """Tell whether the file is of a format this version cannot read, and report it."""
    number = document.get("format")
    if type(number) is not int or number == FORMAT:
        return False
    report.add(
        ("format",),
        "B006",
        gettext(
            "format {number} is not known: this version of boussole reads format {known}.", number=number, known=FORMAT
        ),
        gettext("Install a newer boussole.") if number > FORMAT else gettext("Write format = {known}.", known=FORMAT),
    )
    return True
