"""Maps of tables in: which columns say which answers, checked against the compass they are for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from boussole.core.answers.accepting import accept
from boussole.core.answers.remedies import RefusedError, unknown_question
from boussole.core.answers.table_map import UNDECIDED, ColumnMap, TableMap, accept_part
from boussole.core.definitions.renames import carried_over, current
from boussole.empty import EMPTY
from boussole.files.toml.map_tables import MapFile
from boussole.files.toml.parsing import parse, read_bytes
from boussole.files.toml.report import Report
from boussole.files.toml.validation import refuse_format, validate
from boussole.fuzzy import fold
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Question, Value
    from boussole.errors import Keys
    from boussole.files.toml.map_tables import MapColumnTable, SaidValue


def load_map(path: str | Path, compass: Compass, catalogue: Catalogue | None = None) -> TableMap:
    """Return the map in the file `path`, which must be for `compass`.

    Raises:
        DefinitionError: with every problem of the file; BoussoleError: when it cannot be read.

    """
    return read_map(read_bytes(Path(path)), str(path), compass, catalogue)


def read_map(content: bytes, file: str, compass: Compass, catalogue: Catalogue | None = None) -> TableMap:
    """Return the map written in `content`; `file` is the name shown in problems.

    What it says follows the renames of `compass` and of `catalogue`, as old answers do.

    Raises:
        DefinitionError: with every problem of the file.

    """
    document, report = _shaped(content, file)
    made = _Reader(compass, catalogue, report).table(document)
    if report:
        raise report.error(content)
    return made


def declared_compass(content: bytes, file: str) -> str:
    """Return the id of the compass that the map written in `content` is for.

    Raises:
        DefinitionError: when the document has not the shape of a map; it tells all that is wrong with that.

    """
    return _shaped(content, file)[0]["compass"]


def _shaped(content: bytes, file: str) -> tuple[MapFile, Report]:
    """Return the document in `content`, which has the shape of a map, and where to tell what is wrong with it."""
    raw = parse(content, file)
    report = Report(raw, file)
    if not refuse_format(raw, report):
        validate(MapFile, raw, report)
    if report:
        raise report.error(content)
    return cast("MapFile", raw), report


class _Reader:
    """Turns a document that has the shape of a map into one, reporting what `compass` does not accept."""

    def __init__(self, compass: Compass, catalogue: Catalogue | None, report: Report) -> None:
        self._compass = compass
        self._catalogue = catalogue
        self._report = report

    def table(self, document: MapFile) -> TableMap:
        """Return the map; one for another compass is not looked into."""
        if document["compass"] != self._compass.id:
            self._report.add(
                ("compass",),
                "M101",
                gettext(
                    "this map is for the compass “{named}”, not “{asked}”.",
                    named=document["compass"],
                    asked=self._compass.id,
                ),
            )
            return TableMap(self._compass.id)
        fixed = self._answers(document.get("set", {}), ("set",), whole=True)
        raw = document.get("column", [])
        columns = tuple(self._column(table, ("column", index)) for index, table in enumerate(raw))
        self._refuse_twice(
            [(("column", index, "name"), table["name"], False) for index, table in enumerate(raw)], "M102"
        )
        for index, column in enumerate(columns):
            for id_ in sorted(column.questions & fixed.keys()):
                self._report.add(
                    ("column", index),
                    "M105",
                    gettext("[set] already answers “{id}” for all rows.", id=id_),
                    gettext("Take it out of [set], or out of this column."),
                )
        return TableMap(self._compass.id, columns, fixed)

    def _column(self, table: MapColumnTable, keys: Keys) -> ColumnMap:
        before = len(self._report)
        self._refuse_labels(table, keys)
        question = self._question(table, keys)
        if question is None and "question" in table:
            return ColumnMap(table["name"])
        given: dict[Keys, SaidValue] = {("values", label): value for label, value in table.get("values", {}).items()}
        given |= {(key,): table[key] for key in ("default", "empty") if key in table}
        said = {place: self._said(value, question, (*keys, *place)) for place, value in given.items()}
        questions = set().union(*(one for one in said.values() if one), () if question is None else (question.id,))
        if not questions and not table.get("reject") and len(self._report) == before:
            self._report.add(
                keys,
                "M104",
                gettext("this column answers no question."),
                gettext("Write the question it answers, or which questions each label answers."),
            )
        undecided = dict.fromkeys(questions, UNDECIDED)
        decided = {place: undecided if one is None else one for place, one in said.items()}
        return ColumnMap(
            name=table["name"],
            labels={str(place[1]): one for place, one in decided.items() if place[0] == "values"},
            question=None if question is None else question.id,
            separator=table.get("list"),
            default=decided.get(("default",)),
            empty=decided.get(("empty",), EMPTY),
            reject=tuple(table.get("reject", ())),
        )

    def _question(self, table: MapColumnTable, keys: Keys) -> Question | None:
        """Return the question that a column answers alone; None where it names none that there is."""
        if "question" not in table:
            return None
        id_ = current(table["question"], self._compass.renamed, self._compass.questions)
        if id_ not in self._compass.questions:
            self._unknown(id_, (*keys, "question"), at_key=False)
        return self._compass.questions.get(id_)

    def _said(self, value: SaidValue, question: Question | None, keys: Keys) -> Mapping[str, Value] | None:
        """Return the answers of a label; None where its author does not know yet to which question."""
        if isinstance(value, dict):
            return self._answers(value, keys)
        if question is not None:
            return self._answers({question.id: value}, keys, alone=True)
        if value == UNDECIDED:
            return None
        self._report.add(keys, "B102", gettext("expected {expected}.", expected=gettext("a table { … }")))
        return EMPTY

    def _answers(
        self, values: Mapping[str, Any], keys: Keys, *, alone: bool = False, whole: bool = False
    ) -> dict[str, Value]:
        """Return the answers that the compass accepts; `alone`: `keys` are those of the one value.

        What a label says of a question that takes several may be a part of an answer, unless it is `whole`.
        """
        tuples = {id_: tuple(value) if isinstance(value, list) else value for id_, value in values.items()}
        now = carried_over(self._compass, self._catalogue, tuples)
        good: dict[str, Value] = {}
        for old, (id_, value) in zip(values, now.items(), strict=True):
            here = keys if alone else (*keys, old)
            question = self._compass.questions.get(id_)
            if question is None:
                self._unknown(id_, here, at_key=True)
            elif value == UNDECIDED and not whole:
                good[id_] = UNDECIDED
            else:
                try:
                    good[id_] = accept(question, value) if whole else accept_part(question, value)
                except RefusedError as refusal:
                    problem = refusal.problem
                    self._report.add(here, problem.code, problem.what, problem.remedy)
        return good

    def _unknown(self, id_: str, keys: Keys, *, at_key: bool) -> None:
        problem = unknown_question(self._compass, id_)
        self._report.add(keys, problem.code, problem.what, problem.remedy, at_key=at_key)

    def _refuse_labels(self, table: MapColumnTable, keys: Keys) -> None:
        """Report a label that stands twice, or that no cell can hold."""
        labels: list[tuple[Keys, str, bool]] = [((*keys, "values", one), one, True) for one in table.get("values", {})]
        for here, label, at_key in labels:
            if not fold(label):
                remedy = gettext("What an empty cell says is written under empty.")
                self._report.add(here, "B107", gettext("it is empty."), remedy, at_key=at_key)
        labels += [((*keys, "reject", index), one, False) for index, one in enumerate(table.get("reject", ()))]
        self._refuse_twice(labels, "M103")

    def _refuse_twice(self, names: Iterable[tuple[Keys, str, bool]], code: str) -> None:
        """Report each name that is there a second time, accents and case ignored."""
        seen: set[str] = set()
        for keys, name, at_key in names:
            if fold(name) in seen:
                self._report.add(keys, code, gettext("“{name}” is already there.", name=name), at_key=at_key)
            seen.add(fold(name))
