"""A compass file in: `compasses/<id>.toml` → `Compass`, or every problem it has."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from boussole.core.definitions.catalogue import Catalogue
from boussole.core.definitions.compass import (
    Axis,
    Compass,
    Placement,
    Section,
    Step,
)
from boussole.core.definitions.conditions import Subject, SubjectKind
from boussole.core.definitions.text import Text
from boussole.errors import DefinitionError
from boussole.files.definitions.conditions import MOST_DECIMALS, WHOLE, Comparable, Scope, read_condition
from boussole.files.definitions.examples import ExampleReader
from boussole.files.definitions.ordering import refuse_circles, refuse_idle_axes, refuse_look_ahead
from boussole.files.definitions.questions import QuestionReader, comparable
from boussole.files.definitions.reader import Reader, digest, ids_of
from boussole.files.definitions.renames import names_of_compass, read_renamed
from boussole.files.definitions.result import ResultReader
from boussole.files.toml.parsing import parse, read_bytes
from boussole.files.toml.report import Report
from boussole.files.toml.tables import CompassFile
from boussole.files.toml.validation import refuse_format, validate
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from boussole.core.definitions.compass import Example, Question
    from boussole.errors import Keys, Problem
    from boussole.files.toml.tables import AxisTable

_UNORDERED = frozenset({"axis", "place", "rule", "example"})
_UP_TO_THE_CATALOGUE = frozenset(
    {"A102", "B201", "B202", "B203", "B206", "B207", "B310", "B313", "B314", "B320", "B321"}
)
"""The codes of what may be right or wrong by what the catalogue says."""


def load_compass(path: str | Path, catalogue: Catalogue) -> Compass:
    """Return the compass written in the file `path` (format 1), about `catalogue`.

    Raises:
        DefinitionError: with every problem of the file.
        BoussoleError: when it cannot be read.

    """
    path = Path(path)
    return read_compass(read_bytes(path), str(path), catalogue)


def read_compass(content: bytes, file: str, catalogue: Catalogue) -> Compass:
    """Return the compass whose file has `content`; `file` is the name shown in problems.

    Raises:
        DefinitionError: with every problem of the file.

    """
    return _read(content, file, catalogue, frozenset())


def built_compass(
    document: dict[str, Any], file: str, catalogue: Catalogue, unjudged: frozenset[str] = frozenset()
) -> tuple[Compass, Report]:
    """Return what can be built of a document, and what is wrong with it, the codes `unjudged` aside.

    What is malformed is taken out of `document`. Where nothing is wrong, the compass is whole.
    """
    report = Report(document, file, unjudged)
    meaning = digest({key: value for key, value in document.items() if key != "intended"}, _UNORDERED)
    question_ids = ids_of(document.get("question"))
    axis_ids = ids_of(document.get("axis"))
    names = names_of_compass(document)
    validate(CompassFile, document, report)
    question_ids |= ids_of(document.get("question"))  # what is misspelt is read as it is meant from here on
    axis_ids |= ids_of(document.get("axis"))
    names += names_of_compass(document) if report.written else []
    compass = _Builder(document, report, catalogue, question_ids, axis_ids).build(meaning)
    return compass._replace(renamed=read_renamed(document, names, report)), report


def problems_of_itself(content: bytes, file: str) -> Sequence[Problem]:
    """Return what is wrong with a compass whatever its catalogue says, which cannot be read."""
    nothing = Catalogue("", "", "", Text({"": ""}, ""), {}, {})
    try:
        _read(content, file, nothing, _UP_TO_THE_CATALOGUE)
    except DefinitionError as error:
        return error.problems
    return ()


def _read(content: bytes, file: str, catalogue: Catalogue, unjudged: frozenset[str]) -> Compass:
    document = parse(content, file)
    format_report = Report(document, file)
    if refuse_format(document, format_report):
        raise format_report.error(content)
    compass, report = built_compass(document, file, catalogue, unjudged)
    if report:
        raise report.error(content)
    return compass


class _Builder(Reader):
    """Builds the compass of one file; what is wrong is reported and passed over."""

    def __init__(
        self,
        document: dict[str, Any],
        report: Report,
        catalogue: Catalogue,
        question_ids: set[str],
        axis_ids: set[str],
    ) -> None:
        super().__init__(document, report, catalogue.renamed)
        self._document = cast("CompassFile", document)
        self._catalogue = catalogue
        self._facets = catalogue.facets
        self._question_ids = question_ids
        self._axis_ids = axis_ids
        for keys, table in self._named("question"):
            if report.told(keys, ["decimals"]):  # how many are meant is not known: as many as there may be
                cast("dict[str, Any]", table)["decimals"] = MOST_DECIMALS
        ids = Counter(table["id"] for _, table in self._named("question"))
        self._twice = {id_ for id_, count in ids.items() if count > 1}
        self._scope = Scope(self._comparables(), self.renamed)

    def build(self, meaning: str) -> Compass:
        document, report = self._document, self.report
        self._refuse_clashes()
        sections = {
            table["id"]: Section(
                table["id"],
                self.text(table["title"]),
                read_condition(table.get("when", {}), (*keys, "when"), self._scope, report),
            )
            for keys, table in self.tables(document.get("section"), ("section",))
        }
        tables = list(self.tables(document.get("question"), ("question",)))
        reader = QuestionReader(self, self._facets, ids_of(document.get("section")), self._scope)
        questions: dict[str, Question] = {}
        for keys, question in tables:
            questions.setdefault(question["id"], reader.read(question, keys))
        for keys, table in self._named("question"):
            if keys in report.broken:  # which does not hide where it stands, when it is asked, its facet
                reader.read_context(table, keys)
        axis_tables = list(self.tables(document.get("axis"), ("axis",)))
        result = ResultReader(self, document, self._catalogue, self._scope)
        compass = Compass(
            id=document.get("id", ""),
            version=document.get("version", ""),
            language=self.language,
            catalogue=self._catalogue_id(),
            title=self.text(document.get("title", "")),
            questions=questions,
            summary=self.optional_text(document.get("summary")),
            sections=sections,
            axes={table["id"]: self._axis(table, keys, questions) for keys, table in axis_tables},
            placements=tuple(
                Placement(
                    read_condition(table["when"], (*keys, "when"), self._scope, report),
                    self.terms(table["at"], (*keys, "at"), self._facets),
                )
                for keys, table in self.tables(document.get("place"), ("place",))
            ),
            weighting=result.weighting(),
            rules=result.rules(),
            pathway_size=document.get("pathway", {}).get("size", 8),
            rose=result.rose_facet(),
            rose_axes=result.rose_axes(),
            time_at_hand=result.time_at_hand(questions),
            digest=meaning,
        )
        refuse_idle_axes(compass, {table["id"]: keys for keys, table in axis_tables}, report)
        refuse_circles(compass, report)
        refuse_look_ahead(compass, {table["id"]: keys for keys, table in tables}, report)
        return compass._replace(examples=self._examples(compass), intended=result.intended())

    def _examples(self, compass: Compass) -> tuple[Example, ...]:
        sure = {id_: question for id_, question in compass.questions.items() if id_ not in self._twice}
        compass = compass._replace(questions=sure)  # of two with one id, nobody knows which is answered
        examples = ExampleReader(self, compass, self._catalogue, self._question_ids, self._axis_ids)
        found = self.tables(self._document.get("example"), ("example",))
        return tuple(examples.read(table, keys) for keys, table in found)

    def _catalogue_id(self) -> str:
        """Return the catalogue the compass is about: the one given must be it."""
        asked = self._document.get("catalogue", self._catalogue.id)
        if asked not in self._catalogue.ids:
            self.report.add(
                ("catalogue",),
                "B207",
                gettext("the catalogue here is “{given}”, not “{asked}”.", given=self._catalogue.id, asked=asked),
                gettext("Name the file of “{asked}” with --catalogue.", asked=asked),
            )
        return asked

    def _comparables(self) -> dict[str, Comparable]:
        """Return what a condition may look at, by key: facets, axes, and above them questions."""
        found = {
            facet.id: Comparable(Subject(SubjectKind.FACET, facet.id), words=facet.terms, several=True)
            for facet in self._facets.values()
        }
        whole = {table["id"] for _, table in self.tables(self._document.get("axis"), ("axis",))}
        found |= {
            id_: Comparable(Subject(SubjectKind.AXIS, id_), measure=WHOLE, known=id_ in whole)
            for id_ in self._axis_ids - found.keys()
        }
        for keys, table in self._named("question"):
            found[table["id"]] = (
                Comparable(Subject(SubjectKind.QUESTION, table["id"]), known=False)
                if keys in self.report.broken or table["id"] in self._twice
                else comparable(table, self._facets)
            )
        return found

    def _refuse_clashes(self) -> None:
        """Report ids that stand twice among questions and axes, and those that only a facet may have."""
        questions = list(self._named("question"))
        axes = list(self._named("axis"))
        seen: set[str] = set()
        self.unique([(keys, table["id"]) for keys, table in questions], seen)
        self.unique([(keys, table["id"]) for keys, table in axes], seen)
        about_it = {
            keys
            for keys, table in questions
            if table.get("facet") == table["id"] or ("facet" in table and table["facet"] not in self._facets)
        }
        for keys, table in [*questions, *axes]:
            if table["id"] in self._facets and keys not in about_it and not self.report.told(keys, ["facet"]):
                self.report.add(
                    (*keys, "id"),
                    "B310",
                    gettext("“{id}” is the id of a facet: only a question about it may share it.", id=table["id"]),
                )
        self.unique((keys, table["id"]) for keys, table in self.tables(self._document.get("section"), ("section",)))

    def _named(self, key: str) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
        """Yield the tables of a list that have an id, even when something else is wrong with them."""
        for index, table in enumerate(cast("Mapping[str, Any]", self._document).get(key, [])):
            if isinstance(table, dict) and isinstance(table.get("id"), str):
                yield (key, index), table

    def _axis(self, table: AxisTable, keys: Keys, questions: Mapping[str, Question]) -> Axis:
        for id_ in table["questions"]:
            if id_ not in self._question_ids:
                self.unknown_question(id_, (*keys, "questions", id_), self._question_ids)
        facet_id, steps = table.get("facet"), []
        facet = self._facets.get(facet_id or "")
        if facet_id is not None and facet is None:
            self.unknown_facet(facet_id, (*keys, "facet"), self._facets)
        if "steps" in table and facet_id is None:
            self.report.add((*keys, "steps"), "B307", gettext("steps need a facet to place on."), at_key=True)
        for here, step in self.tables(table.get("steps"), (*keys, "steps")):
            if facet is not None and step["term"] not in facet.terms:
                self.unknown_term(step["term"], facet, (*here, "term"))
            steps.append(Step(step["from"], step["term"]))
        weights = {id_: weight for id_, weight in table["questions"].items() if id_ in questions}
        return Axis(table["id"], self.text(table["title"]), weights, facet_id, tuple(steps))
