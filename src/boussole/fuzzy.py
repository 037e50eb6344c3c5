"""Words as people type them: compared whatever the accents and the case, and the valid word they probably meant."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from boussole.i18n import either, gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.i18n import Message


# What Unicode does not decompose by itself, although a keyboard often lacks it.
LOOKALIKES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "’": "'", "‘": "'", "ʼ": "'"} | dict.fromkeys("‐‑‒–—", "-")
)


def fold(text: str) -> str:
    """Return `text` as it is compared: « L’Énergie » gives `l'energie`, runs of spaces become one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.translate(LOOKALIKES).split())


def matches(wanted: str, text: str) -> bool:
    """Return whether each word of `wanted` is somewhere in `text`; no word at all matches everything."""
    searched = fold(text)
    return all(word in searched for word in fold(wanted).split())


_FEW = 12


def nearest(word: str, valid: Iterable[str]) -> str | None:
    """Return the one of `valid` closest to `word`, or None when none is close."""
    from difflib import get_close_matches

    by_fold = {fold(candidate): candidate for candidate in sorted(valid, reverse=True)}
    close = get_close_matches(fold(word), list(by_fold), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def suggest(word: str, valid: Iterable[str]) -> Message | None:
    """Return a remedy: the nearest of `valid`, else all of them where they are few, else None."""
    words = sorted(valid)
    meant = nearest(word, words)
    if meant is not None:
        return gettext("Did you mean “{word}”?", word=meant)
    if words and len(words) <= _FEW:
        return gettext("Write {words}.", words=either(words))
    return None
