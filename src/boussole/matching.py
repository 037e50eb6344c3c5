"""Finding what a person typed among texts, whatever the accents, the case and the apostrophes."""

from __future__ import annotations

import unicodedata

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
