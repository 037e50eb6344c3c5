"""What is sound of a file with errors: the tables that neither have one nor refer to one that does.

What can be said of them is true of the whole file: tables that what was taken out may change are taken out too.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from typing_extensions import get_type_hints

from boussole.files.definitions.catalogue import built_catalogue
from boussole.files.definitions.compass import built_compass
from boussole.files.definitions.reader import ids_of
from boussole.files.toml.tables import AxisTable, OptionTable, PlaceTable, QuestionTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.errors import Finding, Keys
    from boussole.files.toml.report import Report

_PASSES = 20
"""What is taken out may make something else refer to nothing, and so on: after that many times, nothing is said."""

_HEADER = {"format": 1, "id": "x", "version": "1", "language": "fr", "title": "x"}
_BESIDE_THE_RANKING = {*_HEADER, "summary", "renamed", "rose", "pathway", "intended", "example"}
"""What may be taken out of a compass without its ranking being another one."""

_PLACING = {
    name: frozenset(get_type_hints(shape))
    for name, shape in {"question": QuestionTable, "axis": AxisTable, "place": PlaceTable}.items()
}
"""The tables that may place somebody, and the keys that they may have."""
_OPTION = frozenset(get_type_hints(OptionTable))
_PLACED = ("place", "at")

_T = TypeVar("_T")


class Sound(NamedTuple):
    """Where the tables of what is sound stand in the file, by list; the lists and keys that something was taken of."""

    places: Mapping[str, list[int]]
    taken: frozenset[str]

    def moved(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield what was found in what is sound, where it stands in the file."""
        for finding in findings:
            name, *rest = finding.keys or ("",)
            if name in self.places and rest:
                place = self.places[str(name)][int(rest[0])]
                yield finding._replace(keys=(name, place, *rest[1:]))
            elif name not in self.taken:
                yield finding

    @property
    def ranks_alike(self) -> bool:
        """Tell whether a compass gives the same ranking without what was taken out."""
        return self.taken <= _BESIDE_THE_RANKING


def sound_compass(document: dict[str, Any], file: str, catalogue: Catalogue) -> tuple[Compass, Sound] | None:
    """Return what is sound of a compass; None where that cannot be told."""
    pruned = _Pruned(document)
    settled: frozenset[str] = frozenset()
    while True:
        compass = pruned.sound(lambda trial: built_compass(trial, file, catalogue))
        if compass is None:
            return None
        doubtful = pruned.facets_placed(frozenset(catalogue.facets)) - settled
        if not doubtful:
            return compass, pruned.kept()
        settled |= doubtful
        pruned.take_what_looks_at(doubtful)


def sound_catalogue(
    document: dict[str, Any], file: str, find_base: Callable[[str], Catalogue]
) -> tuple[Catalogue, Sound] | None:
    """Return what is sound of a catalogue; None where that cannot be told."""
    pruned = _Pruned(document)
    catalogue = pruned.sound(lambda trial: built_catalogue(trial, file, find_base))
    return None if catalogue is None else (catalogue, pruned.kept())


class _Pruned:
    """A document out of which tables, and keys of its header, are taken."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = {**_HEADER, **document}  # what is missing of a header says nothing of the rest
        self._places = {
            name: list(range(len(value)))
            for name, value in document.items()
            if isinstance(value, list) and name not in _HEADER
        }
        self._taken: set[str] = set()

    def kept(self) -> Sound:
        return Sound(self._places, frozenset(self._taken))

    def sound(self, build: Callable[[dict[str, Any]], tuple[_T | None, Report]]) -> _T | None:
        """Return what is built once all that is wrong is taken out; None where it cannot be."""
        for _ in range(_PASSES):
            left = {name: [self._document[name][place] for place in places] for name, places in self._places.items()}
            built, report = build(deepcopy({**self._document, **left}))  # building takes out what is malformed
            if not report.wrong:
                return built
            if () in report.wrong:  # something is missing of the file itself
                return None
            self._take(report.wrong)
        return None

    def _take(self, wrong: Iterable[Keys]) -> None:
        """Take out what stands at some keys."""
        out: dict[str, set[int]] = {}
        for name, *rest in wrong:
            key = str(name)
            self._taken.add(key)
            if key in self._places and rest:
                out.setdefault(key, set()).add(int(rest[0]))
            elif key in _HEADER:
                self._document[key] = _HEADER[key]
            else:
                self._document.pop(key, None)
                self._places.pop(key, None)
        for key, positions in out.items():
            self._take_tables(key, positions)

    def _take_tables(self, name: str, positions: set[int]) -> None:
        """Take tables out of a list, with those of the same id: what refers to it may mean either."""
        tables, places = self._document[name], self._places.get(name, [])
        ids = {_id(tables[places[position]]) for position in positions} - {None}
        self._places[name] = [
            place
            for position, place in enumerate(places)
            if position not in positions and _id(tables[place]) not in ids
        ]

    def facets_placed(self, facets: frozenset[str]) -> frozenset[str]:
        """Return the facets on which a table that was taken out of a compass may place somebody."""
        found: frozenset[str] = frozenset()
        for name, known in _PLACING.items():
            left = set(self._places.get(name, ()))
            tables = self._document.get(name, []) if name in self._places else []
            if name in self._taken and name not in self._places:
                return facets
            for place, table in enumerate(tables):
                if place not in left:
                    found |= _facets_of(table, known, facets)
        return found

    def take_what_looks_at(self, facets: frozenset[str]) -> None:
        """Take out the conditions on some facets, and what the ranking weighs: nobody knows who is placed there."""
        questions = ids_of(self._document.get("question"))
        for name, places in self._places.items():
            tables = self._document[name]
            kept = [place for place in places if not _words_of(tables[place].get("when")) & (facets - questions)]
            if kept != places:
                self._places[name] = kept
                self._taken.add(name)
        if self._document.pop("ranking", None) is not None:
            self._taken.add("ranking")


def _id(table: object) -> str | None:
    id_ = table.get("id") if isinstance(table, dict) else None
    return id_ if isinstance(id_, str) else None


def _words_of(condition: object) -> set[str]:
    """Return every key of a condition, at any depth."""
    if isinstance(condition, dict):
        return set(condition).union(*map(_words_of, condition.values()))
    return set().union(*map(_words_of, condition)) if isinstance(condition, list) else set()


def _facets_of(table: object, known: frozenset[str], facets: frozenset[str]) -> frozenset[str]:
    """Return on which of `facets` a table may place somebody: on any of them where it cannot be read whole."""
    if not isinstance(table, dict) or table.keys() - known:
        return facets
    names: set[object] = {table["facet"]} if isinstance(table.get("facet"), str) else set()
    options = table.get("options", [])
    for one in [table, *(options if isinstance(options, list) else [])]:
        if not isinstance(one, dict) or (one is not table and one.keys() - _OPTION):
            return facets
        for key in _PLACED:
            names.update(one.get(key, {}) if isinstance(one.get(key, {}), dict) else [None])
    return frozenset(str(name) for name in names) if names <= facets else facets
