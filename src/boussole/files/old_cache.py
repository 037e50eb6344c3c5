"""Definitions that earlier versions kept ready, in a form that can be made to run code: removed where they stand."""

from __future__ import annotations

import re

_OLD_ENTRY = re.compile(r"(catalogue|compass)-.{0,100}-[0-9a-f]{8}\.pickle")
"""The names of what versions before 0.2 kept of definitions, in a form that can be made to run code."""


def remove_old_cache() -> None:
    """Remove the definitions that earlier versions kept ready in the user's cache folder; nothing else in it."""
    from platformdirs import user_cache_path

    try:
        folder = user_cache_path("boussole", appauthor=False) / "definitions"
        if folder.is_symlink() or not folder.is_dir():
            return
        for entry in folder.iterdir():
            if _OLD_ENTRY.fullmatch(entry.name) and entry.is_file() and not entry.is_symlink():
                entry.unlink()
        folder.rmdir()
        folder.parent.rmdir()
    except (OSError, RuntimeError):  # not ours to remove, or something else stands there; RuntimeError: no home
        return
