"""Which columns of a table answer which questions: what a map says, what the command line says, what names say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.answers.remedies import unknown_question
from boussole.core.answers.table_map import ColumnMap, TableMap
from boussole.empty import EMPTY
from boussole.errors import AnswersError, TableError
from boussole.fuzzy import fold, suggest
from boussole.i18n import LANGUAGES, Listing, gettext
from boussole.tables.columns import refuse_repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from boussole.core.definitions.compass import Compass, Value
    from boussole.i18n import Localised


_PARTING = ";,|~^:"
"""Signs that part columns, where a header that is one column holds them."""


class Plan(NamedTuple):
    """The columns to read, those that answer the same questions together, and the answers that all rows share.

    The names of the columns are those of the table.
    """

    groups: tuple[tuple[ColumnMap, ...], ...]
    fixed: Mapping[str, Value] = EMPTY

    def told(self) -> Iterator[Localised]:
        """Yield what is read for which question, to be said before the work."""
        for column in (column for group in self.groups for column in group):
            if column.questions:
                yield gettext("column “{name}”: {questions}.", name=column.name, questions=_listed(column.questions))
        if self.fixed:
            yield gettext("for all rows: {questions}.", questions=_listed(self.fixed))


def make_plan(
    compass: Compass,
    columns: Sequence[str],
    *,
    table_map: TableMap | None = None,
    named: Mapping[str, str] = EMPTY,
    fixed: Mapping[str, Value] = EMPTY,
    separator: str | None = None,
) -> Plan:
    """Return how the `columns` of a table are read.

    `fixed` (answers for all rows) goes before `named` (columns by question), that before the map, and the map before
    the names of the columns themselves. `separator` parts the labels of a cell where the map does not say.

    Raises:
        TableError: when a column is not there, or twice, or none answers. AnswersError: when a question is not there.

    """
    headers = _headers(columns)
    own = {question: _header(name, columns, headers) for question, name in named.items()}
    _refuse_unknown(compass, own)
    mapped = () if table_map is None else table_map.columns
    taken = set(fixed)
    found = [
        column._replace(name=_header(column.name, columns, headers), separator=column.separator or separator)
        for column in mapped
    ]
    for question, name in own.items():
        kept = [
            column if column.name == name else _without(column, {question}) for column in found
        ]  # what the map says of that very column holds
        if not any(column.name == name and question in column.questions for column in kept):
            kept.append(ColumnMap(name, question=question, separator=separator))
        found = kept
    answered = taken.union(*(column.questions for column in found))
    described = {column.name for column in found}
    found += [
        ColumnMap(name, question=question, separator=separator)
        for name, question in _by_name(compass, columns)
        if question not in answered and name not in described
    ]
    read = [column for column in (_without(column, taken) for column in found) if column.questions or column.reject]
    fixed = {**(EMPTY if table_map is None else table_map.set), **fixed}
    read = [column for column in (_without(column, set(fixed)) for column in read) if column.questions or column.reject]
    if not any(column.questions for column in read) and not fixed:
        raise TableError(
            gettext("no column of the table answers a question of the compass “{compass}”.", compass=compass.id),
            _to_name(columns),
        )
    return Plan(_grouped(read, columns), fixed)


def _to_name(columns: Sequence[str]) -> Localised:
    """Return what to do where no column answers; all may stand in one, whose name holds the sign that parts them."""
    sign = next((one for one in _PARTING if one in columns[0]), None) if len(columns) == 1 else None
    if sign is None:
        return gettext(
            "Name one (--column QUESTION=COLUMN) or the line that holds their names (--header-row), or start a map:"
            " --suggest-map."
        )
    return gettext(
        "The table has one column: if “{sign}” parts its cells, say so (--delimiter), or part them in a spreadsheet.",
        sign=sign,
    )


def find_column(name: str, columns: Sequence[str]) -> str:
    """Return the one of the `columns` of a table that is called `name`, accents and case ignored.

    Raises:
        TableError: when there is none, or there are two.

    """
    found = _header(name, columns, _headers(columns))
    refuse_repeated(columns, {found})
    return found


def _listed(ids: object) -> Listing:
    return Listing(sorted(ids))  # type: ignore[call-overload]


def _headers(columns: Sequence[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name in columns:
        headers.setdefault(fold(name), name)
    return headers


def _header(name: str, columns: Sequence[str], headers: Mapping[str, str]) -> str:
    if name in columns:
        return name
    found = headers.get(fold(name))
    if found is None:
        raise TableError(gettext("the table has no column “{name}”.", name=name), suggest(name, columns))
    return found


def _refuse_unknown(compass: Compass, questions: Mapping[str, str]) -> None:
    problems = [unknown_question(compass, id_) for id_ in questions if id_ not in compass.questions]
    if problems:
        raise AnswersError(gettext("--column names a question that the compass does not have."), problems)


def _by_name(compass: Compass, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the columns called as a question is, by its id or by what it asks."""
    words: dict[str, str] = {}
    for id_, question in compass.questions.items():
        for language in {*LANGUAGES, compass.language}:
            words.setdefault(fold(question.ask.in_(language)), id_)
    words |= {fold(id_): id_ for id_ in compass.questions}
    for name in columns:
        if fold(name) in words:
            yield name, words[fold(name)]


def _without(column: ColumnMap, questions: set[str]) -> ColumnMap:
    """Return a column that answers none of `questions`."""
    if not column.questions & questions:
        return column

    def kept(answers: Mapping[str, Value]) -> Mapping[str, Value]:
        return {id_: value for id_, value in answers.items() if id_ not in questions}

    alone = column.question in questions
    return column._replace(
        labels={label: kept(answers) for label, answers in column.labels.items()},
        question=None if alone else column.question,
        default=EMPTY if alone and column.default is None else None if column.default is None else kept(column.default),
        empty=kept(column.empty),
    )


def _grouped(columns: Sequence[ColumnMap], names: Sequence[str]) -> tuple[tuple[ColumnMap, ...], ...]:
    """Return columns that answer a question together in one group, all in the order of the table, of which `names`."""
    refuse_repeated(names, {column.name for column in columns})
    groups: list[list[ColumnMap]] = []
    for column in columns:
        same = [group for group in groups if any(column.questions & one.questions for one in group)]
        merged = [one for group in same for one in group] + [column]
        groups = [group for group in groups if group not in same] + [merged]
    return tuple(map(tuple, groups))
