"""The words of a definition file, whatever their language: empty ones, marks that nobody reads, stray spaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.errors import Finding, Severity
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from boussole.errors import Keys

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MARKS = re.compile(
    r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]{2,8});"  # HTML: tags and entities
    r"|\*\*[^*\s][^*]*\*\*|__[^_\s][^_]*__|`[^`]+`|\[[^\]]+\]\([^)\s]+\)|^#{1,6} ",  # Markdown
    re.MULTILINE,
)
_SPACES = re.compile(r"^[ \t]+(?=\S)|(?<=\S)[ \t]+\Z|(?<=\S)  +(?=\S)")


class Written(NamedTuple):
    """One text of a file, by language; `keys` is where it stands, `plain` that it is written without languages."""

    keys: Keys
    by_language: Mapping[str, str]
    plain: bool


def review_words(texts: Sequence[Written], document: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the languages that are none, then what is odd in each text: one finding of each sort."""
    language = document.get("language")
    if isinstance(language, str) and language and not _LANGUAGE.fullmatch(language):
        yield _no_language(language, ("language",))
    for text in texts:
        for language, words in text.by_language.items():
            keys = text.keys if text.plain else (*text.keys, language)
            if not text.plain and not _LANGUAGE.fullmatch(language):
                yield _no_language(language, keys, at_key=True)
            yield from _words(words, keys)


def _no_language(language: str, keys: Keys, *, at_key: bool = False) -> Finding:
    what = gettext("“{word}” is not the code of a language.", word=language)
    remedy = gettext("Write two or three lower-case letters: fr, en, de, oc…")
    return Finding(keys, "B533", what, remedy, at_key, Severity.WARNING)


def _words(words: str, keys: Keys) -> Iterator[Finding]:
    if not words.strip():
        what, remedy = gettext("this text is empty."), gettext("Write it, or take it out.")
        yield Finding(keys, "B531", what, remedy, severity=Severity.WARNING)
        return
    mark = _MARKS.search(words)
    if mark is not None:
        what = gettext("“{word}” will be shown as it is written: texts are plain.", word=mark[0].strip())
        yield Finding(keys, "B538", what, gettext("Take the marks out."), severity=Severity.WARNING)
    if _SPACES.search(words):
        what = gettext("spaces too many, at an end or in a row.")
        yield Finding(keys, "B539", what, gettext("Take them out."), severity=Severity.WARNING)
