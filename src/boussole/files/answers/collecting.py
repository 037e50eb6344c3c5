"""The sheets of a compass in many sources, each once: what `group`, and whoever counts people, starts from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from boussole.core.situation import situate
from boussole.files.answers.many import AnswerSet, Unread, read_source
from boussole.files.answers.saved import Saved, reopen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.situation import Situation
    from boussole.errors import Problem


class Sheet(NamedTuple):
    """Somebody's answers as a compass takes them, and what is said of them (see `many.AnswerSet`)."""

    given: AnswerSet
    situation: Situation

    @property
    def answers(self) -> bytes:
        """Return the answers on the path in one form only: the same for the same answers."""
        return json.dumps(self.situation.answers, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
            errors="replace"
        )


class Dropped(NamedTuple):
    """Answers of a sheet that the compass does not accept; `other_version` tells whether that explains it."""

    name: str
    problems: tuple[Problem, ...]
    other_version: bool


class Collected(NamedTuple):
    """The sheets of one compass, each once, and what else was met.

    `unread` could not be read, `elsewhere` are the names of sheets of other compasses, with these; `twice` counts the
    sheets that were there already, `unshared` those whose people want to be counted nowhere.
    """

    sheets: tuple[Sheet, ...]
    unread: tuple[Unread, ...]
    elsewhere: tuple[tuple[str, str], ...]
    dropped: tuple[Dropped, ...]
    twice: int
    unshared: int

    @property
    def wrong(self) -> bool:
        """Tell whether something that was given could not be used as it stands."""
        other = any(not one.other_version for one in self.dropped)
        return bool(self.unread or self.elsewhere or other)


def collect(compass: Compass, catalogue: Catalogue, sources: Iterable[str], *, earliest: bool = False) -> Collected:
    """Return the sheets of `compass` in `sources`, whose order changes none of them.

    Of one person the last round counts; with `earliest`, the first.
    """
    unread: list[Unread] = []
    elsewhere: list[tuple[str, str]] = []
    dropped: list[Dropped] = []
    sheets: list[Sheet] = []
    for source in sources:
        for one in read_source(source):
            if isinstance(one, Unread):
                unread.append(one)
            elif one.compass not in {None, compass.id}:
                elsewhere.append((one.name, str(one.compass)))
            else:
                sheets.append(_opened(compass, catalogue, one, dropped))
    once = distinct(sheets)
    kept = _of_a_round(once, earliest=earliest)
    shared = tuple(sheet for sheet in kept if sheet.given.shared)
    return Collected(
        shared, tuple(unread), tuple(elsewhere), tuple(dropped), len(sheets) - len(once), len(kept) - len(shared)
    )


def _opened(compass: Compass, catalogue: Catalogue, given: AnswerSet, dropped: list[Dropped]) -> Sheet:
    saved = Saved(
        compass.id,
        given.values,
        compass_version=given.compass_version,
        compass_digest=given.compass_digest,
        catalogue_version=given.catalogue_version,
        catalogue_digest=given.catalogue_digest,
    )
    reopened = reopen(compass, saved, with_aside=False, catalogue=catalogue)
    if reopened.dropped:
        dropped.append(Dropped(given.name, reopened.dropped, reopened.other_version))
    return Sheet(given, situate(compass, reopened.answers))


def distinct(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets of one compass, each once.

    The same `sheet`: the one saved last, then of the greatest bytes. One without it is there already where a sheet that
    has it, or another without it, was saved at the same time with the same answers; codes and results, which do not say
    when they were saved, where one has the same answers. Lines without it are people of their own.
    """
    named: dict[str, Sheet] = {}
    for sheet in sheets:
        if (id_ := sheet.given.sheet) is not None:
            named[id_] = max(named.get(id_, sheet), sheet, key=_recency)
    kept = list(named.values())
    known = {(sheet.answers, sheet.given.saved) for sheet in sheets if sheet.given.sheet is not None}
    others = sorted(
        (sheet for sheet in sheets if sheet.given.sheet is None),
        key=lambda sheet: (sheet.given.shared, -sheet.given.people),  # of copies, whichever came first decides nothing
    )
    kept += [sheet for sheet in others if sheet.given.alone]
    for sheet in (one for one in others if not one.given.alone and one.given.saved is not None):
        if (sheet.answers, sheet.given.saved) not in known:
            known.add((sheet.answers, sheet.given.saved))
            kept.append(sheet)
    answered = {answers for answers, _ in known}
    for sheet in (one for one in others if not one.given.alone and one.given.saved is None):
        if sheet.answers not in answered:
            answered.add(sheet.answers)
            kept.append(sheet)
    return kept


def _of_a_round(sheets: Sequence[Sheet], *, earliest: bool) -> list[Sheet]:
    """Return one sheet of each person, of their last round or of their `earliest`."""
    rounds: dict[str, Sheet] = {}
    take: Callable[..., Sheet] = min if earliest else max
    for sheet in sheets:
        if (person := sheet.given.person) is not None:
            rounds[person] = take(rounds.get(person, sheet), sheet, key=_round)
    return [*rounds.values(), *(sheet for sheet in sheets if sheet.given.person is None)]


def _round(sheet: Sheet) -> tuple[int, str, bytes, int]:
    return sheet.given.round, *_recency(sheet)


def _recency(sheet: Sheet) -> tuple[str, bytes, int]:
    return sheet.given.saved or "", sheet.answers, sheet.given.people
