"""What a compass file says of its result: ranking, rules, rose, and the time that the path keeps within."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.core.definitions.catalogue import PSEUDO_FACETS, RECENT
from boussole.core.definitions.compass import IntendedHole, QuestionType, Rule, TimeAtHand, Weighting
from boussole.files.definitions.conditions import read_condition
from boussole.files.definitions.reader import ids_of
from boussole.files.toml.references import absent, meant
from boussole.fuzzy import suggest
from boussole.i18n import either, gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Question
    from boussole.errors import Keys
    from boussole.files.definitions.conditions import Scope
    from boussole.files.definitions.reader import Reader
    from boussole.files.toml.tables import CompassFile, RuleTable

_QUESTION = "question"


class ResultReader:
    """Reads these parts of one compass file, reporting what cannot be."""

    def __init__(self, reader: Reader, document: CompassFile, catalogue: Catalogue, scope: Scope) -> None:
        """Take the reader of the file, and what its conditions may look at."""
        self._reader = reader
        self._report = reader.report
        self._document = document
        self._catalogue = catalogue
        self._facets = catalogue.facets
        self._scope = scope

    def weighting(self) -> Weighting:
        """Return how the ranking weighs."""
        table = self._document.get("ranking", {})
        weights, require = table.get("weights", {}), table.get("require", [])
        for name in weights:
            here = ("ranking", "weights", name)
            if name not in self._facets and name not in PSEUDO_FACETS:
                self._reader.unknown_facet(name, here, [*self._facets, *PSEUDO_FACETS], at_key=True)
        if RECENT in weights and RECENT not in self._facets and self._catalogue.dated is None:
            what = gettext("“{key}” needs the day that the catalogue speaks for.", key=RECENT)
            remedy = gettext("Write dated = 2026-12-01 at the top of the catalogue.")
            self._report.add(("ranking", "weights", RECENT), "B314", what, remedy, at_key=True)
        for index, name in enumerate(require):
            if name is not None and name not in self._facets:
                self._reader.unknown_facet(name, ("ranking", "require", index), self._facets)
        return Weighting(
            top=table.get("top", 10), weights=weights, require=frozenset(require), generic=table.get("generic", 500)
        )

    def rose_facet(self) -> str | None:
        """Return the facet that the rose shows, or None: axes."""
        facet = None if ("rose",) in self._report.broken else self._document.get("rose", {}).get("facet")
        if facet is not None and facet not in self._facets:
            self._reader.unknown_facet(facet, ("rose", "facet"), self._facets)
        return facet

    def rose_axes(self) -> tuple[str, ...]:
        """Return the axes that the rose shows; none: all of them, or a facet."""
        if ("rose",) in self._report.broken or "rose" not in self._document:
            return ()
        table = self._document["rose"]
        if ("facet" in table) is ("axes" in table):
            what = gettext("the rose shows either a facet or axes.")
            self._report.add(("rose",), "B321", what, gettext("Write {keys}.", keys=either(["facet", "axes"])))
        known = {axis["id"] for _, axis in self._reader.tables(self._document.get("axis"), ("axis",))}
        axes = table.get("axes", [])
        for index, id_ in enumerate(axes):
            if id_ not in known:
                what = gettext("there is no axis “{id}”.", id=id_)
                self._report.add(("rose", "axes", index), "B205", what, suggest(id_, known), cause=absent(id_))
        return tuple(dict.fromkeys(axes))

    def time_at_hand(self, questions: Mapping[str, Question]) -> TimeAtHand | None:
        """Return where a person says how much time they have."""
        minutes: Mapping[str, Any] | None = self._document.get("pathway", {}).get("minutes")
        if minutes is None:
            return None
        keys: Keys = ("pathway", "minutes")
        asked = minutes.get(_QUESTION)
        if not isinstance(asked, str):
            what = gettext("“{key}” must name the question that asks for the time.", key=_QUESTION)
            self._report.add(keys, "B320", what, gettext("Add the key “{key}”.", key=_QUESTION))
            return None
        question = questions.get(asked)
        if question is None and asked in ids_of(self._document.get("question")):  # what is wrong with it is told
            return None
        if question is None:
            what = gettext("there is no question “{id}”.", id=asked)
            remedy = meant(asked, questions, self._reader.renamed)
            self._report.add((*keys, _QUESTION), "B205", what, remedy, cause=absent(asked))
            return None
        if question.type is not QuestionType.ONE or _QUESTION in question.options:
            what = gettext("the time is asked by a question of type “one”, none of whose options is “question”.")
            self._report.add((*keys, _QUESTION), "B320", what)
            return None
        budgets = {option: amount for option, amount in minutes.items() if option != _QUESTION}
        for option, amount in budgets.items():
            if option not in question.options:
                what = gettext("question “{question}” has no option “{option}”.", question=asked, option=option)
                self._report.add((*keys, option), "B320", what, suggest(option, question.options), at_key=True)
            elif not isinstance(amount, int):
                self._report.add((*keys, option), "B320", gettext("the minutes must be a whole number."))
        return TimeAtHand(asked, budgets)

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules."""
        return tuple(
            self._rule(table, keys) for keys, table in self._reader.tables(self._document.get("rule"), ("rule",))
        )

    def intended(self) -> tuple[IntendedHole, ...]:
        """Return the holes that are there on purpose."""
        return tuple(
            IntendedHole(
                self._reader.terms(table["at"], (*keys, "at"), self._facets),
                self._reader.optional_text(table.get("why")),
            )
            for keys, table in self._reader.tables(self._document.get("intended"), ("intended",))
        )

    def _rule(self, table: RuleTable, keys: Keys) -> Rule:
        medoc = known_medoc(table, "medoc", keys, self._catalogue, self._reader)
        include, exclude = table.get("include", False), table.get("exclude", False)
        if exclude and (include or "points" in table):
            self._report.add((*keys, "exclude"), "B309", gettext("“exclude” stands alone."), at_key=True)
        effects = ("points", "include", "exclude")
        if not (include or exclude or "points" in table or self._report.told(keys, effects)):
            self._report.add(keys, "B309", gettext("a rule needs {keys}.", keys=either(effects)))
        return Rule(
            when=read_condition(table["when"], (*keys, "when"), self._scope, self._report),
            medoc=tuple(dict.fromkeys(medoc)),
            points=table.get("points", 0),
            include=include,
            exclude=exclude,
            why=self._reader.optional_text(table.get("why")),
        )


def known_medoc(
    table: Mapping[str, Any], key: str, keys: Keys, catalogue: Catalogue, reader: Reader
) -> tuple[str, ...]:
    """Return the ids of MEDOC listed at `key` of a table that the catalogue has, reporting the others.

    What a layer of the catalogue took away is passed over in silence: the compass was written for the base.
    """
    ids = table.get(key, [])
    known = catalogue.medoc.keys() | catalogue.taken_away
    for index, id_ in enumerate(ids):
        reader.refuse_unknown_medoc(id_, (*keys, key, index), known, catalogue.gone)
    return tuple(id_ for id_ in ids if id_ in catalogue.medoc)
