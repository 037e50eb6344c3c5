"""What rules and contraindications do to every MEDOC, for combinations of those that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.definitions.conditions import ALWAYS, Some
from boussole.vectorized.encoding import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.arrays import Bytes, Int64, Keys
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.definitions.conditions import Condition
    from boussole.vectorized.scoring.sort_keys import SortKeys

KEPT = 20_000_000
"""How many numbers of a table are kept ready; over that, its rows are made as they are needed."""
_BITS = 8


class _Eight(NamedTuple):
    """What up to eight conditions do to the MEDOC at `columns`: (2 · conditions, columns) both.

    The first half is what each adds while it holds, and how many times it leaves out; the second while it does not.
    """

    columns: Int64
    points: Int64
    out: Int64


class RuleEffects:
    """What is added to the score of every MEDOC once it is shifted: points and standing; `out` where it is left out.

    It is looked up by pattern, the conditions that hold, as bits. Those of earlier crowds are remembered: most come
    again.
    """

    def __init__(self, effects: Sequence[Effect], keys: SortKeys, width: int) -> None:
        """Take the effects on the MEDOC of `keys`; rows are `width` wide, nobody after the last being left out."""
        self._keys, self._width = keys, width
        places: dict[Condition, int] = {}
        for effect in effects:
            places.setdefault(effect.condition, len(places))
        self.conditions = tuple(places)
        self._eights = [
            _eight([one for one in effects if places[one.condition] // _BITS == number], places, len(keys.standing))
            for number in range(-(-len(places) // _BITS))
        ]
        self._forget()

    def _forget(self) -> None:
        self._known: dict[bytes, int] = {}
        self._table = np.empty((0, self._width), self._keys.kind)

    def of(self, patterns: Bytes) -> PatternEffects:
        """Return the effects of (patterns, bytes), the first condition being the first bit of the first byte."""
        if len(patterns) * self._width > KEPT:
            return PatternEffects(self, patterns, None, np.arange(len(patterns)))
        spelt = [one.tobytes() for one in patterns]
        if (len(self._known) + len(patterns)) * self._width > KEPT:
            self._forget()
        new = [place for place, one in enumerate(spelt) if one not in self._known]
        if new:
            self._known |= {spelt[place]: row for row, place in enumerate(new, len(self._known))}
            self._table = np.concatenate([self._table, self.made(patterns[new])])
        return PatternEffects(self, patterns, self._table, np.array([self._known[one] for one in spelt], np.int64))

    def made(self, patterns: Bytes) -> Keys:
        """Return the row of each of (patterns, bytes): (patterns, width)."""
        keys, size = self._keys, len(self._keys.standing)
        found = np.full((len(patterns), self._width), keys.out, keys.kind)
        found[:, :size] = keys.standing
        left_out = np.zeros((len(patterns), size), bool)
        for place, eight in enumerate(self._eights):
            values, own = numbered(patterns[:, place].astype(np.int64))
            bits = values[:, None] >> np.arange(len(eight.points) // 2) & 1
            acting = np.concatenate([bits, 1 - bits], axis=1)  # whole numbers: their product wakes no threads
            found[:, eight.columns] += ((acting @ eight.points) << keys.shift).astype(keys.kind)[own]
            left_out[:, eight.columns] |= (acting @ eight.out > 0)[own]
        found[:, :size][left_out] = keys.out
        return found


class PatternEffects(NamedTuple):
    """The effects of some patterns: the rows of `table` are theirs by `place` (patterns), or made where it is None."""

    effects: RuleEffects
    patterns: Bytes
    table: Keys | None
    place: Int64

    def rows(self, patterns: Int64) -> tuple[Keys, Int64]:
        """Return a table, (rows, width), and which row each of `patterns` has, in their shape."""
        if self.table is not None:
            return self.table, self.place[patterns]
        distinct, own = numbered(patterns)
        return self.effects.made(self.patterns[distinct]), own


class Effect(NamedTuple):
    """What a condition does when it holds (`unless`: when it does not): points by MEDOC, or leaving them out."""

    condition: Condition
    medoc: tuple[int, ...]
    points: int = 0
    leaves_out: bool = False
    unless: bool = False


def _eight(effects: Sequence[Effect], places: dict[Condition, int], size: int) -> _Eight:
    """Return what effects with conditions at eight following `places` do to a catalogue of `size` MEDOC."""
    count = len({one.condition for one in effects})
    points, out = np.zeros((2 * count, size), np.int64), np.zeros((2 * count, size), np.int64)
    for one in effects:
        row = places[one.condition] % _BITS + (count if one.unless else 0)
        points[row, list(one.medoc)] += one.points
        out[row, list(one.medoc)] += one.leaves_out
    columns = np.flatnonzero((points != 0).any(axis=0) | (out != 0).any(axis=0))
    return _Eight(columns, points[:, columns], out[:, columns])


def effects_of(compass: Compass, catalogue: Catalogue) -> list[Effect]:
    """Return what rules, contraindications and replacements do; the rules that include a MEDOC are taken together."""
    places = {id_: place for place, id_ in enumerate(catalogue.medoc)}
    effects = []
    including: dict[str, list[Condition]] = {}
    for rule in compass.rules:
        concerned = tuple(places[id_] for id_ in rule.medoc)
        if rule.exclude:
            effects.append(Effect(rule.when, concerned, leaves_out=True))
        elif rule.points:
            effects.append(Effect(rule.when, concerned, points=rule.points))
        for id_ in rule.medoc if rule.include else ():
            including.setdefault(id_, []).append(rule.when)
    together: dict[tuple[Condition, ...], list[int]] = {}
    for id_, conditions in including.items():
        together.setdefault(tuple(conditions), []).append(places[id_])
    for wanted, concerned_by in together.items():
        one = wanted[0] if len(wanted) == 1 else Some(wanted)
        effects.append(Effect(one, tuple(concerned_by), leaves_out=True, unless=True))
    for place, medoc in enumerate(catalogue.medoc.values()):
        effects += [Effect(caution.when, (place,), leaves_out=True) for caution in medoc.avoid]
    superseded = tuple(place for place, one in enumerate(catalogue.medoc.values()) if one.superseded_by is not None)
    return [*effects, Effect(ALWAYS, superseded, leaves_out=True)] if superseded else effects
