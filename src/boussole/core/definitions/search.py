"""Finding MEDOC by words, the best first, and by facets; accents and case do not matter."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from boussole.empty import EMPTY
from boussole.fuzzy import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from boussole.core.definitions.catalogue import Catalogue, Medoc
    from boussole.core.definitions.text import Text


class Match(IntEnum):
    """How a word that is asked for stands in one of a text: inside it, at its start, or as it."""

    FRAGMENT = 1
    PREFIX = 2
    WHOLE = 3


class Field(IntEnum):
    """Where a word stands in a MEDOC."""

    ELSEWHERE = 0
    SUMMARY = 1
    WORDS = 2
    TITLE = 3


_POINTS = {
    (Field.TITLE, Match.WHOLE): 12,
    (Field.TITLE, Match.PREFIX): 9,
    (Field.WORDS, Match.WHOLE): 9,
    (Field.WORDS, Match.PREFIX): 6,
    (Field.SUMMARY, Match.WHOLE): 5,
    (Field.SUMMARY, Match.PREFIX): 4,
    (Field.ELSEWHERE, Match.WHOLE): 3,
    (Field.ELSEWHERE, Match.PREFIX): 2,
}
_FRAGMENT_POINTS = 1
_SAME, _STARTS, _TOGETHER = 100, 4, 3
"""What is added where the words are the id or the code, where they start a title, where they stand together in it."""

_WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*")
"""A word, or a number with its points (1.1.2); accents may stand as characters of their own."""
_IDLE = frozenset(
    {
        "a",
        "an",
        "and",
        "au",
        "aux",
        "avec",
        "dans",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "for",
        "from",
        "in",
        "l",
        "la",
        "le",
        "les",
        "of",
        "on",
        "ou",
        "par",
        "pour",
        "s",
        "sur",
        "the",
        "to",
        "un",
        "une",
    }
)
"""Words that are passed over, unless there are no others."""
_SHORTEST_FRAGMENT, _SHORTEST_WITH_TYPO, _LONGEST_ACRONYM = 3, 5, 6
_SIMILAR, _LONGER = 0.8, 2
_SHORTEST_PLURAL = 4


class Findings(NamedTuple):
    """The MEDOC found, best first; `read_as` holds, for words that stand nowhere, those that were read instead.

    `words` are the words of the catalogue, folded, that were found.
    """

    medoc: tuple[Medoc, ...]
    words: frozenset[str] = frozenset()
    read_as: Mapping[str, tuple[str, ...]] = EMPTY

    def places_in(self, text: str) -> list[tuple[int, int]]:
        """Return where the words that were found stand in a text: from one character up to another."""
        return [found.span() for found in _WORD.finditer(text) if fold(found[0]) in self.words]


class _Entry(NamedTuple):
    """The words of one MEDOC, by where they stand; its titles as sequences."""

    medoc: Medoc
    fields: Mapping[Field, frozenset[str]]
    titles: tuple[tuple[str, ...], ...]


def search(catalogue: Catalogue, words: str) -> Findings:
    """Return the MEDOC that have every one of `words`, best first.

    A word is found where one of a text is it or starts with it; only where there is none in the whole catalogue,
    inside one; only where there is none either, and it is no acronym, in words that look like it. Titles come before
    words that are never shown, these before summaries, and those before the rest; then first references, then ids.
    """
    entries, wanted, read_as = _read(catalogue, words)
    same = fold(words)
    points = {entry.medoc.id: _points(entry, wanted, same) for entry in entries}
    return Findings(_best_first(entries, points), _found(wanted), read_as)


def search_most(catalogue: Catalogue, words: str) -> Findings:
    """Return the MEDOC that have the most of `words`, and half of them at least, best first.

    It is what is left to look for where none has every one of them: they never stand together, or one stands nowhere.
    No word is looked for inside another one.
    """
    entries, readable, read_as = _read(catalogue, words)
    wanted = {
        word: {one: match for one, match in readings.items() if match is not Match.FRAGMENT}
        for word, readings in readable.items()
    }
    has = {
        entry.medoc.id: {word: readings for word, readings in wanted.items() if _points(entry, {word: readings}, "")}
        for entry in entries
    }
    most = max(map(len, has.values()), default=0)
    if not most or 2 * most < len(wanted):
        return Findings((), read_as=read_as)
    points = {entry.medoc.id: _points(entry, has[entry.medoc.id], "") for entry in entries}
    points = {id_: worth if len(has[id_]) == most else 0 for id_, worth in points.items()}
    return Findings(_best_first(entries, points), _found(wanted), read_as)


def _read(
    catalogue: Catalogue, words: str
) -> tuple[list[_Entry], dict[str, Mapping[str, Match]], dict[str, tuple[str, ...]]]:
    """Return the words of each MEDOC; how each word that was typed may be read; those that stand nowhere."""
    entries = [_entry(medoc, catalogue) for medoc in catalogue.medoc.values()]
    vocabulary = frozenset(word for entry in entries for field in entry.fields.values() for word in field)
    wanted: dict[str, Mapping[str, Match]] = {}
    read_as: dict[str, tuple[str, ...]] = {}
    for word, written in _typed(words).items():
        wanted[word] = _stands(word, vocabulary, acronym=_is_acronym(written))
        if not wanted[word] and not _is_acronym(written):
            similar = _similar(word, vocabulary)
            wanted[word] = dict.fromkeys(similar, Match.WHOLE)
            read_as |= {written: similar} if similar else {}
    return entries, wanted, read_as


def _best_first(entries: Iterable[_Entry], points: Mapping[str, int]) -> tuple[Medoc, ...]:
    """Return the MEDOC that have points: the most points first, then first references, then by id."""
    return tuple(
        sorted(
            (entry.medoc for entry in entries if points[entry.medoc.id]),
            key=lambda medoc: (-points[medoc.id], -medoc.reference, medoc.id),
        )
    )


def _found(wanted: Mapping[str, Mapping[str, Match]]) -> frozenset[str]:
    return frozenset(word for readings in wanted.values() for word in readings)


def fitting(medoc: Iterable[Medoc], terms: Mapping[str, Iterable[str]]) -> list[Medoc]:
    """Return those that are made for one of the `terms` of each facet, or for all its terms."""
    return [
        one
        for one in medoc
        if all(not (here := one.terms_on(facet)) or not here.isdisjoint(wanted) for facet, wanted in terms.items())
    ]


@lru_cache(maxsize=2**15)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text, as they are compared; texts stay the same from one search to the next."""
    return tuple(_WORD.findall(fold(text)))


