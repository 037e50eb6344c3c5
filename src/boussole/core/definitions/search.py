"""Finding MEDOC by words and by facets; accents, case and a typo do not matter."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from boussole.fuzzy import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boussole.core.definitions.catalogue import Catalogue, Medoc

_SHORTEST_WITH_TYPO = 4
_SIMILAR = 0.8
_IN_TITLE, _ELSEWHERE = 2, 1


def search(catalogue: Catalogue, words: str) -> list[Medoc]:
    """Return the MEDOC that have every one of `words`, best first: in the title rather than elsewhere, then by id.

    A word that stands nowhere in the catalogue is read as the words that look like it.
    """
    texts = {medoc.id: (fold(_title(medoc)), fold(_rest(medoc, catalogue))) for medoc in catalogue.medoc.values()}
    everything = "\n".join(f"{title}\n{rest}" for title, rest in texts.values())
    wanted = [_readings(word, everything) for word in fold(words).split()]
    scores = {id_: _score(wanted, title, rest) for id_, (title, rest) in texts.items()}
    found = sorted((id_ for id_, score in scores.items() if score), key=lambda id_: (-scores[id_], id_))
    return [catalogue.medoc[id_] for id_ in found]


def fitting(medoc: Iterable[Medoc], terms: Mapping[str, Iterable[str]]) -> list[Medoc]:
    """Return those that are made for one of the `terms` of each facet, or for all its terms."""
    return [
        one
        for one in medoc
        if all(not (here := one.terms_on(facet)) or not here.isdisjoint(wanted) for facet, wanted in terms.items())
    ]


def _title(medoc: Medoc) -> str:
    return " ".join([medoc.id, medoc.code or "", *medoc.title.by_language.values()])


def _rest(medoc: Medoc, catalogue: Catalogue) -> str:
    summary = medoc.summary.by_language.values() if medoc.summary else ()
    terms = [
        title
        for facet, ids in medoc.suits.items()
        for term in ids
        for title in catalogue.facets[facet].terms[term].title.by_language.values()
    ]
    return " ".join([medoc.publisher or "", medoc.format or "", *summary, *terms])


def _readings(word: str, everything: str) -> list[str]:
    """Return `word` where it stands somewhere, else the words of the catalogue that look like it."""
    if word in everything or len(word) < _SHORTEST_WITH_TYPO:
        return [word]
    vocabulary = sorted({one.strip("«»()[],.;:!?’'\"") for one in everything.split()})
    return get_close_matches(word, vocabulary, n=5, cutoff=_SIMILAR) or [word]


def _score(wanted: list[list[str]], title: str, rest: str) -> int:
    total = 0
    for readings in wanted:
        if any(word in title for word in readings):
            total += _IN_TITLE
        elif any(word in rest for word in readings):
            total += _ELSEWHERE
        else:
            return 0
    return total
