"""What a folder of results says of itself: what they were made with, what each was made from, what came of its rows."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole import __version__
from boussole.atomic import write_atomically
from boussole.batch.recommending import RowCounts
from boussole.errors import TableError
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path
    from typing import Self

    from boussole.batch.mapping.plan import Plan
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.i18n import Localised

MANIFEST = "boussole.json"
"""The file of a folder of results that says what they were made with."""
_FORMAT = 2
_SECONDS = 1.0
"""How often the file is written while parts are done: a part that a kill leaves unnoted is done again."""


class Done(NamedTuple):
    """A part that is done: its name, what it held, what became of its rows, and what is to be said of the result."""

    name: str
    made_from: str
    tally: RowCounts
    notes: tuple[Localised, ...] = ()


class Manifest:
    """What is known of the results in a folder, by the name of the part."""

    def __init__(self, made_with: Mapping[str, object], parts: Mapping[str, Done]) -> None:
        """Know what results are made with, and which are there."""
        self._made_with = dict(made_with)
        self.parts = dict(parts)
        self._written = 0.0

    @classmethod
    def read(cls, folder: Path, made_with: Mapping[str, object]) -> Self:
        """Return what `folder` says of the results in it.

        Raises:
            TableError: when they were made with something else. OSError: when it cannot be read.

        """
        noted = folder / MANIFEST
        if not noted.exists():
            return cls(made_with, {})
        try:
            before = json.loads(noted.read_text("utf-8"))
            parts = {name: _done(name, said) for name, said in before.pop("parts").items()}
        except (ValueError, TypeError, KeyError, AttributeError):
            before, parts = None, {}
        if before != made_with:
            raise TableError(
                gettext("“{path}” holds results that were made with other definitions or options.", path=folder),
                gettext("Choose another folder, or delete this one."),
            )
        return cls(made_with, parts)

    def holds(self, part: Path, result: Path) -> bool:
        """Tell whether the result of a part is there, and was made from what the part holds now.

        Raises:
            OSError: when the part cannot be read.

        """
        known = self.parts.get(part.name)
        return known is not None and result.exists() and known.made_from == digest_of(part)

    def keep_only(self, names: Collection[str]) -> None:
        """Forget what is no part of the table any more, or is to be done again."""
        self.parts = {name: one for name, one in self.parts.items() if name in names}

    def note(self, done: Done, folder: Path | None) -> None:
        """Keep what became of a part, and write it into `folder`, if there is one, now and then."""
        self.parts[done.name] = done
        if folder is not None and time.monotonic() - self._written >= _SECONDS:
            self.write(folder)
            self._written = time.monotonic()

    def write(self, folder: Path) -> None:
        """Write what is known into `folder`.

        Raises:
            BoussoleError: when it cannot be written.

        """
        parts = {name: _said(self.parts[name]) for name in sorted(self.parts)}
        text = json.dumps({**self._made_with, "parts": parts}, indent=2, ensure_ascii=False)
        write_atomically(folder / MANIFEST, f"{text}\n".encode())


def digest_of(part: Path) -> str:
    """Return what tells whether a part is still the same: of all its bytes.

    Raises:
        OSError: when it cannot be read.

    """
    with part.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def made_with(compass: Compass, catalogue: Catalogue, plan: Plan, options: Mapping[str, object]) -> dict[str, object]:
    """Return what results say of how they were made."""
    columns = json.dumps(plan, default=dict, sort_keys=True)
    return {
        "format": _FORMAT,
        "boussole": __version__,
        "compass": {"id": compass.id, "version": compass.version, "digest": compass.digest},
        "catalogue": {"id": catalogue.id, "version": catalogue.version, "digest": catalogue.digest},
        "columns": f"sha256:{hashlib.sha256(columns.encode()).hexdigest()}",
        **options,
    }


def _said(done: Done) -> dict[str, object]:
    return {"made_from": done.made_from, "rows": dict(done.tally.rows), "errors": dict(done.tally.errors)}


def _done(name: str, said: Mapping[str, Any]) -> Done:
    return Done(name, said["made_from"], RowCounts(Counter(said["rows"]), Counter(said["errors"])))
