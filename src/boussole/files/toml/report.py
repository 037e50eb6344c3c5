"""All the problems of one file: gathered by path while it is read, placed in the text once at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.errors import DefinitionError, Finding, Place, Problem, Severity
from boussole.i18n import gettext, ngettext
from boussole.limits.table import PLACES_SHOWN, PROBLEMS_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boussole.errors import Keys
    from boussole.i18n import Localised

_SINGULAR = {"options": "option", "terms": "term", "labels": "label", "steps": "step", "avoid": "avoid"}
_NAMED_BY = {"example": "title", "column": "name"}
"""What holds the name of the tables that have no id."""


class Report:
    """The problems found so far in the document `root`: the first ones, and how many there are.

    Problems that are told with the same `cause` count as one. `wrong` holds the first two keys of whatever has one,
    shown or not, unless it is read as it is meant. `broken` holds the keys of tables that lack something required:
    builders pass over them, since what is wrong with them is said already.
    """

    def __init__(self, root: Mapping[str, Any], file: str, unjudged: frozenset[str] = frozenset()) -> None:
        """Start with no problem; `file` is the name shown to the author, `unjudged` the codes that are not told."""
        self._unjudged = unjudged
        self.root = root
        self._file = file
        self._found: list[Finding] = []
        self._left = 0
        self._causes = 0
        self._places: dict[str, int] = {}
        self._at: set[Keys] = set()
        self._excused: set[str] = set()
        self.wrong: set[Keys] = set()
        self.broken: set[Keys] = set()
        self.shape: Any = None
        """The shape of the file, once it is checked."""
        self.missing: frozenset[str] = frozenset()
        """What is missing of the head of the file."""
        self.misplaced: set[str] = set()
        """Keys of the head that stand in a table."""
        self.written: dict[Keys, str] = {}
        """How a key is written where it is misspelt; it is read as what it means."""

    def __len__(self) -> int:
        """Return how many problems there are: none is false."""
        return len(self._found) + self._left

    @property
    def count(self) -> int:
        """Return how many problems there are, each cause counted once."""
        return self._causes + self._left

    @property
    def full(self) -> bool:
        """Tell whether what is added now is counted only: its remedy need not be looked for."""
        return self.count >= PROBLEMS_SHOWN

    def add(
        self,
        keys: Keys,
        code: str,
        what: Localised,
        remedy: Localised | None = None,
        *,
        at_key: bool = False,
        cause: str = "",
    ) -> None:
        """Add an error with the value (or, with `at_key`, the key itself) that stands at `keys`.

        A `cause` that is a reference to something ends in its name.
        """
        if code not in self._unjudged and cause.rpartition(" ")[2].replace("_", "-") not in self._excused:
            self.wrong.add(keys[:2])
            self._add(Finding(keys, code, what, remedy, at_key, cause=cause))

    def excuse(self, name: str) -> None:
        """Tell nothing of what refers to `name`: an id that is not well formed is meant for it."""
        self._excused.add(name.replace("_", "-"))

    def misspelt(self, unknown: Finding, meant: str) -> None:
        """Add an unknown key that is read as the one that is `meant`: nothing else is wrong for it."""
        self.written[(*unknown.keys[:-1], meant)] = str(unknown.keys[-1])
        self._add(unknown)

    def _add(self, finding: Finding) -> None:
        known = self._places.get(finding.cause, 0)
        if known >= PLACES_SHOWN or (not known and self.full):
            self._left += 1
            return
        self._causes += not known
        if finding.cause:
            self._places[finding.cause] = known + 1
        self._at.add(finding.keys)
        self._found.append(finding)

    def told(self, table: Keys, keys: Iterable[str]) -> bool:
        """Tell whether the value of one of `keys` of a table is told to be wrong: it is there, and means something."""
        return any((*table, key) in self._at for key in keys)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add what a review found."""
        self._found.extend(findings)

    def error(self, text: bytes) -> DefinitionError:
        """Return the error that tells all the problems of the file, whose content is `text`."""
        return refusal(self._file, self.problems(text), self.count)

    def problems(self, text: bytes) -> list[Problem]:
        """Return the problems in the order of the file, whose content is `text`; the last says how many are left."""
        if not self._found:
            return []
        from boussole.files.toml.positions import Positions

        places = [self._as_written(keys) for keys, *_ in self._found]
        positions = Positions(text, {keys[:end] for keys in places for end in (1, 2)})
        problems = []
        for written, (keys, code, what, remedy, at_key, severity, cause) in zip(places, self._found, strict=True):
            place = Place(self._file, *positions.of(written, at_key=at_key))
            same = cause if cause or severity is Severity.ERROR else f"{code} {what}"  # doubts in the same words
            problems.append(Problem(code, what, self.subject(keys), remedy, place, severity, same))
        problems.sort(key=lambda problem: (problem.place.line, problem.place.column) if problem.place else (0, 0))
        return problems + left_out(self._left, problems[-1:])

    def _as_written(self, keys: Keys) -> Keys:
        """Return the keys as the file has them."""
        if not self.written:
            return keys
        return tuple(self.written.get(keys[: end + 1], key) for end, key in enumerate(keys))

    def subject(self, keys: Keys) -> str:
        """Return what stands at `keys` by name: `question "budget" › option "low"`."""
        names: list[str] = []
        value: Any = self.root
        for index, key in enumerate(keys):
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                break
            if isinstance(key, int):
                kind = str(keys[index - 1])
                kind = _SINGULAR.get(kind, kind)
                name = value.get(_NAMED_BY.get(kind, "id")) if isinstance(value, dict) else None
                name = next(iter(name.values()), None) if isinstance(name, dict) else name
                names.append(f'{kind} "{name}"' if isinstance(name, str) else f"{kind} {key + 1}")
        return " › ".join(names)


def left_out(count: int, last: list[Problem]) -> list[Problem]:
    """Return the problem that tells of `count` others, where there are any, at the place of the `last` shown."""
    if not count:
        return []
    what = ngettext("{count} more problem is not shown.", "{count} more problems are not shown.", count)
    remedy = gettext("Mend the ones shown, and check again.")
    return [Problem("B007", what, remedy=remedy, place=last[0].place if last else None)]


def refusal(file: str, problems: list[Problem], count: int = 1) -> DefinitionError:
    """Return the error of a definition file that cannot be used, which has `count` problems."""
    headline = ngettext(
        "{file} cannot be used: {count} problem.", "{file} cannot be used: {count} problems.", count, file=file
    )
    return DefinitionError(headline, problems, file)
