"""What makes a definition hard to read or to trust: near twins, long lists, long paths, old sources, no example."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from boussole.core.definitions.conditions import ALWAYS
from boussole.core.definitions.dependencies import presence
from boussole.core.explore.sampling import interviews
from boussole.errors import Finding, Severity
from boussole.fuzzy import fold
from boussole.i18n import gettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from boussole.core.definitions.catalogue import Catalogue, Medoc
    from boussole.core.definitions.compass import Compass
    from boussole.core.explore.satisfiability import Satisfiability
    from boussole.errors import Keys

LONGEST_LIST = 12
LONGEST_PATH = 20
MONTHS = 18
_NEAR = 0.92
_TRIES = 5
_COMMON = 30
"""A word that stands in more texts than this brings no two of them together."""
_WARNING, _NOTE = Severity.WARNING, Severity.NOTE


def review_readability(compass: Compass, decider: Satisfiability) -> Iterator[Finding]:
    """Yield what an author should look at again in the questions of a compass."""
    questions = list(compass.questions.values())
    asked = [(str(question.ask), ("question", index, "ask"), question.id) for index, question in enumerate(questions)]
    for keys, other in _twins(asked):
        what = gettext("this is nearly the same question as “{other}”.", other=other)
        yield Finding(keys, "B521", what, gettext("Say what makes them different."), severity=_WARNING)
    for index, question in enumerate(questions):
        if question.facet is None:
            texts = [
                (option.text.in_(compass.language), ("question", index, "options", place, "text"), option.id)
                for place, option in enumerate(question.options.values())
            ]
            for keys, other in _twins(texts):
                what = gettext("this is nearly the same option as “{other}”.", other=other)
                yield Finding(keys, "B521", what, gettext("Say what makes them different."), severity=_WARNING)
        bare = [option for option in question.options.values() if option.hint is None]
        if len(question.options) > LONGEST_LIST and bare:
            what = gettext(
                "{count} options, and some without a hint: that is long to read.", count=len(question.options)
            )
            remedy = gettext("Give each option a hint, or ask in two steps.")
            yield Finding(("question", index), "B527", what, remedy, severity=_WARNING)
    longest = longest_path(compass, decider)
    if longest > LONGEST_PATH:
        what = gettext("an interview can have {count} questions.", count=longest)
        remedy = gettext("People tire after {most}: take some out, or ask them of fewer.", most=LONGEST_PATH)
        yield Finding(("question", LONGEST_PATH), "B528", what, remedy, severity=_WARNING)
    if not compass.examples:
        what = gettext("there is no worked example: nothing shows that the compass gives what it should.")
        remedy = gettext("boussole ask --example writes one from an interview.")
        yield Finding((), "B529", what, remedy, severity=_NOTE)


def longest_path(compass: Compass, decider: Satisfiability) -> int:
    """Return the most questions that an interview asks, or, once that is too long, how many one surely asks.

    Where too many cases decide it, an upper bound.
    """
    conditions = [presence(compass, question) for question in compass.questions.values()]
    if len(conditions) <= LONGEST_PATH:
        return len(conditions)
    tried = max(len(situation.path) for situation in interviews(compass, _TRIES))
    if tried > LONGEST_PATH:
        return tried
    most = decider.most([condition for condition in conditions if condition is not ALWAYS])
    return sum(condition is ALWAYS for condition in conditions) + most


def review_sources(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Yield the MEDOC that are near twins, those whose source was checked long ago, and those out of date."""
    medoc = list(catalogue.medoc.values())
    titles = [(str(one.title), ("medoc", index, "title"), one.id) for index, one in enumerate(medoc)]
    for keys, other in _twins(titles, lambda one, other: _for_others(medoc[one], medoc[other])):
        what = gettext("the title is nearly that of “{other}”.", other=other)
        yield Finding(
            keys, "B522", what, gettext("Is it the same MEDOC? Keep one, or tell them apart."), severity=_WARNING
        )
    first_at: dict[str, str] = {}
    for index, one in enumerate(medoc):
        if one.url is not None and first_at.setdefault(one.url, one.id) != one.id:
            what = gettext("the address is that of “{other}”.", other=first_at[one.url])
            remedy = gettext("Is it the same MEDOC? Keep one, or tell them apart.")
            yield Finding(("medoc", index, "url"), "B522", what, remedy, severity=_NOTE)
        months = (today.year - one.checked.year) * 12 + today.month - one.checked.month - (today.day < one.checked.day)
        if months >= MONTHS:
            what = gettext("nobody has checked the source for {months} months.", months=months)
            remedy = gettext("Look at it again, and write the day in “checked”.")
            yield Finding(("medoc", index, "checked"), "B524", what, remedy, severity=_WARNING)
        if one.expired(today):
            what = gettext("it is past the day its author gave.")
            remedy = gettext("Bring it up to date, give a later day, or take it out.")
            yield Finding(("medoc", index, "expires"), "B525", what, remedy, severity=_WARNING)


def _for_others(one: Medoc, other: Medoc) -> bool:
    """Tell whether what two MEDOC are made for tells them apart: the same service in two regions."""
    return any(terms.isdisjoint(other.suits[facet]) for facet, terms in one.suits.items() if facet in other.suits)


def _never(_one: int, _other: int) -> bool:
    return False


def _twins(
    texts: Sequence[tuple[str, Keys, str]], apart: Callable[[int, int], bool] = _never
) -> Iterator[tuple[Keys, str]]:
    """Yield the keys of each text that is nearly an earlier one, with the id of that one.

    Texts that differ by a number (2019 and 2020, volume 1 and 2) are no twins, nor those that share less than half of
    their words, nor those that something else tells `apart`.
    """
    words = [fold(text).split() for text, _, _ in texts]
    sets = [frozenset(of_text) for of_text in words]
    whole = [" ".join(of_text) for of_text in words]
    for other, earlier in _sharing(sets, whole):
        for one in earlier:
            half = max(len(sets[one]), len(sets[other])) / 2
            if (
                len(sets[one] & sets[other]) >= half
                and _numbers(words[one]) == _numbers(words[other])
                and not apart(one, other)
                and _alike(whole[one], whole[other])
            ):
                yield texts[other][1], texts[one][2]
                break


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR


def _sharing(words: Sequence[frozenset[str]], whole: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Yield each text with the earlier ones that share with it a word which few texts have, or are the same."""
    keys = [of_text | {text} for of_text, text in zip(words, whole, strict=True)]
    having = Counter(key for of_text in keys for key in of_text)
    seen: dict[str, list[int]] = {}
    for index, of_text in enumerate(keys):
        rare = [key for key in of_text if 1 < having[key] <= _COMMON]
        earlier = sorted({place for key in rare for place in seen.get(key, ())})
        if earlier:
            yield index, earlier
        for key in rare:
            seen.setdefault(key, []).append(index)


def _numbers(words: Iterable[str]) -> list[str]:
    return [word for word in words if any(character.isdigit() for character in word)]
