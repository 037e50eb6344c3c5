"""Definitions already read, kept ready between two commands, as Python keeps compiled modules.

Reading a catalogue takes longer than all the rest of a recommendation. An entry stands for one state of one file
(path, size, times, inode) read by one state of this package; anything else is a miss. Only definitions are kept here,
never an answer, and losing this folder costs nothing but time.
"""

from __future__ import annotations

import os
import pickle
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias
from zlib import crc32

from boussole import __version__

State: TypeAlias = tuple[object, ...]

_KEPT = 32
_LONGEST_STEM = 100
_PRIVATE_FOLDER = 0o700
_PACKAGE = Path(__file__).parent.parent
_OURS = "boussole.core."
_OTHERS = {("builtins", "frozenset"), ("datetime", "date"), ("boussole.messages", "Message")}


class _DefinitionsOnly(pickle.Unpickler):
    """Reads back nothing but definitions: an entry can name no other class or function."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as pickle has it
        ours = module.startswith(_OURS) and name.isidentifier()  # no dotted name, which would reach further
        if ours or (module, name) in _OTHERS:
            return super().find_class(module, name)
        message = f"{module}.{name} is no definition"
        raise pickle.UnpicklingError(message)


def recall(kind: str, path: Path) -> Any:  # noqa: ANN401 - what was kept for this file
    """Return the thing of this `kind` kept for the file `path` in its present state, or None."""
    try:
        entry = _entry(kind, path)
        if hasattr(os, "getuid") and entry.stat().st_uid != os.getuid():
            return None
        with entry.open("rb") as file:
            state, thing = _DefinitionsOnly(file).load()
        return thing if state == state_of(path) else None
    except Exception:  # noqa: BLE001 - whatever is wrong with an entry, reading the file itself tells the truth
        return None


def keep(kind: str, path: Path, thing: object, state: State | None) -> None:
    """Keep `thing`, made of the file `path` as it was in `state`, where the cache can be written.

    A file that has changed since, while it was being read, is not kept: nobody knows which of the two was read.
    """
    from boussole.errors import BoussoleError
    from boussole.files.writing import write_atomically

    if state is None or state != state_of(path):
        return
    try:
        entry = _entry(kind, path)
        entry.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        write_atomically(entry, pickle.dumps((state, thing), 5), private=True)
        _prune(entry.parent)
    except (OSError, RuntimeError, BoussoleError):  # RuntimeError: nobody knows where home is
        return


def _prune(folder: Path) -> None:
    """Keep the latest entries only."""
    entries = sorted(folder.glob("*.pickle"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in entries[_KEPT:]:
        path.unlink(missing_ok=True)


def _entry(kind: str, path: Path) -> Path:
    from platformdirs import user_cache_path

    name = f"{kind}-{path.stem[:_LONGEST_STEM]}-{crc32(os.fsencode(path.absolute())):08x}.pickle"
    return user_cache_path("boussole", appauthor=False) / "definitions" / name


def state_of(path: Path) -> State | None:
    """Return what an entry stands for: the file as it is, and the code that reads it; None where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (
        str(path.absolute()),
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
        found.st_ino,
        __version__,
        _code(),
    )


@cache
def _code() -> int:
    """Return when the latest source of the readers was changed: an edit of boussole must not meet old entries."""
    entries = (entry for folder in ("core", "files") for entry in os.scandir(_PACKAGE / folder))
    return max(entry.stat().st_mtime_ns for entry in entries if entry.name.endswith(".py"))
