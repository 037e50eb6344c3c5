"""What a word names among options: an id first, then a title in any language, accents and case ignored."""

from collections.abc import Collection, Iterator, Mapping

from boussole.core.definitions.text import Text
from boussole.fuzzy import fold
from boussole.i18n import LANGUAGES, Localised


def wordings(text: Localised) -> Iterator[str]:
    """Yield a text in each of the languages it has."""
    if isinstance(text, Text):
        yield from text.by_language.values()
    else:
        for language in LANGUAGES:
            yield text.in_(language)


def named(word: str, options: Mapping[str, Localised]) -> list[str]:
    """Return the ids of the `options` (titles by id) that `word` names: one, none, or several it may mean.

    An id as it stands goes before an id in other letters, and any id before a title.
    """
    if word in options:
        return [word]
    wanted = fold(word)
    if not wanted:
        return []
    by_id = [id_ for id_ in options if fold(id_) == wanted]
    return by_id or [id_ for id_, title in options.items() if wanted in {fold(one) for one in wordings(title)}]


def pieces(written: str, known: Collection[str]) -> list[str]:
    """Return what stands between the commas of `written`; a `known` text (folded) may hold commas itself."""
    parts = written.split(",")
    longest = 1 + max((text.count(",") for text in known), default=0)
    found, start = [], 0
    while start < len(parts):
        ends = range(min(len(parts), start + longest), start, -1)
        end = next((end for end in ends if fold(",".join(parts[start:end])) in known), start + 1)
        found.append(",".join(parts[start:end]).strip())
        start = end
    return [piece for piece in found if piece]
