"""Conditions in: a table of the file → a condition, or the problems that say why it cannot be one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from boussole.core.answers.accepting import accept
from boussole.core.answers.remedies import RefusedError
from boussole.core.definitions.compass import Measured, Question, QuestionType
from boussole.core.definitions.conditions import (
    ALWAYS,
    AllOf,
    Answered,
    AnyOf,
    Between,
    Condition,
    Every,
    Not,
    Some,
    Subject,
    SubjectKind,
)
from boussole.core.definitions.text import Text
from boussole.empty import EMPTY
from boussole.files.toml.answer_values import value_meant
from boussole.files.toml.references import absent, meant
from boussole.fuzzy import suggest
from boussole.i18n import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from boussole.errors import Keys
    from boussole.files.toml.report import Report
    from boussole.i18n import Message

_BOUNDS, _TESTS = {"min", "max"}, {"min", "max", "all", "answered"}
MOST_DECIMALS = 3


class Measure(NamedTuple):
    """How values are compared: as the answers to questions of a type, of so many `decimals`."""

    type: Measured = QuestionType.NUMBER
    decimals: int = 0

    def of(self, written: object) -> int | None:
        """Return what a value in a file is compared as; None where it cannot be."""
        match self.type:
            case QuestionType.DATE:
                return self._accepted(written) if type(written) is date else None
            case QuestionType.NUMBER:
                if self.decimals:
                    return self._accepted(written)
                return written if type(written) is int else None
            case _:
                assert_never(self.type)

    @property
    def expected(self) -> Message:
        """Return what such a value looks like."""
        match self.type:
            case QuestionType.DATE:
                return gettext("a day, written 2026-11-22 without quotes")
            case QuestionType.NUMBER:
                return gettext("a whole number") if not self.decimals else _of_decimals(self.decimals)
            case _:
                assert_never(self.type)

    def remedy(self, written: object, before: str = "") -> Message | None:
        """Return how a value of another kind is written, after the words `before`, where that is plain."""
        kinds: tuple[type, ...] = (
            (date,) if self.type is QuestionType.DATE else (int, float) if self.decimals else (int,)
        )
        meant = value_meant(written, kinds)
        return None if meant is None else gettext("Write: {line}", line=before + meant)

    def _accepted(self, written: object) -> int | None:
        """Return the measure of what a question without bounds would accept."""
        question = Question("", self.type, Text(EMPTY, ""), decimals=self.decimals)
        try:
            return question.measure(accept(question, written))
        except RefusedError:
            return None


def _of_decimals(decimals: int) -> Message:
    return ngettext("a number of at most {count} decimal", "a number of at most {count} decimals", decimals)


WHOLE = Measure()


def decimals_of(table: Mapping[str, Any]) -> int:
    """Return how many decimals the answers to a question have, well formed or not."""
    decimals = table.get("decimals")
    valid = table.get("type") == "number" and type(decimals) is int and 0 < decimals <= MOST_DECIMALS
    return decimals if valid and isinstance(decimals, int) else 0


class Comparable(NamedTuple):
    """How a subject can be compared: with `words`, with numbers or days of a `measure` within `low` to `high`, or not.

    `several`: it can hold several words at once. `known` is False for what is declared wrongly: nothing more is
    said about comparisons with it.
    """

    subject: Subject
    words: Collection[str] = ()
    measure: Measure | None = None
    low: int | None = None
    high: int | None = None
    several: bool = False
    known: bool = True


class Scope(NamedTuple):
    """What the conditions of a file may look at, by key."""

    comparables: Mapping[str, Comparable] = EMPTY
    renamed: Mapping[str, str] = EMPTY


def read_condition(raw: dict[str, Any], keys: Keys, scope: Scope, report: Report) -> Condition:
    """Return the condition written as the table `raw` at `keys`; what cannot be is reported and left out."""
    parts: list[Condition] = []
    for key, value in raw.items():
        here = (*keys, key)
        if key in {"any", "all"}:
            parts.append(_several(key, value, here, scope, report))
        elif key == "not":
            if isinstance(value, dict):
                parts.append(Not(read_condition(value, here, scope, report)))
            else:
                report.add(here, "B102", gettext("expected {expected}.", expected=gettext("a table { … }")))
        elif key in scope.comparables:
            parts.extend(_Test(scope.comparables[key], here, report, scope.renamed).read(value))
        else:
            report.add(
                here,
                "B203",
                gettext("a condition cannot look at “{key}”: there is no such thing here.", key=key),
                meant(key, scope.comparables, scope.renamed),
                at_key=True,
                cause=absent(key),
            )
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def _several(key: str, value: object, keys: Keys, scope: Scope, report: Report) -> Condition:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        report.add(keys, "B102", gettext("expected {expected}.", expected=gettext("a list of tables [ { … }, … ]")))
        return ALWAYS
    conditions = tuple(read_condition(one, (*keys, index), scope, report) for index, one in enumerate(value))
    return Some(conditions) if key == "any" else Every(conditions)


class _Test(NamedTuple):
    """The reading of one entry of a condition: what is tested, and against what."""

    comparable: Comparable
    keys: Keys
    report: Report
    renamed: Mapping[str, str]

    def read(self, value: object) -> list[Condition]:
        """Return the condition, or none where it is wrong (and said to be)."""
        subject = self.comparable.subject
        if not self.comparable.known:
            return []
        if isinstance(value, dict):
            return self._table(value)
        values: list[Any] = value if isinstance(value, list) else [value]
        if not values:
            self.report.add(self.keys, "B107", gettext("it is empty."))
            return []
        if not self._comparable_with(values, self.keys, in_list=isinstance(value, list)):
            return []
        return [AnyOf(subject, frozenset(self._held(values)))]

    def _table(self, table: dict[str, Any]) -> list[Condition]:
        unknown = [key for key in table if key not in _TESTS]
        for key in unknown:
            self.report.add(
                (*self.keys, key), "B101", gettext("unknown key “{key}”.", key=key), suggest(key, _TESTS), at_key=True
            )
        if unknown:
            return []
        if not table:
            self.report.add(self.keys, "B107", gettext("it is empty."))
            return []
        if "answered" in table:
            return self._answered(table)
        if "all" in table:
            return self._all(table)
        return self._between(table)

    def _answered(self, table: dict[str, Any]) -> list[Condition]:
        if len(table) > 1:
            return self._impossible(gettext("“answered” stands alone."))
        if not isinstance(table["answered"], bool):
            self.report.add(
                (*self.keys, "answered"), "B102", gettext("expected {expected}.", expected=gettext("true or false"))
            )
            return []
        return [Answered(self.comparable.subject, table["answered"])]

    def _all(self, table: dict[str, Any]) -> list[Condition]:
        if len(table) > 1:
            return self._impossible(gettext("“all” stands alone."))
        if not self.comparable.several:
            return self._impossible(gettext("“{key}” never holds several things: “all” cannot be.", key=self.keys[-1]))
        values, keys = table["all"], (*self.keys, "all")
        if not isinstance(values, list):
            self.report.add(keys, "B102", gettext("expected {expected}.", expected=gettext("a list [ … ]")))
            return []
        if not values:
            self.report.add(keys, "B107", gettext("it is empty."))
            return []
        if not self._comparable_with(values, keys, in_list=True):
            return []
        return [AllOf(self.comparable.subject, frozenset(values))]

    def _between(self, table: dict[str, Any]) -> list[Condition]:
        kind = self.comparable.subject.kind
        counts = self.comparable.several and kind is SubjectKind.QUESTION
        measure = self.comparable.measure or (WHOLE if counts else None)
        if measure is None:
            no_number = gettext("bounds compare numbers, and “{key}” holds no number.", key=self.keys[-1])
            return self._impossible(no_number, suggest("", self.comparable.words))
        for key in sorted(_BOUNDS & table.keys()):
            if measure.of(table[key]) is None:
                what = gettext("expected {expected}.", expected=measure.expected)
                self.report.add((*self.keys, key), "B102", what, measure.remedy(table[key], f"{key} = "))
                return []
        low, high = (measure.of(table[key]) if key in table else None for key in ("min", "max"))
        if low is not None and high is not None and low > high:
            self.report.add(self.keys, "B311", gettext("“min” is greater than “max”."))
            return []
        return [Between(self.comparable.subject, low, high)]

    def _comparable_with(self, values: list[Any], keys: Keys, *, in_list: bool) -> bool:
        """Tell whether every one of `values` can be compared with the subject, reporting those that cannot."""
        good = True
        for index, value in enumerate(values):
            here = (*keys, index) if in_list else keys
            measure = self.comparable.measure
            good = (self._word(value, here) if measure is None else self._number(value, measure, here)) and good
        return good

    def _held(self, values: list[Any]) -> list[Any]:
        """Return values as they are compared."""
        measure = self.comparable.measure
        return values if measure is None else [measure.of(value) for value in values]

    def _number(self, value: object, measure: Measure, keys: Keys) -> bool:
        low, high = self.comparable.low, self.comparable.high
        held = measure.of(value)
        if held is None:
            what = (
                gettext("“{key}” is compared with whole numbers.", key=self.keys[-1])
                if measure == WHOLE
                else gettext("“{key}” is compared with {expected}.", key=self.keys[-1], expected=measure.expected)
            )
            self.report.add(keys, "B303", what, measure.remedy(value))
            return False
        if (low is not None and held < low) or (high is not None and held > high):
            self.report.add(keys, "B303", gettext("“{key}” never holds {value}.", key=self.keys[-1], value=value))
            return False
        return True

    def _word(self, value: object, keys: Keys) -> bool:
        if not self.comparable.words:
            self._impossible(gettext("“{key}” is a text: it is never compared.", key=self.keys[-1]))
            return False
        if not isinstance(value, str):
            remedy = suggest("yes" if value is True else "no" if value is False else "", self.comparable.words)
            self.report.add(
                keys, "B303", gettext("“{key}” is compared with words between quotes.", key=self.keys[-1]), remedy
            )
            return False
        if value not in self.comparable.words:
            facet = self.comparable.subject.kind is SubjectKind.FACET
            what = (
                gettext("facet “{key}” has no term “{word}”.", key=self.comparable.subject.id, word=value)
                if facet
                else gettext("question “{key}” has no option “{word}”.", key=self.comparable.subject.id, word=value)
            )
            remedy = meant(value, self.comparable.words, self.renamed)
            cause = f"{self.comparable.subject.id} = {value}"
            self.report.add(keys, "B202" if facet else "B204", what, remedy, cause=cause)
            return False
        return True

    def _impossible(self, what: Message, remedy: Message | None = None) -> list[Condition]:
        self.report.add(self.keys, "B303", what, remedy)
        return []
