"""What rules and contraindications do to every MEDOC, for combinations of those that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boussole.core.definitions.conditions import ALWAYS, Some
from boussole.vectorized.encoding import MOST_TERMS
from boussole.vectorized.scoring.weighted_fits import KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.arrays import Exact, Int64, Keys
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.definitions.conditions import Condition
    from boussole.vectorized.scoring.sort_keys import SortKeys

_EXACT = 2**53
"""Whole numbers below this are exact as floating ones, whose products are much faster."""

_TOGETHER = 500_000
"""How many points are reckoned together: they stay in the cache of the processor."""


class Rules:
    """What rules and contraindications do, brought together by the condition that they look at.

    `points` and `out` are (2 · conditions, medoc): what each condition adds while it holds, then while it does not;
    how many times it leaves out, likewise.
    """

    def __init__(self, effects: Sequence[Effect], size: int) -> None:
        """Take the effects on a catalogue of `size` MEDOC."""
        self.size = size
        places: dict[Condition, int] = {}
        for effect in effects:
            places.setdefault(effect.condition, len(places))
        self.conditions = tuple(places)
        count = len(places)
        # what each does while it holds, then what each does while it does not
        points, out = np.zeros((2 * count, size), np.int64), np.zeros((2 * count, size), np.int64)
        for effect in effects:
            row = places[effect.condition] + (count if effect.unless else 0)
            points[row, list(effect.medoc)] += effect.points
            out[row, list(effect.medoc)] += effect.leaves_out
        exact = np.abs(points).sum(axis=0, dtype=object).max(initial=0) < _EXACT
        self.points: Exact = points.astype(np.float64) if exact else points
        self.out: Exact = out.astype(np.float64)


class RuleEffects:
    """What is added to the score of every MEDOC once it is shifted: points and standing; `out` where it is left out.

    It is (combinations, medoc + 1) of keys: by combination of the conditions that hold, and the one more column is of
    nobody, left out always.
    """

    def __init__(self, rules: Rules, words: Sequence[tuple[int, ...]], keys: SortKeys) -> None:
        """Take combinations as bits, in as many words as hold them."""
        self._keys = keys
        self._rules = rules
        count = len(rules.conditions)
        self._flags = np.array(
            [[word[bit // MOST_TERMS] >> bit % MOST_TERMS & 1 for bit in range(count)] for word in words], bool
        ).reshape(len(words), count)
        small = len(words) * rules.size <= KEPT
        self._whole = self._made(np.arange(len(words)), np.arange(rules.size + 1)) if small else None

    def rows(self, places: Int64, candidates: Int64) -> tuple[Keys, Int64, Int64]:
        """Return rows (rows, columns), which of them each combination of `places` has, and the columns of candidates.

        The last two have the shapes of `places` and of `candidates`.
        """
        if self._whole is not None:
            return self._whole, places, candidates
        distinct, own = np.unique(places, return_inverse=True)
        columns, inside = np.unique(candidates, return_inverse=True)
        return self._made(distinct, columns), own, inside.reshape(candidates.shape)

    def _made(self, places: Int64, columns: Int64) -> Keys:
        keys, rules = self._keys, self._rules
        inside = columns[columns < rules.size]  # the column after the last is that of nobody
        points, out, standing = rules.points[:, inside], rules.out[:, inside], keys.standing[inside]
        found = np.full((len(places), len(columns)), keys.out, keys.kind)
        step = max(1, _TOGETHER // len(columns))
        for start in range(0, len(places), step):
            flags = self._flags[places[start : start + step]]
            acting = np.concatenate([flags, ~flags], axis=1)
            made = ((acting.astype(points.dtype) @ points).astype(np.int64) << keys.shift) + standing
            made[acting.astype(np.float64) @ out > 0] = keys.out
            found[start : start + step, : len(inside)] = made
        return found


class Effect(NamedTuple):
    """What a condition does when it holds (`unless`: when it does not): points by MEDOC, or leaving them out."""

    condition: Condition
    medoc: tuple[int, ...]
    points: int = 0
    leaves_out: bool = False
    unless: bool = False


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
