"""Numbers, days, yes and no as people and programs write them: `12 000`, `1,5`, `50 %`, `31/01/2027`, `vrai`."""

import re
from datetime import date
from decimal import Decimal
from math import isfinite

from boussole.core.answers.cell_text import without_decimals
from boussole.core.answers.naming import wordings
from boussole.core.answers.remedies import SPACE, RefusedError, expected, refuse, why_no_number
from boussole.core.definitions.compass import Question, Value
from boussole.fuzzy import fold
from boussole.i18n import gettext, ngettext

DIGITS = 18
"""How long a number may be: every file, code and table that holds it can be read again."""
DECIMAL_DIGITS = 15
"""The same of one that may have decimals, which files hold in numbers of 64 bits: they hold so many digits exactly."""

TRUTH = {
    **dict.fromkeys(("true", "vrai", "oui", "yes", "1"), "yes"),
    **dict.fromkeys(("false", "faux", "non", "no", "0"), "no"),
}
"""What says yes or no, typed or written, folded; nothing else does, but the option itself and its title."""

_CENTS = 2

_WRITTEN = re.compile(
    rf"([-+\u2212]?)([0-9]{{1,3}}(?:{SPACE}[0-9]{{3}})+|[0-9]+)(?:([.,])([0-9]+))?{SPACE}*([^0-9 ].*|)"
)


def number(question: Question, word: str) -> Value:
    """Return a number as people and programs write it: `12 000`, `50 %` where that is the unit, `12,00`, `1.5`."""
    found = _WRITTEN.fullmatch(word)
    unit = set() if question.unit is None else {fold(one) for one in wordings(question.unit)}
    if found is None or (found[5] and fold(found[5]) not in unit):
        raise refuse(question, "A102", why_no_number(word, question.decimals), expected(question))
    digits, parts = re.sub(SPACE, "", found[2]), (found[4] or "").rstrip("0")
    thousands = question.decimals == 0 and len(found[4] or "") > _CENTS  # 12.000 may be twelve thousand
    if thousands or len(parts) > question.decimals:
        raise refuse(question, "A102", why_no_number(word, question.decimals), expected(question))
    if len(digits.lstrip("0")) > DIGITS:
        raise _too_long(question)
    measure = int(digits + parts.ljust(question.decimals, "0"))
    return question.of_measure(-measure if found[1] in {"-", "\u2212"} else measure)


def decimal(question: Question, raw: object) -> Value:
    """Return a number that has no more decimals than its question, and that a machine's number holds exactly."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not isfinite(raw):
        raise refuse(question, "A102", gettext("the answer must be a number."), expected(question))
    if abs(raw) >= 10 ** (DECIMAL_DIGITS - question.decimals):
        raise _too_long(question, DECIMAL_DIGITS)
    if Decimal(str(raw)).scaleb(question.decimals) % 1:
        what = ngettext(
            "{value} has more than {count} decimal.",
            "{value} has more than {count} decimals.",
            question.decimals,
            value=raw,
        )
        raise refuse(question, "A102", what, expected(question))
    measure = question.measure(raw)
    _refuse_outside(question, measure, (question.least, question.most), raw)
    return question.of_measure(measure)


def words_of_truth(option: str) -> tuple[str, ...]:
    """Return the words that say an option of a `yes-no`, folded: those that cannot be the number of a line."""
    return tuple(word for word, said in TRUTH.items() if said == option and not word.isdecimal())


def truth(raw: object) -> str | None:
    """Return the option of a `yes-no` that a word, a truth value, 1 or 0 says; None for anything else."""
    if isinstance(raw, str):
        return TRUTH.get(fold(without_decimals(raw) or raw))
    return TRUTH.get(f"{int(raw)}") if isinstance(raw, bool | int | float) and raw in {0, 1} else None


_MIDNIGHT = r"[T ]00:00(?::00(?:\.0+)?)?(?:Z|[-+][0-9]{2}:?[0-9]{2})?"
_DAY = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})(?:{_MIDNIGHT})?|([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}})")

_ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def written_day(question: Question, word: str) -> str:
    """Return a day as people and programs write it, `31/01/2027` or `2027-01-31`, in the second form."""
    found = _DAY.fullmatch(word)
    if found is None:
        raise refuse(question, "A102", gettext("the answer must be a day."), expected(question))
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    return f"{year}-{month:0>2}-{day:0>2}"


def day(question: Question, raw: object) -> str:
    """Return a day of the calendar, within the bounds of its question."""
    one = raw
    if isinstance(raw, str) and _ISO_DAY.fullmatch(raw):
        try:
            one = date.fromisoformat(raw)
        except ValueError:
            raise refuse(question, "A102", gettext("there is no day {day}.", day=raw), expected(question)) from None
    if type(one) is not date:
        raise refuse(question, "A102", gettext("the answer must be a day."), expected(question))
    written = one.isoformat()
    _refuse_outside(question, one.toordinal(), question.bounds, written)
    return written


def whole(question: Question, raw: object, low: int | None, high: int | None) -> int:
    """Return a whole number within bounds, both included; None is no bound.

    Raises:
        RefusedError: when it is not one.

    """
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise refuse(question, "A102", gettext("the answer must be a whole number."), expected(question))
    if abs(raw) >= 10**DIGITS:
        raise _too_long(question)
    _refuse_outside(question, raw, (low, high), raw)
    return raw


def _refuse_outside(question: Question, measure: int, bounds: tuple[int | None, int | None], said: object) -> None:
    """Refuse a measure outside bounds, both included; None is no bound."""
    least, most = bounds
    if (least is not None and measure < least) or (most is not None and measure > most):
        raise refuse(question, "A104", gettext("{value} is out of bounds.", value=said), expected(question))


def _too_long(question: Question, most: int = DIGITS) -> RefusedError:
    return refuse(
        question, "A104", gettext("this number is too long: {most} digits at most.", most=most), expected(question)
    )
