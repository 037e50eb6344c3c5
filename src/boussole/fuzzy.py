"""Words as people type them: compared whatever the accents and the case, and the valid word they probably meant."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from heapq import nlargest
from itertools import filterfalse
from typing import TYPE_CHECKING

from boussole.i18n import either, gettext
from boussole.limits.table import WORD_LETTERS, WORDS_COMPARED

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
    bare = "".join(filterfalse(unicodedata.combining, decomposed))
    return " ".join(bare.translate(LOOKALIKES).split())


def matches(wanted: str, text: str) -> bool:
    """Return whether each word of `wanted` is somewhere in `text`; no word at all matches everything."""
    searched = fold(text)
    return all(word in searched for word in fold(wanted).split())


def closeness(wanted: str, text: str) -> int:
    """Return how well `text` answers words that match it: 2 a word that it has, 1 one that begins a word of it."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()
    return sum(2 if word in words else any(one.startswith(word) for one in words) for word in fold(wanted).split())


_FEW = 12
_CLOSE, _CLOSE_IF_LONG, _LONG = 0.6, 0.7, 5
"""The share of letters that two words must have in common, in the same order, for one to be meant by the other; in a
long word, of so many letters, one or two that are wrong leave more of them."""
_COMPARED = 200


def nearest(word: str, valid: Iterable[str], close: float = _CLOSE) -> str | None:
    """Return the one of `valid` closest to `word`, or None when none is `close`.

    The work is bounded whoever wrote the words: none longer than WORD_LETTERS is compared, nor with more than
    WORDS_COMPARED, and only those that share the most letters are compared in full. A word that stands in a thousand
    places is looked for once. A single letter is near none but itself: “o” is for oui.
    """
    return _nearest(word[: WORD_LETTERS + 1], tuple(sorted(valid, reverse=True)), close)


@lru_cache(maxsize=256)
def _nearest(word: str, valid: tuple[str, ...], close: float) -> str | None:
    from difflib import SequenceMatcher

    wanted = fold(word)
    if len(wanted) >= _LONG:
        close = max(close, _CLOSE_IF_LONG)
    by_fold = {fold(candidate): candidate for candidate in valid if len(candidate) <= WORD_LETTERS}
    if len(wanted) == 1:
        return by_fold.get(wanted)
    if len(wanted) > WORD_LETTERS or len(by_fold) > WORDS_COMPARED:
        return None
    matcher = SequenceMatcher()
    matcher.set_seq2(wanted)

    def at_most(candidate: str) -> float:
        matcher.set_seq1(candidate)
        return matcher.quick_ratio() if matcher.real_quick_ratio() >= close else 0

    best = (close, "")
    for bound, candidate in nlargest(_COMPARED, ((at_most(one), one) for one in by_fold)):
        if bound < best[0]:
            break
        matcher.set_seq1(candidate)
        best = max(best, (matcher.ratio(), candidate))
    return by_fold[best[1]] if best[1] else None


def suggest(word: str, valid: Iterable[str]) -> Message | None:
    """Return a remedy: the nearest of `valid`, else all of them where they are few, else None."""
    words = sorted(valid)
    meant = nearest(word, words)
    if meant is not None:
        return gettext("Did you mean “{word}”?", word=meant)
    if words and len(words) <= _FEW:
        return gettext("Write {words}.", words=either(words))
    return None
