"""Whether a TOML document has the shape its type says: every mistake told, the wrong values taken out.

A type is a `TypedDict` of plain Python types (see `tables`). This stands where a validation library would, because
importing one takes longer than a whole recommendation may (docs/decisions/0004-reading-definitions.md).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from boussole.errors import Finding, Keys
from boussole.files.toml.answer_values import value_meant
from boussole.files.toml.constraints import Id, NotEmpty, Range
from boussole.files.toml.glance import Glance, glance, not_told, plain_kinds
from boussole.files.toml.report import Report
from boussole.files.toml.unknown_keys import Meaning, Table, meaning_of, values_meant
from boussole.fuzzy import suggest
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
    report.shape = hint
    report.missing = hint.__required_keys__ - document.keys()
    if not document and "title" in hint.__required_keys__:
        report.add((), "B107", gettext("it is empty."), gettext("boussole new writes a file to begin with."))
        report.misplaced |= report.missing
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


def _wrong_type(expected: Localised, keys: Keys, report: Report, value: object = None, *kinds: object) -> bool:
    """Report a value that is `expected` to be of other `kinds`, and how it is written where that is plain."""
    meant = value_meant(value, kinds)
    line = f"{keys[-1]} = {meant}" if isinstance(keys[-1], str) else meant
    remedy = None if meant is None else gettext("Write: {line}", line=line)
    report.add(keys, "B102", gettext("expected {expected}.", expected=expected), remedy)
    return False


def _table_for_list(keys: Keys, report: Report) -> bool:
    """Report a table where a list of them is wanted: most often a header with one bracket on each side."""
    remedy = gettext("Write: {line}", line=f"[[{keys[0]}]]") if len(keys) == 1 else None
    report.add(keys, "B102", gettext("expected {expected}.", expected=_LIST), remedy)
    return False


def _several_for_one(keys: Keys, report: Report) -> bool:
    """Report a list of tables where one table is wanted: most often a header with two brackets on each side."""
    remedy = gettext("Write: {line}", line=f"[{keys[0]}]") if len(keys) == 1 else None
    report.add(keys, "B102", gettext("expected {expected}.", expected=_TABLE), remedy)
    return False


def _plain(kind: type) -> Check:
    def check_plain(value: object, keys: Keys, report: Report) -> bool:
        # exact types: true is no number, and a date with a time is no day
        return type(value) is kind or _wrong_type(_PLAIN[kind], keys, report, value, kind)

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
        (meant, *others) = values_meant(value, words) or [value, value]
        remedy = suggest(value, words) if others else gettext("Did you mean “{word}”?", word=meant)
        report.add(keys, "B102", gettext("“{word}” is not a valid word here.", word=value), remedy)
        return False

    return check_choice


def _union(members: list[tuple[Any, Check]]) -> Check:
    expected = either([_PLAIN.get(kind) or (_LIST if kind is list else _TABLE) for kind, _ in members])

    def check_union(value: object, keys: Keys, report: Report) -> bool:
        for kind, member in members:
            if type(value) is kind:
                return member(value, keys, report)
        return _wrong_type(expected, keys, report, value, *(kind for kind, _ in members))

    return check_union


def _list(element: Check, right: Glance) -> Check:
    def check_list(value: object, keys: Keys, report: Report) -> bool:
        if not isinstance(value, list):
            return (
                _table_for_list(keys, report)
                if isinstance(value, dict)
                else _wrong_type(_LIST, keys, report, value, list)
            )
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
    unknown: list[str],
    value: dict[str, Any],
    keys: Keys,
    fields: Mapping[str, Check],
    required: frozenset[str],
    report: Report,
) -> None:
    """Report the keys of a table that are unknown; what is plainly meant by one is read so, and stands there too."""
    for key in unknown:
        table = Table(fields.keys(), required, value.keys())
        meaning = Meaning() if report.full else meaning_of(key, table, report.shape, report.missing)
        here, what = (*keys, key), gettext("unknown key “{key}”.", key=key)
        cause = ".".join(one for one in here if isinstance(one, str))
        if meaning.at_head:
            report.misplaced.add(key)
            cause = f"at the head, not in {keys}"
        if meaning.key is None:
            report.add(here, "B101", what, meaning.remedy, at_key=True, cause=cause)
            continue
        report.misspelt(Finding(here, "B101", what, meaning.remedy, at_key=True, cause=cause), meaning.key)
        if fields[meaning.key](value[key], (*keys, meaning.key), report):
            value[meaning.key] = value[key]


def _tell_missing(missing: AbstractSet[str], keys: Keys, report: Report) -> None:
    """Report what a table lacks, but for what is told already: it is there, of another kind or in another place."""
    for key in sorted(missing):
        report.broken.add(keys)
        if (keys or key not in report.misplaced) and not report.told(keys, [key]):
            report.add(keys, "B103", gettext("the key “{key}” is missing.", key=key))


def _table(shape: Any) -> Check:  # noqa: ANN401 - a TypedDict is no type[…]
    hints = get_type_hints(shape, include_extras=True)
    fields = {key: _checker(hint) for key, hint in hints.items()}
    right = {key: glance(hint) for key, hint in hints.items()}
    plain = {key: plain_kinds(hint) for key, hint in hints.items()}
    required: frozenset[str] = shape.__required_keys__

    def check_table(value: object, keys: Keys, report: Report) -> bool:
        if not isinstance(value, dict):
            report.broken.add(keys)
            return _several_for_one(keys, report) if isinstance(value, list) else _wrong_type(_TABLE, keys, report)
        bad: list[str] = []
        unknown: list[str] = []
        for key, one in value.items():
            if type(one) in plain.get(key, ()) or right.get(key, not_told)(one):
                continue  # most values: a catalogue of a thousand MEDOC has twenty thousand of them
            field = fields.get(key)
            if field is None:
                unknown.append(key)
            elif not field(one, (*keys, key), report):
                bad.append(key)
        _tell_unknown(unknown, value, keys, fields, required, report)
        _tell_missing(required - value.keys(), keys, report)
        for key in (*bad, *unknown):
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
