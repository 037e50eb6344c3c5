"""The questions of a compass file: what each may hold, and what conditions may compare it with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, assert_never

from boussole.core.answers.accepting import accept
from boussole.core.answers.remedies import RefusedError
from boussole.core.definitions.compass import UNKNOWN, Option, Question, QuestionType, Value, measured
from boussole.core.definitions.conditions import Subject, SubjectKind
from boussole.files.definitions.conditions import WHOLE, Comparable, Measure, Scope, decimals_of, read_condition
from boussole.fuzzy import suggest
from boussole.i18n import either, gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boussole.core.definitions.catalogue import Facet
    from boussole.core.definitions.conditions import Condition
    from boussole.errors import Keys
    from boussole.files.definitions.reader import Reader
    from boussole.files.toml.tables import OptionTable, QuestionTable

YES, NO = "yes", "no"
_CHOICES = {QuestionType.ONE, QuestionType.MANY}


def _allowed(type_: QuestionType) -> set[str]:
    """Return the keys that this type takes and others do not; `min` and `max` may stand anywhere, and bound some."""
    match type_:
        case QuestionType.ONE | QuestionType.MANY:
            return {"facet", "options"}
        case QuestionType.SCALE:
            return {"labels"}
        case QuestionType.YES_NO:
            return {"options"}
        case QuestionType.NUMBER:
            return {"unit", "decimals"}
        case QuestionType.DATE | QuestionType.TEXT:
            return set()
        case _:
            assert_never(type_)


_SPECIAL = set[str]().union(*(_allowed(one) for one in QuestionType))


def comparable(table: Mapping[str, Any], facets: Mapping[str, Facet]) -> Comparable:
    """Return how conditions may compare the question written in `table`, well formed or not."""
    subject = Subject(SubjectKind.QUESTION, table["id"])
    type_ = next((one for one in QuestionType if one == table.get("type")), None)
    match type_:
        case QuestionType.ONE | QuestionType.MANY:
            words = _words(table, facets)
            return Comparable(subject, words=words, several=type_ is QuestionType.MANY, known=bool(words))
        case QuestionType.YES_NO:
            return Comparable(subject, words=(YES, NO))
        case QuestionType.SCALE:
            labels = table.get("labels")
            if not isinstance(labels, list):
                return Comparable(subject, known=False)
            return Comparable(subject, measure=WHOLE, low=0, high=len(labels) - 1)
        case QuestionType.NUMBER | QuestionType.DATE:
            measure = Measure(type_, decimals_of(table))
            low, high = (measure.of(table.get(key)) for key in ("min", "max"))
            return Comparable(subject, measure=measure, low=low, high=high)
        case QuestionType.TEXT:
            return Comparable(subject)
        case None:
            return Comparable(subject, known=False)
        case _:
            assert_never(type_)


def _words(table: Mapping[str, Any], facets: Mapping[str, Facet]) -> list[str]:
    if isinstance(table.get("facet"), str) and table["facet"] in facets:
        return list(facets[table["facet"]].terms)
    options = table.get("options")
    return [
        option["id"]
        for option in (options if isinstance(options, list) else [])
        if isinstance(option, dict) and isinstance(option.get("id"), str)
    ]


class QuestionReader:
    """Builds the questions of one compass."""

    def __init__(self, reader: Reader, facets: Mapping[str, Facet], sections: Iterable[str], scope: Scope) -> None:
        """Take what questions may refer to."""
        self._reader = reader
        self._report = reader.report
        self._facets = facets
        self._sections = set(sections)
        self._scope = scope

    def read(self, table: QuestionTable, keys: Keys) -> Question:
        """Return the question written in `table`, reporting all that is wrong with it."""
        before = len(self._report)
        self._refuse_stray_keys(table, keys)
        section, when = self.read_context(table, keys)
        facet = table.get("facet")
        least, most = (self._bound(table, key, keys) for key in ("min", "max"))
        if least is not None and most is not None and least > most:
            self._report.add((*keys, "min"), "B311", gettext("“min” is greater than “max”."))
        text, optional = self._reader.text, self._reader.optional_text
        options = self._options(table, keys)
        self._refuse_count(table, keys, len(options))
        question = Question(
            id=table["id"],
            type=QuestionType(table["type"]),
            ask=text(table["ask"]),
            help=optional(table.get("help")),
            section=section,
            facet=facet,
            required=table.get("required", not self._report.told(keys, ["required"])),
            when=when,
            least=least,
            most=most,
            unit=optional(table.get("unit")),
            options=options,
            labels=tuple(text(label) for label in table.get("labels", []) if label is not None),
            decimals=decimals_of(table),
        )
        whole = len(self._report) == before and not any(broken[: len(keys)] == keys for broken in self._report.broken)
        if "default" in table and whole:  # nothing is judged by a question that is wrong itself
            return question._replace(default=self._default(question, table["default"], (*keys, "default")))
        return question

    def read_context(self, table: Mapping[str, Any] | QuestionTable, keys: Keys) -> tuple[str | None, Condition]:
        """Return the section of a question, and when it is asked, whatever else is wrong with it; judge its facet."""
        section, facet = table.get("section"), table.get("facet")
        if facet is not None and facet not in self._facets:
            self._reader.unknown_facet(facet, (*keys, "facet"), self._facets)
        if section is not None and section not in self._sections:
            self._report.add(
                (*keys, "section"),
                "B208",
                gettext("there is no section “{id}”.", id=section),
                suggest(section, self._sections),
                cause=f"section = {section}",
            )
        return section, read_condition(table.get("when", {}), (*keys, "when"), self._scope, self._report)

    def _bound(self, table: QuestionTable, key: Literal["min", "max"], keys: Keys) -> int | None:
        """Return a bound: how many options, or a measure; reporting what cannot bound answers of this type."""
        type_ = QuestionType(table["type"])
        compared = QuestionType.NUMBER if type_ is QuestionType.MANY else measured(type_)
        if compared is None or key not in table:
            return None
        measure = Measure(compared, decimals_of(table))
        bound = measure.of(table[key])
        if bound is None:
            what = gettext("expected {expected}.", expected=measure.expected)
            self._report.add((*keys, key), "B102", what, measure.remedy(table[key], f"{key} = "))
        return bound

    def _default(self, question: Question, raw: object, keys: Keys) -> Value | None:
        """Return the answer proposed first, which must be one that the question accepts."""
        try:
            return accept(question._replace(required=True), raw)
        except RefusedError as refusal:
            cause, remedy = refusal.problem.what, refusal.problem.remedy
        if raw == UNKNOWN:
            cause = gettext("“?” is never proposed.")
        self._report.add(keys, "B312", gettext("the default is not accepted: {cause}", cause=cause), remedy)
        return None

    def _refuse_stray_keys(self, table: QuestionTable, keys: Keys) -> None:
        """Report keys that the type of the question does not take, and the absence of those it needs."""
        type_ = QuestionType(table["type"])
        allowed = _allowed(type_)
        for key in sorted((_SPECIAL - allowed) & table.keys()):
            self._report.add(
                (*keys, key),
                "B307",
                gettext("a question of type “{type}” takes no “{key}”.", type=type_, key=key),
                at_key=True,
            )
        if type_ in _CHOICES and "facet" in table and "options" in table:
            self._report.add(
                (*keys, "options"),
                "B306",
                gettext("the options are the terms of the facet: “facet” and “options” exclude each other."),
                at_key=True,
            )
        needs = ("facet", "options") if type_ in _CHOICES else ("labels",) if type_ is QuestionType.SCALE else ()
        if needs and not any(key in table for key in needs) and not self._report.told(keys, needs):
            self._report.add(
                keys, "B306", gettext("a question of type “{type}” needs {keys}.", type=type_, keys=either(needs))
            )

    def _refuse_count(self, table: QuestionTable, keys: Keys, options: int) -> None:
        """Report bounds of a `many` that no choice can respect."""
        if table["type"] != "many":
            return
        for key in ("min", "max"):
            bound = table.get(key)
            lowest = 0 if key == "min" else 1
            if isinstance(bound, int) and bound < lowest:
                self._report.add(
                    (*keys, key),
                    "B106",
                    gettext("{value} is out of bounds.", value=bound),
                    gettext("Write a whole number, {low} or more.", low=lowest),
                )
        least = table.get("min")
        if isinstance(least, int) and options and least > options:
            self._report.add(
                (*keys, "min"), "B106", gettext("it asks for more options than there are ({count}).", count=options)
            )

    def _options(self, table: QuestionTable, keys: Keys) -> dict[str, Option]:
        facet = self._facets.get(table.get("facet", ""))
        if facet is not None and table["type"] in _CHOICES:
            return {term.id: Option(term.id, term.title, term.hint) for term in facet.terms.values()}
        tables = list(self._reader.tables(table.get("options"), (*keys, "options")))
        self._reader.unique((here, option["id"]) for here, option in tables)
        options = {option["id"]: self._option(option, here) for here, option in tables}
        if table["type"] == "yes-no":
            return self._yes_no(table["id"], options, tables)
        return options

    def _yes_no(
        self, id_: str, options: dict[str, Option], tables: list[tuple[Keys, OptionTable]]
    ) -> dict[str, Option]:
        """Return « oui » and « non », each as the file says it or by default worth 1 and 0."""
        for here, option in tables:
            if option["id"] not in {YES, NO}:
                self._report.add(
                    (*here, "id"),
                    "B204",
                    gettext("question “{key}” has no option “{word}”.", key=id_, word=option["id"]),
                    gettext("Write {words}.", words=either((YES, NO))),
                )
        default = {YES: Option(YES, gettext("Yes"), points=1), NO: Option(NO, gettext("No"), points=0)}
        found = {word: options.get(word, default[word]) for word in (YES, NO)}
        return {  # an option that gives a text only is still worth what it is by default
            word: option._replace(points=default[word].points) if option.points is None else option
            for word, option in found.items()
        }

    def _option(self, table: OptionTable, keys: Keys) -> Option:
        return Option(
            id=table["id"],
            text=self._reader.text(table["text"]),
            hint=self._reader.optional_text(table.get("hint")),
            points=table.get("points"),
            place=self._reader.terms(table.get("place", {}), (*keys, "place"), self._facets),
            alone=table.get("alone", False),
        )
