"""The texts of a definition file as they are written: missing translations and French typography."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NotRequired, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from boussole.errors import Finding, Severity
from boussole.files.authoring.review.words import Written, review_words
from boussole.files.toml.tables import TextValue
from boussole.i18n import Listing, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from boussole.errors import Keys
    from boussole.i18n import Message

_NARROW, _NO_BREAK = "\u202f", "\u00a0"
_FREE_TITLES = "example"
"""The title of a worked example is for authors: it need not be translated."""


def review_texts(shape: Any, document: Mapping[str, Any]) -> Iterator[Finding]:  # noqa: ANN401 - a TypedDict
    """Yield what is wrong with the texts of a document out of which the shape check took all that is malformed."""
    language = str(document.get("language", ""))
    texts = list(_texts(shape, document, (), language))
    yield from review_words(texts, document)
    yield from _missing([text for text in texts if text.keys[0] != _FREE_TITLES], language)
    for text in texts:
        if "fr" in text.by_language:
            keys = text.keys if text.plain else (*text.keys, "fr")
            yield from _typography(text.by_language["fr"], keys)


@cache
def _fields(shape: Any) -> dict[str, Any]:  # noqa: ANN401 - a TypedDict
    return {key: _bare(hint) for key, hint in get_type_hints(shape, include_extras=True).items()}


def _bare(hint: Any) -> Any:  # noqa: ANN401 - any annotation
    return _bare(get_args(hint)[0]) if get_origin(hint) in {NotRequired, Annotated} else hint


def _texts(hint: Any, value: Any, keys: Keys, language: str) -> Iterator[Written]:  # noqa: ANN401 - as TOML has it
    if hint == TextValue:
        plain = isinstance(value, str)
        if plain or value:  # an empty table is an error of its own
            yield Written(keys, {language: value} if plain else value, plain)
    elif get_origin(hint) is list:
        element = _bare(get_args(hint)[0])
        for index, one in enumerate(value):
            if one is not None:  # it was taken out
                yield from _texts(element, one, (*keys, index), language)
    elif is_typeddict(hint):
        fields = _fields(hint)
        for key, one in value.items():
            yield from _texts(fields[key], one, (*keys, key), language)


def _missing(texts: list[Written], language: str) -> Iterator[Finding]:
    """Yield each text without a language that most texts of the file have; `words` are of the language they are."""
    texts = [text for text in texts if "words" not in text.keys]
    having = Counter(one for text in texts for one in text.by_language)
    usual = [one for one, count in having.items() if 2 * count > len(texts)]
    for text in texts:
        lacking = sorted(one for one in usual if one not in text.by_language)
        if lacking:
            what = gettext("a translation is missing: {languages}.", languages=Listing(lacking))
            present = language if text.plain else next(iter(text.by_language))
            example = ", ".join(f'{one} = "…"' for one in (present, *lacking))
            remedy = gettext("Write {{ {example} }}.", example=example)
            yield Finding(text.keys, "B523", what, remedy, severity=Severity.WARNING)


_RULES: tuple[tuple[re.Pattern[str], Message, str], ...] = (
    (re.compile(r"(?<=\w)'(?=\w)"), gettext("a straight apostrophe: French writes a curved one."), "’"),
    (re.compile(r'"'), gettext("straight quotes: French writes guillemets, with no-break spaces inside."), "«"),
    (
        re.compile(r"«(?: (?=\S)|(?=\S))"),
        gettext("a no-break space is missing after an opening guillemet."),
        f"«{_NO_BREAK}",
    ),
    (
        re.compile(r"(?<=[\w.!?…)]) ?»"),
        gettext("a no-break space is missing before a closing guillemet."),
        f"{_NO_BREAK}»",
    ),
    (
        re.compile(r"(?<=[\w)»\]%]) ?[;!?](?=[\s)»]|$)"),
        gettext("a no-break space is missing before a semicolon, an exclamation or a question mark."),
        f"{_NARROW}?",
    ),
    (re.compile(r"(?<=[\w)»\]%]) ?:(?=\s|$)"), gettext("a no-break space is missing before a colon."), f"{_NO_BREAK}:"),
)
_AROUND = 20
_SPACES = {_NARROW: "⍽", _NO_BREAK: "⍽"}


def _typography(text: str, keys: Keys) -> Iterator[Finding]:
    """Yield the first departure of each sort from French typography."""
    for pattern, what, put in _RULES:
        found = pattern.search(text)
        if found is not None:
            mark = found[0].strip()
            put_here = put[:-1] + mark if put[-1] in "?:" else put
            before = text[max(0, found.start() - _AROUND) : found.start()]
            after = text[found.end() : found.end() + _AROUND]
            shown = "".join(_SPACES.get(character, character) for character in f"{before}{put_here}{after}")
            remedy = gettext("Here: …{shown}… (⍽ stands for the no-break space).", shown=" ".join(shown.split()))
            yield Finding(keys, "B526", what, remedy, severity=Severity.WARNING)
