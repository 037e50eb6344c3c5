"""Letters that no font of a PDF draws, and what to write in their place."""

from __future__ import annotations

import re
import unicodedata

_UNDRAWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_LATIN = "\u024f"
_MARKS = {"Cf", "Mn", "Me"}
"""Categories of what joins or adorns other letters."""


def undrawn(diagnostic: str) -> set[str]:
    """Return the letters that typst says it has no drawing for; of one with marks on it, the marks alone."""
    texts = {_ESCAPED.sub(_letter, text) for text in _UNDRAWN.findall(diagnostic)}
    marks = ({letter for letter in text if unicodedata.category(letter) in _MARKS} for text in texts)
    return {letter for text, some in zip(texts, marks, strict=True) for letter in some or text if letter > _LATIN}


def _letter(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else escape[2]


def stand_ins(letters: set[str]) -> dict[int, str]:
    """Return for each letter the plain letters it stands for (`ﬁ`: fi), or else its number; for a mark, nothing."""
    return {ord(letter): _stand_in(letter) for letter in letters}


def _stand_in(letter: str) -> str:
    if unicodedata.category(letter) in _MARKS:
        return ""
    plain = unicodedata.normalize("NFKC", letter)
    return f"[U+{ord(letter):04X}]" if plain == letter else plain
