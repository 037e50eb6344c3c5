"""What is wrong where something refers to nothing: one mistake wherever it is said, and the word that was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.core.definitions.renames import current
from boussole.fuzzy import suggest
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boussole.i18n import Message


def absent(name: str) -> str:
    """Return the cause of all that is wrong because nothing is called `name`: one mistake, wherever it is said."""
    return f"no {name}"


def meant(word: str, valid: Iterable[str], renamed: Mapping[str, str]) -> Message | None:
    """Return a remedy: what `word` was renamed to, where that is one of `valid`, else the nearest of them."""
    known = set(valid)
    now = current(word, renamed, known)
    return suggest(word, known) if now == word else gettext("It was renamed: write “{word}”.", word=now)


def renames_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Return what a file says was renamed, well formed or not."""
    raw = document.get("renamed")
    pairs = raw.items() if isinstance(raw, dict) else ()
    return {old: new for old, new in pairs if isinstance(new, str)}
