"""The worked examples of a compass in: an imagined person's answers, and what they should get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.answers.accepting import accept
from boussole.core.answers.answers import Answers, Origin
from boussole.core.answers.remedies import RefusedError
from boussole.core.definitions.compass import Example, Expectation
from boussole.files.definitions.result import known_medoc

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value
    from boussole.errors import Keys
    from boussole.files.definitions.reader import Reader
    from boussole.files.toml.tables import ExampleTable, ExpectTable


class ExampleReader:
    """Builds the examples of one compass; what is wrong is reported and passed over."""

    def __init__(
        self,
        reader: Reader,
        compass: Compass,
        catalogue: Catalogue,
        question_ids: AbstractSet[str],
        axis_ids: AbstractSet[str],
    ) -> None:
        """Take what examples may refer to: also the ids of questions and axes that have other faults."""
        self._reader = reader
        self._compass = compass
        self._catalogue = catalogue
        self._question_ids = question_ids
        self._axis_ids = axis_ids

    def read(self, table: ExampleTable, keys: Keys) -> Example:
        """Return one example, with the answers of it that its compass accepts."""
        given = Answers.given(table["answers"], Origin.FILE)
        good: dict[str, Value] = {}
        for id_ in given:
            here = (*keys, "answers", id_)
            if id_ not in self._question_ids:
                self._reader.unknown_question(id_, here, self._question_ids)
            elif id_ in self._compass.questions and not self._compass.questions[id_].lacks_choices:
                try:
                    good[id_] = accept(self._compass.questions[id_], given.by_question[id_].value)
                except RefusedError as refusal:
                    problem = refusal.problem
                    cause = f"{problem.code} {problem.what}"
                    self._reader.report.add(here, problem.code, problem.what, problem.remedy, cause=cause)
        expected = self._expectation(table["expect"], (*keys, "expect"))
        return Example(good, expected, self._reader.optional_text(table.get("title")))

    def _expectation(self, table: ExpectTable, keys: Keys) -> Expectation:
        reader, medoc = self._reader, self._catalogue.medoc
        first = table.get("first")
        known = medoc.keys() | self._catalogue.taken_away
        reader.refuse_unknown_medoc(first, (*keys, "first"), known, self._catalogue.gone)
        named = {key: known_medoc(table, key, keys, self._catalogue, reader) for key in ("includes", "excludes")}
        for id_ in table.get("axes", {}):
            if id_ not in self._axis_ids:
                reader.unknown_axis(id_, (*keys, "axes", id_), self._axis_ids)
        return Expectation(
            first=first if first in medoc else None,
            top=table.get("top"),
            includes=named["includes"],
            excludes=named["excludes"],
            places=reader.terms(table.get("places", {}), (*keys, "places"), self._catalogue.facets),
            axes=table.get("axes", {}),
        )
