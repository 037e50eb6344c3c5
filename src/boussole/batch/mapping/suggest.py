"""A map proposed from a table: every label with its count and the nearest options, decided only where it is sure."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from boussole.batch.mapping.similarity import SAME, OptionMatcher
from boussole.core.answers.table_map import UNDECIDED, CellReader, ColumnMap
from boussole.core.definitions.compass import WRITTEN, QuestionType
from boussole.empty import EMPTY
from boussole.fuzzy import fold
from boussole.i18n import DEFAULT_LANGUAGE, Joined, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Value
    from boussole.i18n import Localised

MOST_LABELS = 200
_NEAR = 70
"""From this mean over its labels on, or this likeness of its header, a column is held to answer a question."""
_HEADER = 85
_WORTH_SAYING = 60
_SAID = 3
_LISTS = ("|", ";", ",")
_LONGEST = 300
"""What is longer is no label but a text: it is not listed."""
_LOOKED_AT = 10_000
_OFTEN = 5
"""A separator is one where it stands in a cell of so many."""


class _Column(NamedTuple):
    """A column of the table: the first of its labels with their counts, how they are parted in a cell."""

    name: str
    labels: Mapping[str, int]
    distinct: int
    separator: str | None
    empty: int


class _Left(NamedTuple):
    """A column that is left aside, and why."""

    name: str
    why: Localised


def suggest_map(
    compass: Compass,
    catalogue: Catalogue,
    columns: Mapping[str, Mapping[str, int]],
    *,
    known: Mapping[str, str] = EMPTY,
    language: str = DEFAULT_LANGUAGE,
    schema: str | None = None,
) -> str:
    """Return the text of a map for a table whose `columns` hold distinct values with their counts.

    `known` says which question a column answers, where somebody said so. An option is written only where its words
    are those of the label; otherwise the label is left undecided, with the nearest options in a comment.
    `schema` is the path, from the map, of the JSON Schema by which editors help; without one, the map names none.
    """
    alike = {id_: OptionMatcher(compass, catalogue, question) for id_, question in compass.questions.items()}
    writer = _Writer(compass, alike, language)
    blocks: list[str] = []
    left: list[_Left] = []
    seen = {""}
    for name, counts in columns.items():
        column = _column(name, counts)
        told = known.get(name)
        questions = [told] if told is not None else _questions(column, alike)
        if fold(name) in seen:
            left.append(_Left(name, gettext("it has no name of its own.")))
        elif questions and (told is not None or column.distinct <= MOST_LABELS or _is_free(compass, questions)):
            blocks.append(writer.column(column, questions))
        elif column.distinct > MOST_LABELS:
            left.append(_Left(name, ngettext("{count} different value.", "{count} different values.", column.distinct)))
        else:
            left.append(_Left(name, gettext("no question is near its name or its values.")))
        seen.add(fold(name))
    directive = [] if schema is None else [f"#:schema {schema}", ""]  # a blank line below, or some editors miss it
    return "\n".join([*directive, writer.head(), *blocks, *writer.left(left)])


def _column(name: str, counts: Mapping[str, int]) -> _Column:
    """Return a column, its values parted into labels where they are lists; of very many, the most frequent only."""
    filled = {value: count for value, count in counts.items() if value and not value.isspace()}
    often = nlargest(_LOOKED_AT, filled.items(), key=lambda one: (one[1], one[0]))
    cells = {value: count for value, count in often if fold(value)}
    separator = next((one for one in _LISTS if _parts_labels(one, cells)), None)
    labels: Counter[str] = Counter()
    for value, count in cells.items():
        for part in [value] if separator is None else value.split(separator):
            labels[part.strip().encode(errors="replace").decode()] += count
    first, distinct = _first(labels)
    empty = sum(counts.values()) - sum(filled.values()) + sum(count for value, count in often if value not in cells)
    return _Column(name, first, distinct + len(filled) - len(often), separator, empty)


def _parts_labels(separator: str, cells: Collection[str]) -> bool:
    """Tell whether cells hold lists: the separator is frequent, and what it parts comes again."""
    lists = [value for value in cells if separator in value]
    if len(lists) * _OFTEN < len(cells) or not lists:
        return False
    return len({fold(part) for value in cells for part in value.split(separator)}) < len(cells)


def _first(counts: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """Return the labels to be listed, most frequent first, with their counts; then how many labels there are.

    Spellings of the same label count as one, written as the most frequent of them.
    """
    totals: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for label, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        folded = fold(label)
        spelling.setdefault(folded, label)
        totals[folded] += count
    del totals[""]
    listed = sorted((folded for folded in totals if len(folded) <= _LONGEST), key=lambda one: (-totals[one], one))
    return {spelling[folded]: totals[folded] for folded in listed[:MOST_LABELS]}, len(totals)


def _questions(column: _Column, alike: Mapping[str, OptionMatcher]) -> list[str]:
    """Return the questions that a column seems to answer: those of its name, else those nearest to its labels."""
    named = {id_: one.header(column.name) for id_, one in alike.items()}
    called = [id_ for id_, score in named.items() if score >= _HEADER]
    if called:
        return called
    nearness = {id_: _nearness(one, column.labels) for id_, one in alike.items()}
    nearest = sorted(alike, key=lambda id_: -nearness[id_])[:_SAID]
    return [id_ for id_ in alike if id_ in nearest and nearness[id_] >= _NEAR]


def _nearness(alike: OptionMatcher, labels: Iterable[str]) -> float:
    best = [near[0].score for label in labels if (near := alike.nearest(label))]
    return sum(best) / len(best) if best else 0


def _is_free(compass: Compass, questions: Iterable[str]) -> bool:
    """Tell whether the answers are what people write, not one of a few options: a number, a text."""
    return all(compass.questions[id_].type in WRITTEN for id_ in questions)


class _Writer:
    """Writes the parts of a map, its comments in one language."""

    def __init__(self, compass: Compass, alike: Mapping[str, OptionMatcher], language: str) -> None:
        self._compass = compass
        self._alike = alike
        self._language = language
        self._colon = gettext(": ").in_(language).rstrip()

    def head(self) -> str:
        """Return how to read the map, and what it is for."""
        said = (
            gettext("A proposal to read and mend: what each label of your table answers."),
            gettext("Nothing between the quotes: not decided yet. The row has no answer there, and is counted."),
            gettext("A label that is not listed rejects its row; with default = {} it leaves it without an answer."),
            gettext("After a label: how many cells hold it, and the nearest options, from 0 to 100."),
        )
        lines = [self._comment(one) for one in said]
        return "\n".join([*lines, "", "format = 1", f"compass = {written(self._compass.id)}", ""])

    def column(self, column: _Column, questions: list[str]) -> str:
        """Return the map of one column."""
        alone = questions[0] if len(questions) == 1 else None
        lines = [line for id_ in questions for line in self._options(id_)]
        if alone is None:
            some = Joined(questions, ", ")
            lines.append(self._comment(gettext("Near several questions ({ids}): keep the right ones.", ids=some)))
        if column.empty:
            empty = ngettext("{count} empty cell: no answer.", "{count} empty cells: no answer.", column.empty)
            lines.append(self._comment(empty))
        lines += ["[[column]]", f"name = {written(column.name)}"]
        lines += [f"question = {written(alone)}"] if alone else []
        lines += [f"list = {written(column.separator)}"] if column.separator else []
        return "\n".join([*lines, *self._labels(column, questions, alone), ""])

    def left(self, columns: Iterable[_Left]) -> Iterator[str]:
        """Yield which columns are left aside, and why."""
        lines = [f"#   {written(one.name)}{self._colon} {self._plain(one.why)}" for one in columns]
        if lines:
            yield "\n".join([self._comment(gettext("Columns left aside:")), *lines, ""])

    def _options(self, id_: str) -> Iterator[str]:
        """Yield what may be written for a question, where it has options."""
        question = self._compass.questions[id_]
        offered = [(written(one), option.text) for one, option in question.options.items()]
        offered += [(str(position), text) for position, text in enumerate(question.labels)]
        if offered:
            yield f"# {id_}{self._colon}"
            yield from (f"#   {word}  {self._plain(text)}" for word, text in offered)

    def _labels(self, column: _Column, questions: list[str], alone: str | None) -> Iterator[str]:
        """Yield what each label answers; one that is an answer as it stands need not be listed."""
        labels, free = column.labels, _is_free(self._compass, questions)
        if alone is not None:
            reader = CellReader(self._compass, ColumnMap(column.name, question=alone))
            labels = {label: count for label, count in labels.items() if reader.read(label).problem}
        taken = len(column.labels) - len(labels)
        if taken and not free:
            yield self._comment(
                ngettext("{count} label is an answer as it stands.", "{count} labels are answers as they stand.", taken)
            )
        if labels:
            yield "[column.values]"
        for label, count in labels.items():
            yield self._label(label, count, questions, alone)
        more = column.distinct - len(column.labels)
        if more and not free:
            yield self._comment(ngettext("{count} label is not listed.", "{count} labels are not listed.", more))

    def _label(self, label: str, count: int, questions: list[str], alone: str | None) -> str:
        decided = {id_: self._decided(id_, label) for id_ in questions}
        if sum(one != UNDECIDED for one in decided.values()) > 1:  # whose label it is, its author knows
            decided = dict.fromkeys(decided, UNDECIDED)
        head = {id_: f"{id_}{self._colon} " if alone is None else "" for id_ in questions}
        near = [head[id_] + said for id_ in questions if (said := self._near(id_, label))]
        value = ", ".join(f"{id_} = {written(one)}" for id_, one in decided.items())
        value = written(decided[alone]) if alone is not None else f"{{ {value} }}"
        return f"{written(label)} = {value}  # {' · '.join([str(count), *near])}"

    def _decided(self, id_: str, label: str) -> Value:
        """Return the answer that has the same words as a label, as a map writes it; undecided where none or two do."""
        same = [near.value for near in self._alike[id_].nearest(label) if near.score == SAME]
        if len(same) != 1:
            return UNDECIDED
        many = self._compass.questions[id_].type is QuestionType.MANY
        return (str(same[0]),) if many else same[0]

    def _near(self, id_: str, label: str) -> str:
        near = [one for one in self._alike[id_].nearest(label)[:_SAID] if one.score >= _WORTH_SAYING]
        return ", ".join(f"{one.value} {one.score}" for one in near)

    def _comment(self, said: Localised) -> str:
        return f"# {self._plain(said)}"

    def _plain(self, said: Localised) -> str:
        return _escaped(" ".join(said.in_(self._language).split()))


def written(value: Value) -> str:
    """Return an answer, or a label, as TOML writes it; what cannot be seen is escaped."""
    if isinstance(value, tuple):
        return f"[{', '.join(written(one) for one in value)}]"
    said = value.encode(errors="replace").decode() if isinstance(value, str) else value
    return _escaped(json.dumps(said, ensure_ascii=False))


def _escaped(text: str) -> str:
    """Return a text with the characters that are not seen, and may change how others are, as TOML escapes them."""
    return "".join(_escape(one) if unicodedata.category(one) in _UNSEEN else one for one in text)


_UNSEEN = {"Cc", "Cf", "Zl", "Zp"}
_LONG = 0x10000


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code < _LONG else f"\\U{code:08X}"
