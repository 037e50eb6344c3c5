"""Files of one folder with one id: which of them counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from boussole.files.library import Listed


def that_counts(files: Sequence[Path], id_: str) -> Path:
    """Return which of some files of one folder is meant by their id: the one of that name, else the first by name."""
    return next((file for file in files if file.stem == id_), min(files))


def nearest(listed: Iterable[Listed]) -> list[Listed]:
    """Return, of the compasses that can be used, the nearest of each id, with those of its folder that do not count.

    Those that cannot be used stay.
    """
    kept: list[Listed] = []
    of_id: dict[str, list[Listed]] = {}
    for one in listed:
        if one.pair is None:
            kept.append(one)
            continue
        same = of_id.setdefault(one.pair.compass.id, [])
        if not same:
            kept.append(one)
        if not same or same[0].file.path.parent == one.file.path.parent:
            same.append(one)
    counting = {}
    for id_, same in of_id.items():
        counts = that_counts([one.file.path for one in same], id_)
        chosen = next(one for one in same if one.file.path == counts)
        others = tuple(one.file.path for one in same if one is not chosen)
        counting[id_] = chosen._replace(twins=others)
    return [one if one.pair is None else counting[one.pair.compass.id] for one in kept]
