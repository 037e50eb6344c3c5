"""Slips in a value: words without quotes, days, numbers and yes or no as people write them."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, get_args, get_origin

from boussole.files.toml.slips.mended import Attempt, basic, line_at
from boussole.files.toml.slips.scanning import brackets, outside
from boussole.fuzzy import fold
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.i18n import Message


class _Value(NamedTuple):
    """What stands after a sign that wants a value; `key` is the word before it, where there is one."""

    raw: str
    start: int
    key: str

    def put(self, text: str, new: str, what: Message, *, lost: bool = False, remedy: Message | None = None) -> Attempt:
        """Return the statement with `new` in the place of the value."""
        end = self.start + len(self.raw)
        return Attempt(text[: self.start] + new + text[end:], what, self.start, lost=lost, remedy=remedy)


_TRUE = {"true", "t", "vrai", "wahr"}
_FALSE = {"false", "f", "faux", "falsch"}
_YES = {"yes", "y", "oui", "o", "on", "ja"}
_NO = {"no", "n", "non", "off", "nein"}
_NOTHING = {"null", "none", "nil", "nan", "undefined", "n/a", "~"}
_MONTHS = (
    ("janvier", "january", "jan", "janv"), ("fevrier", "february", "feb", "fevr"), ("mars", "march", "mar"),
    ("avril", "april", "apr", "avr"), ("mai", "may"), ("juin", "june", "jun"), ("juillet", "july", "jul", "juil"),
    ("aout", "august", "aug"), ("septembre", "september", "sep", "sept"), ("octobre", "october", "oct"),
    ("novembre", "november", "nov"), ("decembre", "december", "dec"),
)  # fmt: skip
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})")
_IN_WORDS = re.compile(r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?\s+(?P<month>[^\W\d]+)\.?,?\s+(?P<year>\d{4})")
_MONTH_ALONE = re.compile(r"\d{4}[/.-]\d{1,2}|\d{1,2}[/-]\d{4}|[^\W\d]{3,9}\.?\s+\d{4}")
_MOST_MONTHS = 12


def values(text: str, at: int) -> Iterator[Attempt]:
    """Yield what the value at `at` may have been meant for."""
    value = _value_at(text, at)
    if value is None:
        return
    if not value.raw:
        what = gettext("a value is missing after “{key} =”.", key=value.key)
        remedy = gettext("Write the value, or take the line out.")
        yield value.put(text, '""', what, lost=True, remedy=remedy)
        return
    for way in (_yes_or_no, _nothing, _day, _number, _words):
        yield from way(text, value)


def _value_at(text: str, at: int) -> _Value | None:
    """Return the value in which, or before which, `at` stands."""
    line = line_at(text, at)
    mask = outside(text)
    stop = max(min(at, line.end), line.start)
    opened, _ = brackets(text[:stop])
    signs = "=[,{" if opened else "="
    before = max((mask.rfind(sign, line.start, stop) for sign in signs), default=-1)
    if before < 0:
        return None
    inside = bool(opened)
    end = re.compile(r"[,\]}\n]|\s#" if inside else r"\n|\s#").search(mask if not inside else text, before + 1)
    stop = end.start() if end else len(text)
    if not inside and (comment := re.compile(r"\s#").search(text, before + 1, line.end)):
        stop = min(stop, comment.start())
    raw = text[before + 1 : stop]
    start = before + 1 + len(raw) - len(raw.lstrip())
    key = re.search(r"([\w-]+)[\"']?\s*$", text[line.start : before]) if mask[before] == "=" else None
    return _Value(raw.strip(), start, key[1] if key else "")


def _yes_or_no(text: str, value: _Value) -> Iterator[Attempt]:
    word = fold(value.raw)
    if word in _TRUE | _FALSE or (word in _YES | _NO and value.key in _keys_of(bool)):
        meant = "true" if word in _TRUE | _YES else "false"
        yield value.put(text, meant, gettext("TOML says yes and no with true and false, in lower case."))


@cache
def _keys_of(kind: type) -> frozenset[str]:
    """Return the keys of all files that hold values of a kind."""
    from typing_extensions import get_type_hints, is_typeddict

    from boussole.files.toml import tables

    shapes = [one for one in vars(tables).values() if isinstance(one, type) and is_typeddict(one)]
    return frozenset(
        key
        for shape in shapes
        for key, hint in get_type_hints(shape).items()
        if hint is kind or (get_origin(hint) is not None and kind in get_args(hint))
    )


def _nothing(text: str, value: _Value) -> Iterator[Attempt]:
    if fold(value.raw) in _NOTHING:
        what = gettext("TOML has no word for “nothing”: “{word}” is no value.", word=value.raw)
        yield value.put(text, '""', what, lost=True, remedy=gettext("Leave the key out."))


def _day(text: str, value: _Value) -> Iterator[Attempt]:
    if _MONTH_ALONE.fullmatch(value.raw) and value.key in _keys_of(dt.date):
        what = gettext("a day is written year-month-day, without quotes.")
        remedy = gettext("Write a day of the calendar: year-month-day.")
        yield value.put(text, "2000-01-01", what, lost=True, remedy=remedy)
    for pattern in (_DAY_FIRST, _YEAR_FIRST, _IN_WORDS):
        found = pattern.fullmatch(value.raw)
        if found is None:
            continue
        month = _month(found["month"])
        day, year = int(found["day"]), int(found["year"])
        if month > _MOST_MONTHS >= day and pattern is not _IN_WORDS:  # the month stands first
            day, month = month, day
        try:
            meant = dt.date(year, month, day).isoformat()
        except ValueError:
            what = gettext("there is no day “{day}” in the calendar.", day=value.raw)
            remedy = gettext("Write a day of the calendar: year-month-day.")
            yield value.put(text, "2000-01-01", what, lost=True, remedy=remedy)
            return
        yield value.put(text, meant, gettext("a day is written year-month-day, without quotes."))


def _month(word: str) -> int:
    """Return the number of a month; 0 for a word that is none."""
    if word.isdigit():
        return int(word)
    return next((number for number, names in enumerate(_MONTHS, 1) if fold(word) in names), 0)


def _number(text: str, value: _Value) -> Iterator[Attempt]:
    raw = value.raw
    after = re.match(r"\s*(,\d+)(?=\s*(?:#.*)?$)", text[value.start + len(raw) :].partition("\n")[0])
    if re.fullmatch(r"[-+]?\d+,\d+", raw):
        yield value.put(text, raw.replace(",", "."), gettext("TOML writes decimals with a point, not a comma."))
    elif re.fullmatch(r"[-+]?\d+", raw) and after:
        whole = value._replace(raw=raw + after[0])
        yield whole.put(
            text, raw + after[1].replace(",", "."), gettext("TOML writes decimals with a point, not a comma.")
        )
    elif re.fullmatch(r"[-+]?\d{1,3}(?:(?:[\s'’.]\d{3})+|(?:,\d{3}){2,})", raw):
        what = gettext("thousands are not set apart in a number.")
        yield value.put(text, re.sub(r"[\s'’.,]", "", raw), what)
    elif re.fullmatch(r"[-+]?0+\d+", raw):
        what = gettext("a number does not begin with 0; a code that does is a text.")
        yield value.put(text, raw.lstrip("+-").lstrip("0") if value.key != "code" else basic(raw), what)
    elif re.fullmatch(r"[-+]?(?:\.\d+|\d+\.)", raw):
        sign = raw[0] if raw[0] in "+-" else ""
        digits = raw.lstrip("+-")
        meant = f"0{digits}" if digits[0] == "." else f"{digits}0"
        yield value.put(text, sign + meant, gettext("a decimal number has digits on both sides of its point."))
    elif found := re.fullmatch(r"([-+]?\d+)\s*(?:%|€|\$|min\.?|minutes?|h|ans?|years?|points?)", raw):
        yield value.put(text, found[1], gettext("a number stands alone, without a unit."))


def _words(text: str, value: _Value) -> Iterator[Attempt]:
    raw = value.raw
    if raw[0] in "\"'[{“”„«»‘’`" or re.match(r"[\w-]+\s*=", raw):
        return
    if raw.count('"') == 1 and raw.endswith('"'):
        yield value.put(text, basic(raw[:-1]), gettext("the quote that opens this text is missing."))
    elif '"' not in raw and not raw.startswith(("#", "=", ":", ">", "//", "|")):
        yield value.put(text, basic(raw), gettext("a text stands between quotes."))
