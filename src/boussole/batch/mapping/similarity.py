"""How near the words of somebody's table are to the questions and options of a compass."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from boussole.core.definitions.text import Text
from boussole.fuzzy import fold
from boussole.i18n import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Question, Value
    from boussole.i18n import Localised

SAME = 100
_ALMOST = 99
"""The score of what is not the same word, however near."""
_OF_WORD, _OF_WHOLE = 0.6, 0.4
_SHORTEST = 3
_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a an and au aux avec by ce ces d dans de des du en et for from in l la le les of on or ou par pour qu que qui
        s sa se ses son sur the their to un une vos votre with you your""",
    )
)
_PARTS = re.compile(r"[,;:/()&…]|\b(?:et|ou|and|or)\b")


class Match(NamedTuple):
    """An option that a label is near, from 0 to 100; at 100, they are the same words."""

    value: Value
    score: int


class _Named(NamedTuple):
    """What an option goes by: its id and titles (`names`), what they and its hint list (`listed`), the words of all."""

    value: Value
    names: frozenset[str]
    listed: frozenset[str]
    words: tuple[str, ...]


class OptionMatcher:
    """What the labels of a column are compared with: the options of one question."""

    def __init__(self, compass: Compass, catalogue: Catalogue, question: Question) -> None:
        """Gather the words of the options, in all languages."""
        self.question = question
        self._options = [_named(*one, compass.language) for one in _described(catalogue, question)]
        self._headers = _headers(compass, catalogue, question)

    def nearest(self, label: str) -> list[Match]:
        """Return the options by how near `label` is to them, the nearest first."""
        words = normalise(label)
        same = _same(words, self._options)
        return sorted(
            (Match(one.value, SAME if one.value in same else _score(words, one)) for one in self._options),
            key=lambda near: (-near.score, str(near.value)),
        )

    def header(self, name: str) -> int:
        """Return how near the name of a column is to the question's, from 0 to 100."""
        words = normalise(name)
        return max((round(fuzz.token_sort_ratio(words, header)) for header in self._headers), default=0) if words else 0


@lru_cache(4096)
def normalise(text: str) -> str:
    """Return the words of a text that say something, without accents, capitals or the s of a plural."""
    return " ".join(_stem(word) for word in re.findall(r"[^\W_]+", fold(text)) if word not in _EMPTY_WORDS)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > _SHORTEST and word[-1] in "sx" else word


def _described(catalogue: Catalogue, question: Question) -> Iterable[tuple[Value, str, Localised, Localised | None]]:
    """Yield each option with its id, its title and its hint, which may stand in the catalogue."""
    facet = None if question.facet is None else catalogue.facets[question.facet]
    for id_, option in question.options.items():
        term = None if facet is None else facet.terms.get(id_)
        yield id_, id_, option.text, option.hint or (term.hint if term else None)
    for position, label in enumerate(question.labels):
        yield position, "", label, None


def _named(value: Value, id_: str, title: Localised, hint: Localised | None, language: str) -> _Named:
    titles = _in_all(title, language)
    names = _bare([id_, *titles])
    entitled = _bare(part for text in titles for part in _PARTS.split(text.casefold()))
    hinted = (
        _bare(part for text in _in_all(hint, language) for part in _PARTS.split(text.casefold())) if hint else set()
    )
    # of what a hint lists, « toute la France » is near nothing by its single words
    words = {word for name in names for word in name.split()} | {one for one in hinted if " " not in one}
    return _Named(value, frozenset(names), frozenset(entitled | hinted), tuple(sorted(words)))


def _bare(texts: Iterable[str]) -> set[str]:
    return {words for text in texts if len(words := normalise(text)) >= _SHORTEST}


def _in_all(text: Localised, language: str) -> set[str]:
    own = text.by_language if isinstance(text, Text) else ()
    return {text.in_(one) for one in (*LANGUAGES, language, *own)}


def _headers(compass: Compass, catalogue: Catalogue, question: Question) -> set[str]:
    texts = [question.id, *_in_all(question.ask, compass.language)]
    if question.facet is not None:
        facet = catalogue.facets[question.facet]
        titles = _in_all(facet.title, compass.language)
        texts += [facet.id, *titles, *(title.split()[0] for title in titles if title.strip())]
    return {normalise(text) for text in texts} - {""}


def _same(words: str, options: Iterable[_Named]) -> set[Value]:
    """Return the options that `words` name: by all of their words, else by some, which then are several.

    A single word among others names nothing: « local commercial » is no « local ».
    """
    if len(words) < _SHORTEST:
        return set()
    for named in (_is_named, _is_listed, _holds_a_name):
        found = {one.value for one in options if named(words, one)}
        if found:
            return found
    return set()


def _is_named(words: str, option: _Named) -> bool:
    return words in option.names


def _is_listed(words: str, option: _Named) -> bool:
    return words in option.listed


def _holds_a_name(words: str, option: _Named) -> bool:
    return any(f" {name} " in f" {words} " for name in option.names if " " in name)


def _score(words: str, option: _Named) -> int:
    word = max((fuzz.ratio(one, own) for one in words.split() for own in option.words), default=0)
    whole = max((fuzz.token_set_ratio(words, name) for name in (*option.names, *option.listed)), default=0)
    return min(round(_OF_WORD * word + _OF_WHOLE * whole), _ALMOST)
