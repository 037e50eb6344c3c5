"""Text for people: messages written in English here, translated when they are shown.

Nothing in this package keeps a finished sentence: it keeps a `Message` (or, from a definition file,
a `Text`), and whoever shows it says in which language. So one result can be printed in two languages,
and the core stays free of any notion of a current language.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from boussole.empty import EMPTY

if TYPE_CHECKING:
    import datetime as dt
    from gettext import NullTranslations

LANGUAGES = ("fr", "en")
DEFAULT_LANGUAGE = "fr"
DOMAIN = "boussole"
LOCALES = Path(__file__).parent / "locale"


class Localised(Protocol):
    """Something that can be said in several languages."""

    def in_(self, language: str) -> str:
        """Return the text in `language`, falling back as the thing itself knows how."""
        ...


class Message(NamedTuple):
    """A sentence of boussole's own, in English, with the values that go into it.

    `values` are put in with `str.format`; a value that is itself `Localised` is said in the same
    language. With `plural`, `values["count"]` chooses between `text` and `plural`.
    """

    text: str
    values: Mapping[str, object] = EMPTY
    plural: str | None = None

    def in_(self, language: str) -> str:
        """Return the sentence in `language` (English where there is no translation)."""
        catalogue = translations(language)
        if self.plural is None:
            template = catalogue.gettext(self.text)
        else:
            template = catalogue.ngettext(self.text, self.plural, int(str(self.values["count"])))
        if not self.values:
            return template
        return template.format_map({name: say(value, language) for name, value in self.values.items()})

    def __str__(self) -> str:
        """Return the sentence in French, boussole's first language."""
        return self.in_(DEFAULT_LANGUAGE)

    def __repr__(self) -> str:
        """Return the sentence between quotes: what one wants to read in a list of reasons."""
        return repr(str(self))


def gettext(text: str, /, **values: object) -> Message:
    """Mark `text` for translation; `values` fill its `{names}`."""
    return Message(text, values)


def N_(text: str) -> str:
    """Mark `text` for translation and return it as it is, for what is translated later from its English."""
    return text


def ngettext(one: str, many: str, count: int, /, **values: object) -> Message:
    """Mark a sentence that depends on a `count` (available as `{count}`)."""
    return Message(one, {"count": count, **values}, plural=many)


_AND = gettext("{first} and {last}")


class Listing(NamedTuple):
    """Several things named in one sentence: « a, b et c », "a, b and c"."""

    items: Sequence[object]
    last: Message = _AND

    def in_(self, language: str) -> str:
        """Return the enumeration in `language`; an empty one is an empty string."""
        words = [str(say(item, language)) for item in self.items]
        if len(words) < 2:  # noqa: PLR2004 - one word needs no "and"
            return "".join(words)
        return Message(self.last.text, {"first": ", ".join(words[:-1]), "last": words[-1]}).in_(language)


class Joined(NamedTuple):
    """Several things one after the other, with a separator between them."""

    items: Sequence[object]
    separator: str

    def in_(self, language: str) -> str:
        """Return the things in `language`."""
        return self.separator.join(str(say(item, language)) for item in self.items)


class Figure(NamedTuple):
    """A number, in its shortest form, which each language writes in its way."""

    number: float

    def in_(self, language: str) -> str:
        """Return the number: 12,5 and 12 000 in French, 12.5 and 12,000 elsewhere; four digits stand together."""
        written = str(self.number) if abs(self.number) < _GROUPED else f"{self.number:,}"
        return written.translate(_FRENCH_SIGNS) if language == "fr" else written


_GROUPED = 10_000
_FRENCH_SIGNS = str.maketrans({".": ",", ",": "\N{NARROW NO-BREAK SPACE}"})


def quoted(word: object) -> Message:
    """Return a word between the quotes of the language it is said in."""
    return gettext("“{word}”", word=word)


def written_day(day: "dt.date") -> Message:
    """Return a day as people write it."""
    return gettext("{year}-{month:02}-{day:02}", year=day.year, month=day.month, day=day.day)


def either(items: Sequence[object]) -> Listing:
    """Return an enumeration of which one is meant: « a, b ou c »."""
    return Listing(items, gettext("{first} or {last}"))


def say(value: object, language: str) -> object:
    """Return `value` in `language` where it has languages, unchanged otherwise."""
    speak = getattr(value, "in_", None)
    return value if speak is None else speak(language)


@cache
def translations(language: str) -> "NullTranslations":
    """Return the compiled message catalogue of `language`; English needs none."""
    import gettext

    return gettext.translation(DOMAIN, LOCALES, [language], fallback=True)