def _entry(medoc: Medoc, catalogue: Catalogue) -> _Entry:
    titles = tuple(_words(title) for title in medoc.title.by_language.values())
    terms = (catalogue.facets[facet].terms[term].title for facet, ids in medoc.suits.items() for term in ids)
    fields = {
        Field.TITLE: frozenset(word for title in titles for word in title),
        Field.WORDS: _all_words([medoc.id, medoc.code or "", *_in_languages(medoc.words)]),
        Field.SUMMARY: _all_words(_in_languages([medoc.summary] if medoc.summary else [])),
        Field.ELSEWHERE: _all_words([medoc.publisher or "", medoc.format or "", *_in_languages(terms)]),
    }
    return _Entry(medoc, fields, titles)


def _in_languages(texts: Iterable[Text]) -> Iterator[str]:
    return (written for text in texts for written in text.by_language.values())


def _all_words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _words(text))


def _typed(words: str) -> dict[str, str]:
    """Return the words that were typed, folded, with each as it was written, idle ones only if there are no others."""
    typed = {fold(written): written for written in _WORD.findall(words)}
    return {word: written for word, written in typed.items() if word not in _IDLE} or typed


def _is_acronym(written: str) -> bool:
    """Tell whether a word is written as an acronym is: CRTE is found as it is, and is not « carte »."""
    return written.isupper() and len(written) <= _LONGEST_ACRONYM


def _stands(word: str, vocabulary: frozenset[str], *, acronym: bool) -> dict[str, Match]:
    """Return the words of the catalogue that are `word` or start with it, or else that have it in them."""
    same = {word} & vocabulary if acronym else _forms(word, vocabulary)
    found = dict.fromkeys(same, Match.WHOLE)
    if len(word) > 1:
        found = dict.fromkeys((one for one in vocabulary if one.startswith(word)), Match.PREFIX) | found
    if found or acronym or len(word) < _SHORTEST_FRAGMENT:
        return found
    return dict.fromkeys((one for one in vocabulary if word in one), Match.FRAGMENT)


def _forms(word: str, vocabulary: frozenset[str]) -> set[str]:
    """Return the words of the catalogue that are `word`, in the singular or in the plural."""
    stem = _stem(word)
    return {one for one in (stem, f"{stem}s", f"{stem}x") if one in vocabulary and _stem(one) == stem}


def _stem(word: str) -> str:
    """Return a word without the mark of its plural."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word


def _similar(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """Return the forms of the word that is most like `word`, in which there may be a typo; none if none is like it."""
    if len(word) < _SHORTEST_WITH_TYPO:
        return ()
    near = sorted(one for one in vocabulary if abs(len(one) - len(word)) <= _LONGER)
    return tuple(
        sorted(form for one in get_close_matches(word, near, n=1, cutoff=_SIMILAR) for form in _forms(one, vocabulary))
    )


def _points(entry: _Entry, wanted: Mapping[str, Mapping[str, Match]], same: str) -> int:
    """Return what a MEDOC is worth for the words `wanted`, 0 where it lacks one; `same` is all that was typed."""
    total = 0
    for readings in wanted.values():
        best = max((_best(field, words, readings) for field, words in entry.fields.items()), default=0)
        if not best:
            return 0
        total += best
    if same in {entry.medoc.id, fold(entry.medoc.code or "")} - {""}:
        total += _SAME
    return total + max((_in_order(title, list(wanted.values())) for title in entry.titles), default=0)


def _best(field: Field, words: frozenset[str], readings: Mapping[str, Match]) -> int:
    """Return the points of the best of the `readings` of a word that stand among those of a field."""
    match = max((readings[word] for word in words & readings.keys()), default=None)
    return 0 if match is None else _POINTS.get((field, match), _FRAGMENT_POINTS)


def _in_order(title: Sequence[str], wanted: Sequence[Mapping[str, Match]]) -> int:
    """Return what is added where the words stand in a title as they were typed, idle ones aside."""
    told = [word for word in title if word not in _IDLE] or list(title)
    starts = [
        start
        for start in range(len(told) - len(wanted) + 1)
        if all(told[start + place] in readings for place, readings in enumerate(wanted))
    ]
    if not starts or not wanted:
        return 0
    at_start = starts[0] == 0 and wanted[0][told[0]] is Match.WHOLE
    return (_STARTS if at_start else 0) + (_TOGETHER if len(wanted) > 1 else 0)
